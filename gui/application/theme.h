/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window looks like beside the system's own programs, where GTK does not see to that:
 * light or dark, and how large its letters are. */

#pragma once

#include <gtk/gtk.h>

typedef struct _PlTheme PlTheme;

/** pl_theme_follow: (transfer full) (nullable): once; has GTK be as the user wants programs
 * to be, now and as that changes, for as long as it lives; %NULL where GTK does so itself. */
PlTheme *pl_theme_follow (void);
void pl_theme_free (PlTheme *theme);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlTheme, pl_theme_free)
