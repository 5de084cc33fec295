/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deadlines. All that last equally long stand in one list, and a list to which one only ever
 * appends is sorted by itself: setting and lifting one is four pointer writes, and the reactor
 * looks at the first of each list alone. There are about a dozen lengths, whatever the number of
 * connections. */

#pragma once

#include "net/io/reactor.h"

typedef struct _PlDeadline PlDeadline;
typedef struct _PlDeadlineList PlDeadlineList;

/**
 * PlDeadline:
 * @task: queued when it passes
 * @passed: set by the reactor when it has; cleared by setting or lifting
 *
 * To be embedded; zeroed but for @task it is ready, and set nowhere. An idle connection has several
 * and thousands of connections are idle, so it is kept small.
 */
struct _PlDeadline
{
  PlTask *task;
  /*< private >*/
  PlDeadlineList *list; /* NULL when not set */
  PlDeadline *previous, *next;
  gint64 expires_us : 63;
  /*< public >*/
  guint64 passed : 1;
};

/** pl_deadline_set: @deadline passes @duration_ms from the start of this turn; one that was set is
 * set anew. */
void pl_deadline_set (PlDeadline *deadline, PlReactor *reactor, guint duration_ms);

/** pl_deadline_lift: it is not to pass; nothing happens if it was not set. */
void pl_deadline_lift (PlDeadline *deadline);

static inline gboolean
pl_deadline_is_set (const PlDeadline *deadline)
{
  return deadline->list != NULL;
}

/** pl_deadlines_expire: for the reactor: marks and queues all that passed by now. */
void pl_deadlines_expire (PlReactor *reactor);

/** pl_deadlines_get_next_us: for the reactor: when the first passes, monotonic; -1 when none is
 * set. */
gint64 pl_deadlines_get_next_us (PlReactor *reactor);

/** pl_deadlines_free_lists: for the reactor. */
void pl_deadlines_free_lists (PlReactor *reactor);
