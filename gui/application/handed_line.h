/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command line of a second start, handed over without a bus. */

#pragma once

#include <gio/gio.h>

#define PL_TYPE_HANDED_LINE (pl_handed_line_get_type ())
G_DECLARE_FINAL_TYPE (PlHandedLine, pl_handed_line, PL, HANDED_LINE, GApplicationCommandLine)

/**
 * PlHandedLineFunc:
 * @status: what the second start is to end with
 * @words: what it is to say
 */
typedef void (*PlHandedLineFunc) (int status, const char *words, gpointer user_data);

/**
 * pl_handed_line_new:
 * @options: a dictionary of what was asked for; nobody has to trust its types
 * @answer: called once, when nobody holds the line any more
 *
 * Returns: (transfer full): what the signal `command-line` of a GApplication is given
 */
GApplicationCommandLine *
pl_handed_line_new (GVariant *options, PlHandedLineFunc answer, gpointer user_data);
