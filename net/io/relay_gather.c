/* SPDX-License-Identifier: GPL-3.0-or-later */

/* At a gigabit a second each wake-up finds a segment or two, and costs more than moving them: the
 * thread sleeps between any two. So a socket that has sent much is told to count as readable only
 * when much is there (SO_RCVLOWAT), and a deadline of a few milliseconds stands beside that: when
 * it passes, the body is too slow to gather, and what is there is moved as it would have been. */

#include "net/io/relay_gather.h"

#include "net/io/deadline.h"

#define GATHERED_BYTES (256 * 1024)
#define PATIENCE_MS    4

/* So many in a row, and the body counts as slow until this much more of it was moved. */
#define MAX_MISSES       4
#define TRIED_AGAIN_EACH (16 * 1024 * 1024)

/* The first of a long body show how it flows. */
#define BEGINS_AFTER (1024 * 1024)

/**
 * PlGathering: what a relay has of it once its body has been found long.
 * @patience: set while octets are left to gather
 * @is_on: the sender's socket was told to let them
 * @n_misses: how often in a row patience passed before enough had come
 * @next_try_bytes: of the body: not before so much was moved
 */
struct _PlGathering
{
  PlDeadline patience;
  gboolean is_on;
  guint n_misses;
  guint64 next_try_bytes;
};

/* Of what is left, the last has to be there without waiting for more. */
static gboolean
has_enough_left (const PlRelay *relay)
{
  return relay->kind == PL_BODY_FIXED && relay->remaining_bytes >= 2 * GATHERED_BYTES;
}

static gboolean
should_begin (const PlRelay *relay)
{
  guint64 least_bytes = relay->gathering != NULL ? relay->gathering->next_try_bytes : BEGINS_AFTER;

  return has_enough_left (relay) && relay->body_bytes >= least_bytes
         && relay->from->socket.reactor->platform->gather != NULL;
}

static void
begin (PlRelay *relay)
{
  PlSocket *socket = &relay->from->socket;

  if (relay->gathering == NULL)
    relay->gathering = g_new0 (PlGathering, 1);
  relay->gathering->patience.task = socket->task;
  relay->gathering->is_on = TRUE;
  relay->gathering->n_misses = 0;
  socket->reactor->platform->gather (socket, GATHERED_BYTES);
}

static gboolean
is_on (const PlRelay *relay)
{
  return relay->gathering != NULL && relay->gathering->is_on;
}

void
pl_relay_gather_before_wait (PlRelay *relay)
{
  if (!is_on (relay) && should_begin (relay))
    begin (relay);
  /* A deadline that is set stays, whatever else wakes the relay meanwhile. */
  if (is_on (relay) && !pl_deadline_is_set (&relay->gathering->patience))
    pl_deadline_set (&relay->gathering->patience, relay->from->socket.reactor, PATIENCE_MS);
}

/* The sender's socket is as ever again. */
static void
stop (PlRelay *relay)
{
  PlSocket *socket;

  if (!is_on (relay))
    return;
  relay->gathering->is_on = FALSE;
  pl_deadline_lift (&relay->gathering->patience);
  socket = &relay->from->socket;
  if (socket->is_open)
    socket->reactor->platform->gather (socket, 1);
}

void
pl_relay_gather_note (PlRelay *relay, gsize received)
{
  if (!is_on (relay))
    return;
  pl_deadline_lift (&relay->gathering->patience);
  if (received >= GATHERED_BYTES)
    relay->gathering->n_misses = 0;
  if (!has_enough_left (relay))
    stop (relay);
}

void
pl_relay_gather_resume (PlRelay *relay)
{
  PlGathering *gathering = relay->gathering;

  if (gathering == NULL || !gathering->patience.passed)
    return;
  pl_deadline_lift (&gathering->patience);
  relay->from->socket.ready |= PL_READY_READ; /* as far as the platform knows, it is not */
  if (++gathering->n_misses < MAX_MISSES)
    return;
  gathering->next_try_bytes = relay->body_bytes + TRIED_AGAIN_EACH;
  stop (relay);
}

void
pl_relay_gather_clear (PlRelay *relay)
{
  stop (relay);
  g_clear_pointer (&relay->gathering, g_free);
}
