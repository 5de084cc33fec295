/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reactor of one worker: one GSource that turns readiness of sockets and passing of time
 * into runs of tasks. What differs between systems is behind #PlPlatform. */

#pragma once

#include <glib.h>

#include "net/io/platform.h"
#include "net/io/task.h"

/**
 * PlReactor:
 * @platform: how sockets are watched and used here
 * @context: (transfer none): the main context it is attached to
 * @now_us: monotonic time at the start of this turn, microseconds
 * @wall_us: wall clock at the start of this turn, microseconds since the epoch
 *
 * One thread's; nothing in it is locked, and others may call pl_reactor_interrupt() alone.
 */
struct _PlReactor
{
  const PlPlatform *platform;
  GMainContext *context;
  gint64 now_us;
  gint64 wall_us;

  gpointer platform_data; /* private from here on */
  GSource *source;
  GQueue now;   /* of PlTask */
  GQueue later; /* of PlTask, for the next turn */
  GPtrArray *deadline_lists;
  gint64 date_s;
  char date[32];
  gint n_interrupts; /* atomic */
};

/**
 * pl_reactor_new: (transfer full):
 * @context: its thread's main context; the reactor attaches its source
 * @platform: see pl_platform_get_default()
 *
 * Returns: %NULL with @error when the system gives no descriptor for it
 */
PlReactor *pl_reactor_new (GMainContext *context, const PlPlatform *platform, GError **error);

/** pl_reactor_free: every socket and task must be gone. */
void pl_reactor_free (PlReactor *reactor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlReactor, pl_reactor_free)

/** pl_reactor_queue: @task runs before this turn ends; queuing twice is queuing once. */
void pl_reactor_queue (PlReactor *reactor, PlTask *task);

/** pl_reactor_queue_later: @task runs in the next turn, after others had theirs. */
void pl_reactor_queue_later (PlReactor *reactor, PlTask *task);

/** pl_reactor_cancel: @task does not run unless queued again; to be called before it is freed. */
void pl_reactor_cancel (PlReactor *reactor, PlTask *task);

/** pl_reactor_interrupt: from any thread: another source of the reactor's thread has something that
 * is not to wait for a long turn. Turns are short from now on, until pl_reactor_resume(). */
void pl_reactor_interrupt (PlReactor *reactor);

/** pl_reactor_resume: once for each pl_reactor_interrupt(). */
void pl_reactor_resume (PlReactor *reactor);

/** pl_reactor_get_date: (transfer none): the Date field of this second (RFC 9110 §5.6.7), 29 octets
 * and a terminator. */
const char *pl_reactor_get_date (PlReactor *reactor);
