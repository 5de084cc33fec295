/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one window: a page for each task, and what is wrong above them. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_WINDOW (pl_window_get_type ())
G_DECLARE_FINAL_TYPE (PlWindow, pl_window, PL, WINDOW, GtkApplicationWindow)

PlWindow *pl_window_new (GtkApplication *application, PlEngine *engine);

/** pl_window_has_page: whether there is a page of that name: `home`, `requests`, `checkup`,
 * `settings`. */
gboolean pl_window_has_page (const char *name);

/** pl_window_show_page: goes there; does not raise the window. */
void pl_window_show_page (PlWindow *window, const char *name);

/** pl_window_show_requests: goes to them, and shows those of the device at @address alone. */
void pl_window_show_requests (PlWindow *window, const char *address);

/** pl_window_show_guests: goes to who is there, or is not let in. */
void pl_window_show_guests (PlWindow *window);

/** pl_window_show_qr: puts the code for phones over it. @address: of ours; ``: the best. */
void pl_window_show_qr (PlWindow *window, const char *address);

/** pl_window_show_assistant: puts the assistant over it, unless it is there. */
void pl_window_show_assistant (PlWindow *window);

/** pl_window_say: shows a few words for a moment. */
void pl_window_say (PlWindow *window, const char *words);

/** pl_window_tell_newer: says that there is @version of this program, and offers `app.show-newer`.
 */
void pl_window_tell_newer (PlWindow *window, const char *version);

/** pl_window_offer_copy: says that no program opens what is at @place, and offers to copy that. */
void pl_window_offer_copy (PlWindow *window, const char *place);

/** pl_window_save_place: remembers where it is, for the next start. */
void pl_window_save_place (PlWindow *window);
