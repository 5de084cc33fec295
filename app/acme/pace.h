/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How often an authority is asked again whether it is done, and how long (RFC 8555 §7.5.1). */

#pragma once

#include <gio/gio.h>

/** PlAcmePace: begins with zeros. */
typedef struct
{
  gint64 end_us;
  guint next_ms;
} PlAcmePace;

/**
 * pl_acme_pace_wait:
 * @retry_s: when the authority wants to be asked again, in seconds since 1970; 0: not said: soon,
 *   then ever more seldom
 * @stop: cancelled in this thread
 *
 * Waits for the next turn, a minute at most; meanwhile the thread's own main context runs.
 *
 * Returns: %FALSE with @error: %G_IO_ERROR_CANCELLED, or %PL_ACME_ERROR_UNREACHABLE when it has
 * gone on for five minutes
 */
gboolean pl_acme_pace_wait (PlAcmePace *pace, gint64 retry_s, GCancellable *stop, GError **error);
