/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GTK follows the desktop by itself. */

#include "gui/application/theme.h"

PlTheme *
pl_theme_follow (void)
{
  return NULL;
}

void
pl_theme_free (PlTheme *theme)
{
}
