/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The log on the terminal: a line for every request that ended, and below them, where the cursor
 * can be moved, what is running, drawn over as it goes on. */

#pragma once

#include "app/log/output.h"
#include "app/system/terminal.h"
#include "net/proxy/proxy.h"

typedef struct _PlLiveLog PlLiveLog;

/**
 * pl_live_log_new: (transfer full):
 * @output: taken over; what pl_terminal_look() was asked about, if it is a terminal
 */
PlLiveLog *pl_live_log_new (PlOutput *output, const PlTerminal *terminal);

/** pl_live_log_free: leaves the terminal without running lines. */
void pl_live_log_free (PlLiveLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlLiveLog, pl_live_log_free)

/** pl_live_log_resize: the terminal has become @width columns wide. */
void pl_live_log_resize (PlLiveLog *log, guint width);

/**
 * pl_live_log_add:
 * @records: (element-type PlRecord): running and finished
 * @n_dropped: finished ones that were lost before they came here
 *
 * Shows them by one write. In a flood not every request gets a line, those that went wrong before
 * others; the rest is a number.
 */
void pl_live_log_add (PlLiveLog *log, GPtrArray *records, guint64 n_dropped);

/** pl_live_log_hide: takes the running lines off the terminal until the next change, so that
 * something else can be written there. */
void pl_live_log_hide (PlLiveLog *log);
