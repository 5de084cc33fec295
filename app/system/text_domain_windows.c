/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bindtextdomain() wants the code page of the system, in which most folders have no name. */

#include "app/system/text_domain.h"

#include <glib.h>
#include <libintl.h>

void
pl_text_domain_bind (const char *domain, const char *folder)
{
  g_autofree wchar_t *wide = (wchar_t *) g_utf8_to_utf16 (folder, -1, NULL, NULL, NULL);

  if (wide != NULL)
    wbindtextdomain (domain, wide);
}
