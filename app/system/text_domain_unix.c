/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/text_domain.h"

#include <libintl.h>

void
pl_text_domain_bind (const char *domain, const char *folder)
{
  bindtextdomain (domain, folder);
}
