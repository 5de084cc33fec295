/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Orders to the porchlightd that runs: one line comes in, one line goes out. Where the socket is
 * follows from the settings file, so that both find each other, and each daemon of several its own:
 *
 *     porchlight-control-NUMBER, NUMBER made of the file's path, in the first of these folders that
 *     is there and is nobody else's: $RUNTIME_DIRECTORY, $XDG_RUNTIME_DIR, that of the settings,
 *     which is made before there are settings.
 * Who gives orders also looks into /run/porchlight, where systemd's service has it
 *
 * A line is what pl_opening_wish_parse() takes. An answer is the word of #PlControlResult, a space,
 * and words for people. */

#pragma once

#include <gio/gio.h>

/**
 * PlControlResult:
 * @PL_CONTROL_DONE: `done`
 * @PL_CONTROL_FAILED: `failed`
 * @PL_CONTROL_NOT_ALLOWED: `not-allowed`: it makes no sense
 */
typedef enum
{
  PL_CONTROL_DONE,
  PL_CONTROL_FAILED,
  PL_CONTROL_NOT_ALLOWED,
} PlControlResult;

/** PlControlFunc: does what @line says; @words: (out) (transfer full): what became of it. */
typedef PlControlResult (*PlControlFunc) (const char *line, char **words, gpointer user_data);

typedef struct _PlControl PlControl;

/** pl_control_new: (transfer full) (nullable): takes orders from now on, on the thread's main
 * context; %NULL with @error, for people, when there can be no such socket. @settings_path: (type
 * filename). */
PlControl *
pl_control_new (const char *settings_path, PlControlFunc func, gpointer user_data, GError **error);
void pl_control_free (PlControl *control);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlControl, pl_control_free)

/**
 * pl_control_ask:
 * @words: (out) (transfer full): the answer
 *
 * Gives an order to the one that runs with the settings at @settings_path, and waits for some
 * seconds at most.
 *
 * Returns: %FALSE with @error, for people, when none answers
 */
gboolean pl_control_ask (const char *settings_path,
                         const char *line,
                         PlControlResult *result,
                         char **words,
                         GError **error);
