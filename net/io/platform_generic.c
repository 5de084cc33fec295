/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every system that GSocket runs on. What the task waits for and is not known to be there is
 * watched by a GSource that fires once; what is known needs none. GSources are level-triggered,
 * so nothing is lost by forgetting readiness too early. */

#include "net/io/platform.h"

#include "net/io/gsocket.h"
#include "net/io/socket.h"
#include "net/io/vanished.h"

/* How soon to try again where the system cannot say when; see create_source(). */
#define RETRY_MS 10

/* What is behind an open PlSocket. */
typedef struct
{
  PlSocket *socket;
  GSocket *gsocket;
  GSource *source; /* attached, or NULL */
  GIOCondition condition;
  gboolean is_hung_up;
} Watch;

static void watch_what_is_missing (Watch *watch);

static gboolean
generic_start (PlReactor *reactor, GError **error)
{
  return TRUE;
}

static void
generic_stop (PlReactor *reactor)
{
}

/* The GSources have marked their sockets on their own. */
static guint
generic_collect (PlReactor *reactor)
{
  return 0;
}

static PlReady
read_condition (GIOCondition condition)
{
  PlReady ready = 0;

  if (condition & G_IO_IN)
    ready |= PL_READY_READ;
  if (condition & G_IO_OUT)
    ready |= PL_READY_WRITE;
  if (condition & G_IO_HUP)
    ready |= PL_READY_READ | PL_READY_WRITE | PL_READY_END;
  if (condition & G_IO_ERR)
    ready |= PL_READY_READ | PL_READY_WRITE | PL_READY_END | PL_READY_BROKEN;
  return ready;
}

/* GIO has no condition for the peer's end alone: it looks like something to read. */
static gboolean
is_at_end (Watch *watch)
{
  char byte;
  GInputVector vector = { &byte, sizeof byte };
  int flags = G_SOCKET_MSG_PEEK;

  return g_socket_receive_message (watch->gsocket, NULL, &vector, 1, NULL, NULL, &flags, NULL, NULL)
         == 0;
}

static void
drop_source (Watch *watch)
{
  if (watch->source == NULL)
    return;
  g_source_destroy (watch->source);
  g_clear_pointer (&watch->source, g_source_unref);
}

static void
mark (Watch *watch, PlReady ready)
{
  drop_source (watch);
  pl_socket_mark (watch->socket, ready);
  watch_what_is_missing (watch);
}

static gboolean
condition_came_cb (GSocket *gsocket, GIOCondition condition, gpointer user_data)
{
  Watch *watch = user_data;
  PlReady ready = read_condition (condition);

  if (condition & G_IO_HUP)
    watch->is_hung_up = TRUE;
  if (ready == PL_READY_READ && (watch->socket->wanted & PL_READY_END) != 0 && is_at_end (watch))
    ready |= PL_READY_END;
  mark (watch, ready);
  return G_SOURCE_REMOVE;
}

static gboolean
retry_cb (gpointer user_data)
{
  mark (user_data, PL_READY_READ | PL_READY_WRITE);
  return G_SOURCE_REMOVE;
}

/* Windows and macOS call the peer's end a hang-up, again and again, though we may still write;
 * Windows then never says that there is room. Waiting for it would spin, so it is tried. */
static GSource *
create_source (Watch *watch)
{
  GSource *source;

  if (watch->is_hung_up)
    {
      source = g_timeout_source_new (RETRY_MS);
      g_source_set_callback (source, retry_cb, watch, NULL);
      return source;
    }
  source = g_socket_create_source (watch->gsocket, watch->condition, NULL);
  g_source_set_callback (source, G_SOURCE_FUNC (condition_came_cb), watch, NULL);
  return source;
}

/* A peer that has ended its side may still reset the connection, which whoever waits for nothing is
 * told, too. Where its end is called a hang-up that cannot be told apart. */
static gboolean
may_still_break (const Watch *watch)
{
  return pl_socket_has (watch->socket, PL_READY_END)
         && !pl_socket_has (watch->socket, PL_READY_BROKEN) && !watch->is_hung_up;
}

/* An end behind octets that nobody reads shows, if at all, as a hang-up. */
static GIOCondition
get_missing_condition (const Watch *watch)
{
  const PlSocket *socket = watch->socket;
  PlReady missing = socket->wanted & ~socket->ready;
  GIOCondition condition = G_IO_HUP | G_IO_ERR;

  if (missing == 0)
    return may_still_break (watch) ? condition : 0;
  if (missing & PL_READY_WRITE)
    condition |= G_IO_OUT;
  if ((missing & (PL_READY_READ | PL_READY_END)) != 0 && !pl_socket_has (socket, PL_READY_READ))
    condition |= G_IO_IN;
  return condition;
}

static void
watch_what_is_missing (Watch *watch)
{
  GIOCondition condition = get_missing_condition (watch);

  if (watch->source != NULL && watch->condition == condition)
    return;
  drop_source (watch);
  if (condition == 0)
    return;
  watch->condition = condition;
  watch->source = create_source (watch);
  g_source_attach (watch->source, watch->socket->reactor->context);
}

static void
use_up (PlSocket *socket, PlReady ready)
{
  socket->ready &= ~ready;
  watch_what_is_missing (socket->generic);
}

static gboolean
generic_attach (PlSocket *socket, PlHandle handle)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->socket = socket;
  watch->gsocket = (GSocket *) handle;
  socket->generic = watch;
  socket->tells_wants = TRUE;
  return TRUE;
}

static gboolean
generic_move (PlSocket *from, PlSocket *to)
{
  Watch *watch = from->generic;

  watch->socket = to;
  to->generic = watch;
  watch_what_is_missing (watch);
  return TRUE;
}

static void
generic_want (PlSocket *socket)
{
  watch_what_is_missing (socket->generic);
}

static void
generic_close_handle (PlHandle handle)
{
  GSocket *gsocket = (GSocket *) handle;

  (void) g_socket_close (gsocket, NULL);
  g_object_unref (gsocket);
}

static void
generic_close (PlSocket *socket, gboolean abort)
{
  Watch *watch = socket->generic;

  drop_source (watch);
  if (abort)
    pl_gsocket_end_by_reset (watch->gsocket);
  generic_close_handle ((PlHandle) watch->gsocket);
  g_free (watch);
  socket->generic = NULL;
}

static PlIo
generic_receive (PlSocket *socket, char *bytes, gsize capacity, gsize *received)
{
  Watch *watch = socket->generic;
  g_autoptr (GError) error = NULL;
  gssize n_bytes = g_socket_receive (watch->gsocket, bytes, capacity, NULL, &error);

  if (n_bytes > 0)
    {
      if ((gsize) n_bytes < capacity && !pl_socket_has (socket, PL_READY_END))
        use_up (socket, PL_READY_READ);
      *received = (gsize) n_bytes;
      return PL_IO_DONE;
    }
  if (n_bytes == 0)
    {
      socket->ready |= PL_READY_END;
      watch_what_is_missing (watch);
      return pl_socket_get_end (socket);
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      socket->has_timed_out |= g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      return PL_IO_BROKEN;
    }
  use_up (socket, PL_READY_READ);
  return PL_IO_BLOCKED;
}

/* GIO cannot hold the last segment back for @more. */
static PlIo
generic_send (PlSocket *socket,
              const GOutputVector *vectors,
              guint n_vectors,
              gboolean more,
              gsize *sent)
{
  Watch *watch = socket->generic;
  GPollableReturn result
      = g_socket_send_message_with_timeout (watch->gsocket, NULL, vectors, (int) n_vectors, NULL, 0,
                                            G_SOCKET_MSG_NONE, 0, sent, NULL, NULL);

  if (result == G_POLLABLE_RETURN_FAILED)
    {
      /* GIO has one error for a reset and for an end that had come before. */
      socket->was_reset |= !pl_socket_has (socket, PL_READY_END);
      return PL_IO_BROKEN;
    }
  if (result == G_POLLABLE_RETURN_OK && *sent == pl_platform_get_total_size (vectors, n_vectors))
    return PL_IO_DONE;
  use_up (socket, PL_READY_WRITE);
  return result == G_POLLABLE_RETURN_OK ? PL_IO_DONE : PL_IO_BLOCKED;
}

static void
generic_shut_write (PlSocket *socket)
{
  Watch *watch = socket->generic;

  (void) g_socket_shutdown (watch->gsocket, FALSE, TRUE, NULL);
}

static PlHandle
generic_listen (const PlAddress *address, gboolean shared, GError **error)
{
  GSocket *gsocket = pl_gsocket_listen (address, shared, error);

  return gsocket != NULL ? (PlHandle) gsocket : PL_HANDLE_NONE;
}

static PlHandle
generic_adopt (int descriptor)
{
  GSocket *gsocket = pl_gsocket_adopt (descriptor);

  return gsocket != NULL ? (PlHandle) gsocket : PL_HANDLE_NONE;
}

static PlIo
generic_accept (PlSocket *listener, PlHandle *accepted, PlAddress *peer)
{
  Watch *watch = listener->generic;
  g_autoptr (GError) error = NULL;
  GSocket *gsocket = pl_gsocket_accept (watch->gsocket, peer, &error);

  if (gsocket != NULL)
    {
      *accepted = (PlHandle) gsocket;
      return PL_IO_DONE;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return PL_IO_BROKEN;
  use_up (listener, PL_READY_READ);
  return PL_IO_BLOCKED;
}

static PlHandle
generic_connect (const PlAddress *address, int *io_error)
{
  g_autoptr (GError) error = NULL;
  GSocket *gsocket = pl_gsocket_connect (address, &error);

  if (gsocket != NULL)
    return (PlHandle) gsocket;
  *io_error = error->code;
  return PL_HANDLE_NONE;
}

static int
generic_get_connect_error (PlSocket *socket)
{
  Watch *watch = socket->generic;
  g_autoptr (GError) error = NULL;

  return g_socket_check_connect_result (watch->gsocket, &error) ? -1 : error->code;
}

static gboolean
generic_has_vanished (PlSocket *socket, guint for_ms)
{
  Watch *watch = socket->generic;

  return pl_vanished_is_seen (g_socket_get_fd (watch->gsocket), for_ms);
}

static gboolean
generic_get_local_address (PlHandle handle, PlAddress *address)
{
  return pl_gsocket_get_local_address ((GSocket *) handle, address);
}

static PlHandle
generic_get_handle (const PlSocket *socket)
{
  return (PlHandle) ((const Watch *) socket->generic)->gsocket;
}

const PlPlatform pl_platform_generic = {
  .name = "generic",
  .can_splice = FALSE,
  .start = generic_start,
  .stop = generic_stop,
  .collect = generic_collect,
  .listen = generic_listen,
  .share = PL_GSOCKET_SHARE,
  .adopt = generic_adopt,
  .accept = generic_accept,
  .connect = generic_connect,
  .get_connect_error = generic_get_connect_error,
  .has_vanished = generic_has_vanished,
  .get_local_address = generic_get_local_address,
  .close_handle = generic_close_handle,
  .get_handle = generic_get_handle,
  .attach = generic_attach,
  .move = generic_move,
  .want = generic_want,
  .receive = generic_receive,
  .send = generic_send,
  .shut_write = generic_shut_write,
  .close = generic_close,
};
