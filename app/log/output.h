/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file, or standard output, that lines are written to, and that may fail and recover: trouble
 * is told once when it begins and once when it is over, and never ends the program. */

#pragma once

#include <gio/gio.h>

/**
 * PlOutputReportFunc:
 * @message: a full sentence in the user's language
 * @is_over: it says that what was told before is over
 */
typedef void (*PlOutputReportFunc) (const char *message, gboolean is_over, gpointer user_data);

typedef struct _PlOutput PlOutput;

/**
 * pl_output_new: (transfer full):
 * @path: (type filename): appended to, made readable by owner and group if it is not there; `-` is
 * standard output
 * @report: where trouble is told
 *
 * Returns: %NULL with @error when it cannot be opened
 */
PlOutput *
pl_output_new (const char *path, PlOutputReportFunc report, gpointer user_data, GError **error);

/** pl_output_new_standard: (transfer full): standard output. */
PlOutput *pl_output_new_standard (PlOutputReportFunc report, gpointer user_data);
void pl_output_free (PlOutput *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlOutput, pl_output_free)

/**
 * pl_output_write:
 * @lines: whole lines, each with its end, or what moves a cursor
 *
 * Has them written by one call if the system takes them in one, and waits for nobody.
 *
 * Returns: %FALSE when so much waits for a reader already that they are lost
 */
gboolean pl_output_write (PlOutput *output, const char *lines, gsize length);

/** pl_output_is_failing: whether trouble was told that is not over. */
gboolean pl_output_is_failing (const PlOutput *output);

/** pl_output_reopen: opens the path anew, as after a rotation; where that fails, which is told,
 * what was open stays in use. */
void pl_output_reopen (PlOutput *output);
