/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything is decided in the dial's own task: the name resolver, the sockets and the deadlines
 * only queue it. So the owner hears of the end as a task too, never out of pl_dial_new(). */

#include "net/io/dial.h"

#include <string.h>

typedef struct
{
  PlAddress address;
  PlStream stream; /* open while the attempt runs */
} Attempt;

/* PlDial: @lookup is there while the name is looked up; @may_look_again until the name's addresses
 * were asked for a second time, since the first answer may have been an old one. */
struct _PlDial
{
  PlTask task; /* first, so that the task is the dial */
  PlTask *owner;
  PlReactor *reactor;
  PlResolver *resolver;
  PlDialState state;
  char *host;
  guint16 port;
  PlTlsContext *tls;
  PlBufferPool *buffers;
  guint attempt_delay_ms;
  gint64 began_us;

  PlDeadline timeout;
  PlDeadline attempt_delay;
  GCancellable *lookup;
  gboolean may_look_again;

  GPtrArray *attempts; /* of Attempt, one an address, in the order of trying */
  guint n_started;
  guint n_running;
  Attempt *connected; /* and perhaps shaking hands */
  PlTlsFailure failure;
  gboolean lacks_descriptors;
};

static Attempt *
get_attempt (const PlDial *dial, guint index)
{
  return dial->attempts->pdata[index];
}

static void
close_attempt (PlDial *dial, Attempt *attempt)
{
  pl_stream_close (&attempt->stream, FALSE);
  dial->n_running--;
}

static void
close_all_but_connected (PlDial *dial)
{
  for (guint i = 0; i < dial->n_started; i++)
    if (pl_stream_is_open (&get_attempt (dial, i)->stream)
        && get_attempt (dial, i) != dial->connected)
      close_attempt (dial, get_attempt (dial, i));
}

static void
finish (PlDial *dial, PlDialState state)
{
  dial->state = state;
  if (state != PL_DIAL_CONNECTED)
    dial->connected = NULL;
  close_all_but_connected (dial);
  g_cancellable_cancel (dial->lookup);
  pl_deadline_lift (&dial->timeout);
  pl_deadline_lift (&dial->attempt_delay);
  pl_reactor_queue (dial->reactor, dial->owner);
}

static PlDialState
get_reason_of_failure (const PlDial *dial)
{
  if (dial->attempts->len == 0)
    return PL_DIAL_NAME_UNKNOWN;
  return dial->lacks_descriptors ? PL_DIAL_OUT_OF_DESCRIPTORS : PL_DIAL_REFUSED;
}

static gboolean
start_attempt (PlDial *dial, Attempt *attempt)
{
  int io_error = 0;
  PlHandle handle = dial->reactor->platform->connect (&attempt->address, &io_error);

  if (handle == PL_HANDLE_NONE)
    {
      dial->lacks_descriptors |= io_error == G_IO_ERROR_TOO_MANY_OPEN_FILES;
      return FALSE;
    }
  if (!pl_stream_open_plain (&attempt->stream, dial->reactor, handle, &dial->task, 0))
    {
      dial->lacks_descriptors = TRUE;
      return FALSE;
    }
  dial->n_running++;
  pl_socket_want (&attempt->stream.socket, PL_READY_WRITE);
  pl_deadline_set (&dial->attempt_delay, dial->reactor, dial->attempt_delay_ms);
  return TRUE;
}

/* Returns: whether it has failed */
static gboolean
check_attempt (PlDial *dial, Attempt *attempt)
{
  PlSocket *socket = &attempt->stream.socket;

  if (!socket->is_open || !pl_socket_has (socket, PL_READY_WRITE | PL_READY_BROKEN))
    return FALSE;
  if (dial->reactor->platform->get_connect_error (socket) < 0)
    {
      dial->connected = attempt;
      return FALSE;
    }
  close_attempt (dial, attempt);
  return TRUE;
}

static gboolean
check_attempts (PlDial *dial)
{
  gboolean has_failed = FALSE;

  for (guint i = 0; i < dial->n_started && dial->connected == NULL; i++)
    has_failed |= check_attempt (dial, get_attempt (dial, i));
  return has_failed;
}

/* Looking up */

static gboolean
has_attempt_at (const PlDial *dial, const PlAddress *address)
{
  for (guint i = 0; i < dial->attempts->len; i++)
    if (pl_address_is_same_host (&get_attempt (dial, i)->address, address))
      return TRUE;
  return FALSE;
}

static void
resolved_cb (const PlAddress *addresses, guint n_addresses, gpointer user_data)
{
  PlDial *dial = user_data;

  g_clear_object (&dial->lookup);
  for (guint i = 0; i < n_addresses; i++)
    if (!has_attempt_at (dial, &addresses[i]))
      {
        Attempt *attempt = g_new0 (Attempt, 1);

        attempt->address = addresses[i];
        attempt->address.port = dial->port;
        g_ptr_array_add (dial->attempts, attempt);
      }
  pl_reactor_queue (dial->reactor, &dial->task);
}

static void
look_up (PlDial *dial, gint64 since_us)
{
  g_autoptr (GCancellable) lookup = g_cancellable_new ();

  dial->lookup = g_object_ref (lookup);
  pl_resolver_look_up (dial->resolver, dial->host, since_us, lookup, resolved_cb, dial);
}

/* Only what was remembered may be old: what this dial's first lookup has brought serves again, and
 * brings nothing new. */
static void
look_up_again (PlDial *dial)
{
  dial->may_look_again = FALSE;
  look_up (dial, dial->began_us);
}

/* The next address is tried when the last has failed or is silent; after the last of them the name
 * is looked up anew. */
static void
start_attempts (PlDial *dial)
{
  gboolean is_due = TRUE;

  while (is_due && dial->n_started < dial->attempts->len)
    is_due = !start_attempt (dial, get_attempt (dial, dial->n_started++));
  if (is_due && dial->may_look_again && dial->attempts->len > 0 && !dial->lacks_descriptors)
    look_up_again (dial);
}

static void
end_if_all_failed (PlDial *dial)
{
  if (dial->n_running == 0 && dial->n_started == dial->attempts->len && dial->lookup == NULL)
    finish (dial, get_reason_of_failure (dial));
}

/* A name server that is silent must not hide what is known: that all addresses refused. */
static PlDialState
get_reason_of_time_out (const PlDial *dial)
{
  return dial->n_running == 0 && dial->attempts->len > 0 ? get_reason_of_failure (dial)
                                                         : PL_DIAL_TIMED_OUT;
}

/* Connected */

static void
fail_handshake (PlDial *dial)
{
  Attempt *failed = g_steal_pointer (&dial->connected);

  dial->failure = pl_tls_get_failure (&failed->stream);
  switch (dial->failure)
    {
    case PL_TLS_FAILURE_UNTRUSTED:
    case PL_TLS_FAILURE_EXPIRED:
    case PL_TLS_FAILURE_NAME:
      finish (dial, PL_DIAL_UNTRUSTED);
      return;
    case PL_TLS_FAILURE_NONE:
    case PL_TLS_FAILURE_CLOSED:
    case PL_TLS_FAILURE_TOO_OLD:
    case PL_TLS_FAILURE_PROTOCOL:
    case PL_TLS_FAILURE_OTHER:
      finish (dial, PL_DIAL_NO_TLS);
      return;
    }
  g_return_if_reached ();
}

/* The first that was reached is the only one with which hands are shaken. */
static void
shake_hands (PlDial *dial)
{
  PlStream *stream = &dial->connected->stream;

  if (stream->tls == NULL)
    {
      close_all_but_connected (dial);
      pl_deadline_lift (&dial->attempt_delay);
      pl_tls_begin_client (stream, dial->tls, dial->buffers, dial->host);
    }
  switch (pl_tls_handshake (stream))
    {
    case PL_IO_DONE:
      finish (dial, PL_DIAL_CONNECTED);
      return;
    case PL_IO_BLOCKED:
      pl_socket_want (&stream->socket, pl_tls_get_wants (stream));
      return;
    case PL_IO_END:
    case PL_IO_BROKEN:
      fail_handshake (dial);
      return;
    }
  g_return_if_reached ();
}

static void
dial_run (PlTask *task)
{
  PlDial *dial = (PlDial *) task;
  gboolean has_failed;

  if (dial->state != PL_DIAL_RUNNING)
    return;
  has_failed = check_attempts (dial);
  if (dial->connected != NULL && dial->tls == NULL)
    finish (dial, PL_DIAL_CONNECTED);
  else if (dial->timeout.passed)
    finish (dial, get_reason_of_time_out (dial));
  else if (dial->connected != NULL)
    shake_hands (dial);
  else if (dial->lookup == NULL)
    {
      if (has_failed || dial->n_running == 0 || dial->attempt_delay.passed)
        start_attempts (dial);
      end_if_all_failed (dial);
    }
}

PlDial *
pl_dial_new (PlReactor *reactor,
             PlResolver *resolver,
             const PlDialSettings *settings,
             PlTask *owner)
{
  PlDial *dial = g_new0 (PlDial, 1);

  dial->task.run = dial_run;
  dial->owner = owner;
  dial->reactor = reactor;
  dial->resolver = resolver;
  dial->host = g_strdup (settings->host);
  dial->port = settings->port;
  dial->tls = settings->tls;
  dial->buffers = settings->buffers;
  dial->attempt_delay_ms = settings->attempt_delay_ms;
  dial->timeout.task = dial->attempt_delay.task = &dial->task;
  dial->attempts = g_ptr_array_new_with_free_func (g_free);
  dial->began_us = reactor->now_us;
  dial->may_look_again = TRUE;
  pl_deadline_set (&dial->timeout, reactor, settings->timeout_ms);
  look_up (dial, 0);
  return dial;
}

void
pl_dial_free (PlDial *dial)
{
  g_cancellable_cancel (dial->lookup);
  g_clear_object (&dial->lookup);
  pl_deadline_lift (&dial->timeout);
  pl_deadline_lift (&dial->attempt_delay);
  pl_reactor_cancel (dial->reactor, &dial->task);
  for (guint i = 0; i < dial->n_started; i++)
    pl_stream_close (&get_attempt (dial, i)->stream, FALSE);
  g_ptr_array_unref (dial->attempts);
  g_free (dial->host);
  g_free (dial);
}

PlDialState
pl_dial_get_state (const PlDial *dial)
{
  return dial->state;
}

PlTlsFailure
pl_dial_get_failure (const PlDial *dial)
{
  return dial->failure;
}

gboolean
pl_dial_take (PlDial *dial, PlStream *stream, PlTask *task, PlAddress *address)
{
  PlStream *connected;

  g_return_val_if_fail (dial->state == PL_DIAL_CONNECTED, FALSE);

  connected = &dial->connected->stream;
  *address = dial->connected->address;
  return pl_stream_move (connected, stream, task);
}
