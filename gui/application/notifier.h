/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells the desktop what the user should know without looking: that Immich went down or is back,
 * that a device came for the first time, that somebody guesses passwords, that something keeps
 * people out. Each can be turned off in the settings, none comes twice within a while, and none
 * while the window is in front, which shows it anyway. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"
#include "gui/tray/tray.h"

typedef struct _PlNotifier PlNotifier;

/** pl_notifier_new: (transfer full): from now on, for as long as it lives; @engine, @tray and @app,
 * which has been registered, must outlive it. Where things are told beside the icon in the tray,
 * it tells them there. */
PlNotifier *pl_notifier_new (PlEngine *engine, GtkApplication *app, PlTray *tray);
void pl_notifier_free (PlNotifier *notifier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlNotifier, pl_notifier_free)
