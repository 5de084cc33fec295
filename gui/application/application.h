/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program: one engine, one window, one tray icon, however often it is started. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"
#include "app/update/update.h"
#include "gui/window/window.h"

/** PL_APPLICATION_ID: of the program on the session's bus, and of its desktop file. */
#define PL_APPLICATION_ID "app.porchlight.Porchlight"

#define PL_TYPE_APPLICATION (pl_application_get_type ())
G_DECLARE_FINAL_TYPE (PlApplication, pl_application, PL, APPLICATION, GtkApplication)

/** PL_APPLICATION_AGAIN: the status of g_application_run() when it met a program that was just
 * ending, and has ended now: to be tried once more, with a new application. */
#define PL_APPLICATION_AGAIN 75

/** pl_application_new: (transfer full): nothing runs before g_application_run(). */
GApplication *pl_application_new (void);

PlEngine *pl_application_get_engine (PlApplication *application);

/** pl_application_get_window: (transfer none): the one window; made if there is none yet, shown by
 * gtk_window_present(). */
PlWindow *pl_application_get_window (PlApplication *application);

/** pl_application_look_for_newer: asks now whether there is a newer version, and says in the window
 * what came of it. */
void pl_application_look_for_newer (PlApplication *application);

/** pl_application_get_newer: (transfer none) (nullable): a newer version, if one was found. */
const PlAnnouncement *pl_application_get_newer (PlApplication *application);

/** pl_application_restart: as pl_application_quit(); and then pl_application_wants_restart(). */
void pl_application_restart (PlApplication *application);

/** pl_application_wants_restart: whether the program is to be started anew, now that it has ended.
 */
gboolean pl_application_wants_restart (PlApplication *application);

/** pl_application_quit: lets nobody in any more, gives what runs a few seconds, and ends. */
void pl_application_quit (PlApplication *application);
