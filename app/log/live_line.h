/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An exchange as a line for people: columns that align, the path last, cut in its middle to fit. */

#pragma once

#include "app/system/terminal.h"
#include "net/proxy/proxy.h"

/** pl_live_line_append_finished: adds the line with its end. On a terminal the path is cut so that
 * it fits, if its other parts leave room. */
void
pl_live_line_append_finished (GString *text, const PlTerminal *terminal, const PlRecord *record);

/** PL_LIVE_LINE_LEAST_WIDTH: a terminal this wide shows a running line without wrapping it. */
#define PL_LIVE_LINE_LEAST_WIDTH 80

/**
 * pl_live_line_append_running:
 * @bytes_per_s: how fast it goes at present; 0: not known yet
 *
 * Adds the line with its end. On a terminal of %PL_LIVE_LINE_LEAST_WIDTH it takes one row, so that
 * it can be drawn over.
 */
void pl_live_line_append_running (GString *text,
                                  const PlTerminal *terminal,
                                  const PlRecord *record,
                                  double bytes_per_s);
