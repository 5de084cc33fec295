/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program that writes into the DNS for us: how is between it and who put it there. */

#pragma once

#include <gio/gio.h>

/**
 * pl_acme_hook_run:
 * @program: (type filename)
 * @verb: `add` or `remove`
 * @cancellable: (nullable): cancelled in this thread; the program is then ended
 *
 * Calls `PROGRAM VERB RECORD VALUE`, without a shell, and waits until it has ended, five minutes at
 * most; meanwhile the thread's own main context runs.
 *
 * Returns: %FALSE with @error: %G_IO_ERROR_CANCELLED, or %PL_ACME_ERROR_NOT_PROVEN with the last
 *   line of what it wrote to its standard error
 */
gboolean pl_acme_hook_run (const char *program,
                           const char *verb,
                           const char *record,
                           const char *value,
                           GCancellable *cancellable,
                           GError **error);
