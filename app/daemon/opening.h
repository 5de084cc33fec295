/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may come in by the daemon: by its settings, and for a while by order; and what is said of it.
 */

#pragma once

#include "app/opening/welcome.h"

/**
 * PlDaemonOpeningFuncs:
 * @let_in: has what runs let in whom pl_daemon_opening_welcome() says now; %FALSE: that could not
 *   be, and it has said why
 * @shut: nobody is to come in any more: those who may not any longer could not be kept out
 */
typedef struct
{
  gboolean (*let_in) (gpointer user_data);
  void (*shut) (gpointer user_data);
} PlDaemonOpeningFuncs;

typedef struct _PlDaemonOpening PlDaemonOpening;

/** pl_daemon_opening_new: (transfer full): what the daemon before this one was ordered holds.
 * @settings_path: (type filename); @funcs is borrowed. */
PlDaemonOpening *pl_daemon_opening_new (const char *settings_path,
                                        const PlDaemonOpeningFuncs *funcs,
                                        gpointer user_data);
void pl_daemon_opening_free (PlDaemonOpening *opening);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlDaemonOpening, pl_daemon_opening_free)

/** pl_daemon_opening_welcome: has @config, not applied yet, let in whom it should; @settings:
 * (nullable): what it is made of; %NULL: those in force. */
void
pl_daemon_opening_welcome (PlDaemonOpening *opening, const PlSettings *settings, PlConfig *config);

/** pl_daemon_opening_hold: @settings are in force now: what was open under others is over. */
void pl_daemon_opening_hold (PlDaemonOpening *opening, const PlSettings *settings);

/** pl_daemon_opening_listen: takes orders from now on. */
void pl_daemon_opening_listen (PlDaemonOpening *opening);

/** pl_daemon_opening_say: what is open for a while, or has ended while no daemon ran. */
void pl_daemon_opening_say (PlDaemonOpening *opening);

/** pl_daemon_opening_look: the clocks may have been set, or the computer has slept. */
void pl_daemon_opening_look (PlDaemonOpening *opening);

/** pl_daemon_opening_end: takes no orders any more. */
void pl_daemon_opening_end (PlDaemonOpening *opening);
