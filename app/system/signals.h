/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the system, or a person at a terminal, asks of a program that runs. */

#pragma once

#include <glib.h>

/**
 * PlSignals:
 * @end: the program is to end (SIGTERM, SIGINT)
 * @reload: (nullable): it is to read its settings again (SIGHUP)
 * @resize: (nullable): the terminal may have another width (SIGWINCH)
 *
 * What answers each, on the main thread. %G_SOURCE_REMOVE leaves the next one to the system; so
 * does %NULL all of them.
 */
typedef struct
{
  GSourceFunc end;
  GSourceFunc reload;
  GSourceFunc resize;
} PlSignals;

/** pl_signals_listen: @signals: is copied; @user_data must last as long as the program. */
void pl_signals_listen (const PlSignals *signals, gpointer user_data);
