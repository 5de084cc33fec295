/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Has the desktop start the program at login, if the settings say so. What says so to the desktop
 * is written anew at each start, so that it leads to where the program is now. */

#pragma once

#include "app/engine/engine.h"

typedef struct _PlAutostart PlAutostart;

/** pl_autostart_new: (transfer full): brings what the desktop knows of the program called @id in
 * line with the settings, now and whenever they change; @engine, whose settings have been read,
 * must outlive it. */
PlAutostart *pl_autostart_new (PlEngine *engine, const char *id);
void pl_autostart_free (PlAutostart *autostart);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAutostart, pl_autostart_free)
