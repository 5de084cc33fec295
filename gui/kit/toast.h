/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A few words on what was just done ("Copied"), which go away by themselves. An overlay. */

#pragma once

#include <gtk/gtk.h>

#define PL_TYPE_TOAST (pl_toast_get_type ())
G_DECLARE_FINAL_TYPE (PlToast, pl_toast, PL, TOAST, GtkRevealer)

/** pl_toast_say: @words: instead of those that may still be there. */
void pl_toast_say (PlToast *toast, const char *words);
