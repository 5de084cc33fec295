/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A few words on what was just done ("Copied"), which go away by themselves, perhaps with a button
 * to take it back. An overlay. */

#pragma once

#include <gtk/gtk.h>

#define PL_TYPE_TOAST (pl_toast_get_type ())
G_DECLARE_FINAL_TYPE (PlToast, pl_toast, PL, TOAST, GtkRevealer)

/** pl_toast_say: @words: instead of those that may still be there. */
void pl_toast_say (PlToast *toast, const char *words);

/** PlToastFunc: what the button of an offer does; at most once. */
typedef void (*PlToastFunc) (gpointer user_data);

/**
 * pl_toast_offer:
 * @words: instead of those that may still be there
 * @label: of a button, with a mnemonic: `_Undo`
 * @func: what the button does
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data when the offer is over, taken up or not
 *
 * Says something as pl_toast_say(), for longer, with a button.
 */
void pl_toast_offer (PlToast *toast,
                     const char *words,
                     const char *label,
                     PlToastFunc func,
                     gpointer user_data,
                     GDestroyNotify destroy);
