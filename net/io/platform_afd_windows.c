/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows: plain sockets, and one completion port a reactor, on which the driver of sockets answers
 * what is ready (net/io/afd_watch.h). */

#include "net/io/platform.h"

#include "net/io/afd_bells.h"
#include "net/io/afd_watch.h"
#include "net/io/connection_windows.h"
#include "net/io/vanished.h"

/* What a reactor has here: @n_ready, sockets marked by a wait and not yet told of; @has_waited,
 * since it was last asked what is ready. */
typedef struct
{
  PlAfdWatches watches;
  PlAfdBells *bells;
  guint n_ready;
  gboolean has_waited;
} Port;

static gboolean
afd_start (PlReactor *reactor, GError **error)
{
  PlAfd *afd = pl_afd_new (error);
  Port *port;

  if (afd == NULL)
    return FALSE;
  port = g_new0 (Port, 1);
  port->watches.afd = afd;
  port->bells = pl_afd_bells_new (afd);
  reactor->platform_data = port;
  return TRUE;
}

static void
afd_stop (PlReactor *reactor)
{
  Port *port = g_steal_pointer (&reactor->platform_data);

  if (port == NULL)
    return;
  pl_afd_bells_free (port->bells);
  pl_afd_watches_finish (&port->watches);
  g_free (port);
}

static guint
afd_collect (PlReactor *reactor)
{
  Port *port = reactor->platform_data;
  guint n_ready;

  if (!port->has_waited)
    {
      pl_afd_watches_ask (&port->watches);
      /* Who woke it is still signalled, and looked at in the next wait. */
      if (pl_afd_watches_wait (&port->watches, 0, &port->n_ready))
        pl_afd_wake (port->watches.afd);
    }
  port->has_waited = FALSE;
  n_ready = port->n_ready;
  port->n_ready = 0;
  return n_ready;
}

/* In place of g_poll(), which waits for handles and knows nothing of completion ports. */
static gboolean
afd_wait_for (PlReactor *reactor, GPollFD *fds, guint n_fds, int timeout_ms)
{
  Port *port = reactor->platform_data;
  gboolean is_woken;

  pl_afd_watches_ask (&port->watches);
  pl_afd_bells_hang (port->bells, fds, n_fds);
  is_woken = pl_afd_watches_wait (&port->watches, timeout_ms, &port->n_ready);
  port->has_waited = TRUE;
  pl_afd_bells_take_down (port->bells, is_woken, fds, n_fds);
  return TRUE;
}

static gboolean
afd_attach (PlSocket *socket, PlHandle handle)
{
  Port *port = socket->reactor->platform_data;

  socket->generic = pl_afd_watch_new (&port->watches, socket, handle);
  socket->tells_wants = TRUE;
  return socket->generic != NULL;
}

static gboolean
afd_move (PlSocket *from, PlSocket *to)
{
  PlAfdWatch *watch = from->generic;

  watch->socket = to;
  return TRUE;
}

static void
afd_want (PlSocket *socket)
{
  pl_afd_watch_wants (socket->generic);
}

static PlHandle
get_handle (const PlSocket *socket)
{
  return ((PlAfdWatch *) socket->generic)->handle;
}

static void
afd_close (PlSocket *socket, gboolean abort)
{
  if (abort)
    pl_windows_end_by_reset (get_handle (socket));
  pl_windows_close_handle (get_handle (socket));
  pl_afd_watch_free (g_steal_pointer (&socket->generic));
}

static PlIo
afd_accept (PlSocket *listener, PlHandle *accepted, PlAddress *peer)
{
  PlIo io = pl_windows_accept (get_handle (listener), accepted, peer);

  if (io == PL_IO_BLOCKED)
    pl_afd_watch_use_up (listener->generic, PL_READY_READ);
  return io;
}

static int
afd_get_connect_error (PlSocket *socket)
{
  int error = pl_windows_get_connect_error (get_handle (socket));

  return error < 0 && pl_socket_has (socket, PL_READY_BROKEN) ? G_IO_ERROR_CONNECTION_REFUSED
                                                              : error;
}

static gboolean
afd_has_vanished (PlSocket *socket, guint for_ms)
{
  return pl_vanished_is_seen ((int) get_handle (socket), for_ms);
}

/* A short read has emptied the socket; only an end that is known to be behind it is still to read.
 */
static PlIo
afd_receive (PlSocket *socket, char *bytes, gsize capacity, gsize *received)
{
  PlIo io
      = pl_windows_receive (get_handle (socket), bytes, capacity, received, &socket->has_timed_out);

  if (io == PL_IO_BLOCKED
      || (io == PL_IO_DONE && *received < capacity && !pl_socket_has (socket, PL_READY_END)))
    pl_afd_watch_use_up (socket->generic, PL_READY_READ);
  if (io != PL_IO_END)
    return io;
  socket->ready |= PL_READY_END;
  return pl_socket_get_end (socket);
}

/* Windows cannot hold the last segment back for @more. */
static PlIo
afd_send (PlSocket *socket,
          const GOutputVector *vectors,
          guint n_vectors,
          gboolean more,
          gsize *sent)
{
  PlIo io = pl_windows_send (get_handle (socket), vectors, n_vectors, sent, &socket->has_timed_out);

  if (io == PL_IO_BROKEN)
    socket->was_reset |= !pl_socket_has (socket, PL_READY_END);
  if (io == PL_IO_BLOCKED
      || (io == PL_IO_DONE && *sent < pl_platform_get_total_size (vectors, n_vectors)))
    pl_afd_watch_use_up (socket->generic, PL_READY_WRITE);
  return io;
}

static void
afd_shut_write (PlSocket *socket)
{
  pl_windows_shut_write (get_handle (socket));
}

const PlPlatform pl_platform_afd = {
  .name = "afd",
  .can_splice = FALSE,
  .is_available = pl_afd_is_understood,
  .start = afd_start,
  .stop = afd_stop,
  .collect = afd_collect,
  .wait = afd_wait_for,
  .listen = pl_windows_listen,
  .adopt = pl_windows_adopt,
  .accept = afd_accept,
  .connect = pl_windows_connect,
  .get_connect_error = afd_get_connect_error,
  .has_vanished = afd_has_vanished,
  .get_local_address = pl_windows_get_local_address,
  .close_handle = pl_windows_close_handle,
  .get_handle = get_handle,
  .attach = afd_attach,
  .move = afd_move,
  .want = afd_want,
  .receive = afd_receive,
  .send = afd_send,
  .shut_write = afd_shut_write,
  .close = afd_close,
};
