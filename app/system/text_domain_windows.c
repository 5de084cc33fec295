/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Not by wbindtextdomain(): once a library has asked for words in a folder of bindtextdomain(), as
 * GLib does on a thread of its own when it is loaded, libintl 0.21 finds none in folders of the
 * other. The manifest makes the code page UTF-8; before Windows 10 1903 a short name is there for a
 * folder that has no name in it. */

#include "app/system/text_domain.h"

#include <glib.h>
#include <libintl.h>

void
pl_text_domain_bind (const char *domain, const char *folder)
{
  g_autofree char *in_code_page = g_win32_locale_filename_from_utf8 (folder);

  if (in_code_page != NULL)
    bindtextdomain (domain, in_code_page);
}
