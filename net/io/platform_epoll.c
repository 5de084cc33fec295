/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Linux: plain descriptors, and one epoll descriptor a reactor. Each socket is registered once,
 * edge-triggered, for everything; what a task waits for is then plain memory. The price of
 * edges is that readiness must be remembered: a call that moved less than it could, or nothing,
 * uses it up, and the next edge brings it back (epoll(7), "edge-triggered"). */

#include "net/io/platform.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/io/linux_connection.h"
#include "net/io/socket.h"

#define MAX_EVENTS 256

static PlReady
read_events (guint32 events)
{
  PlReady ready = 0;

  if (events & EPOLLIN)
    ready |= PL_READY_READ;
  if (events & EPOLLOUT)
    ready |= PL_READY_WRITE;
  if (events & EPOLLRDHUP)
    ready |= PL_READY_READ | PL_READY_END;
  if (events & (EPOLLERR | EPOLLHUP))
    ready |= PL_READY_READ | PL_READY_WRITE | PL_READY_END | PL_READY_BROKEN;
  return ready;
}

/* What a reactor has here: @fd, the epoll descriptor; @wakeup_fd, by which GLib interrupts a wait,
 * -1 before the first; @n_ready, sockets marked by a wait and not yet told of; @has_waited, since
 * it was last asked what is ready. */
typedef struct
{
  int fd;
  int wakeup_fd;
  guint n_ready;
  gboolean has_waited;
} Epoll;

static gboolean
epoll_start (PlReactor *reactor, GError **error)
{
  int fd = epoll_create1 (EPOLL_CLOEXEC);
  Epoll *epoll;

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "epoll: %s",
                   g_strerror (errno));
      return FALSE;
    }
  epoll = g_new0 (Epoll, 1);
  epoll->fd = fd;
  epoll->wakeup_fd = -1;
  reactor->platform_data = epoll;
  g_source_add_unix_fd (reactor->source, fd, G_IO_IN);
  /* splice(2) to a peer that is gone raises it, and no flag says not to. */
  signal (SIGPIPE, SIG_IGN);
  return TRUE;
}

static void
epoll_stop (PlReactor *reactor)
{
  Epoll *epoll = g_steal_pointer (&reactor->platform_data);

  if (epoll == NULL)
    return;
  close (epoll->fd);
  g_free (epoll);
}

static int
get_epoll_descriptor (PlReactor *reactor)
{
  return ((Epoll *) reactor->platform_data)->fd;
}

/* Whether no edges of input are asked for; epoll needs to be told of wants for nothing else. */
static gboolean
is_hushed (const PlSocket *socket)
{
  return socket->tells_wants;
}

/* A socket is registered for everything, but one that was hushed for no input. */
static gboolean
register_socket (PlSocket *socket, int operation)
{
  struct epoll_event event = {
    .events = (is_hushed (socket) ? 0 : EPOLLIN) | EPOLLOUT | EPOLLRDHUP | EPOLLET,
    .data.ptr = socket,
  };

  return epoll_ctl (get_epoll_descriptor (socket->reactor), operation, socket->fd, &event) == 0;
}

/* Each segment that comes is an edge, and wakes the thread. While a download's receiver is slower
 * than its sender nobody wants them, and that they have come is known; so the first edge of that
 * kind is the last until somebody wants to read again. Half of all wake-ups were such edges. */
static void
hush (PlSocket *socket)
{
  socket->tells_wants = TRUE;
  if (!register_socket (socket, EPOLL_CTL_MOD))
    socket->tells_wants = FALSE;
}

/* Registering anew also reports anew what is ready, so nothing that came meanwhile is missed. */
static void
epoll_want (PlSocket *socket)
{
  if ((socket->wanted & PL_READY_READ) == 0)
    return;
  socket->tells_wants = FALSE;
  if (!register_socket (socket, EPOLL_CTL_MOD))
    pl_socket_mark (socket, PL_READY_READ | PL_READY_BROKEN);
}

static gboolean
is_unwanted (const PlSocket *socket, PlReady ready)
{
  return (ready & (PL_READY_READ | PL_READY_END | PL_READY_BROKEN)) == PL_READY_READ
         && (socket->wanted & PL_READY_READ) == 0;
}

static void
mark (PlSocket *socket, PlReady ready)
{
  pl_socket_mark (socket, ready);
  if (is_unwanted (socket, ready))
    hush (socket);
}

/* Marks at once, while every socket that is spoken of is still there. Returns whether GLib was
 * woken. */
static gboolean
wait_and_mark (Epoll *epoll, int timeout_ms)
{
  struct epoll_event events[MAX_EVENTS];
  int n_events = epoll_wait (epoll->fd, events, MAX_EVENTS, timeout_ms);
  gboolean is_woken = FALSE;

  for (int i = 0; i < n_events; i++)
    if (events[i].data.ptr == epoll)
      is_woken = TRUE;
    else
      {
        mark (events[i].data.ptr, read_events (events[i].events));
        epoll->n_ready++;
      }
  return is_woken;
}

static guint
epoll_collect (PlReactor *reactor)
{
  Epoll *epoll = reactor->platform_data;
  guint n_ready;

  if (!epoll->has_waited)
    wait_and_mark (epoll, 0);
  epoll->has_waited = FALSE;
  n_ready = epoll->n_ready;
  epoll->n_ready = 0;
  return n_ready;
}

/* GLib's descriptor for waking joins the set (level-triggered, since GLib empties it later). */
static gboolean
knows_wakeup (Epoll *epoll, int wakeup_fd)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = epoll };

  if (epoll->wakeup_fd == wakeup_fd)
    return TRUE;
  if (epoll->wakeup_fd >= 0 || epoll_ctl (epoll->fd, EPOLL_CTL_ADD, wakeup_fd, &event) < 0)
    return FALSE;
  epoll->wakeup_fd = wakeup_fd;
  return TRUE;
}

/* In place of poll(2): GLib asks about our epoll descriptor and its own for waking, nothing else,
 * so one call both waits and learns what is ready. */
static gboolean
epoll_wait_for (PlReactor *reactor, GPollFD *fds, guint n_fds, int timeout_ms)
{
  Epoll *epoll = reactor->platform_data;
  guint ours = n_fds > 0 && fds[0].fd == epoll->fd ? 0 : 1;

  if (n_fds != 2 || fds[ours].fd != epoll->fd || !knows_wakeup (epoll, fds[1 - ours].fd))
    return FALSE;
  fds[1 - ours].revents = wait_and_mark (epoll, timeout_ms) ? G_IO_IN : 0;
  epoll->has_waited = TRUE;
  fds[ours].revents = epoll->n_ready > 0 ? G_IO_IN : 0;
  return TRUE;
}

static gboolean
epoll_attach (PlSocket *socket, PlHandle handle)
{
  socket->fd = (int) handle;
  return register_socket (socket, EPOLL_CTL_ADD);
}

/* Registering anew also reports anew what is ready, so no edge can fall between the two. */
static gboolean
epoll_move (PlSocket *from, PlSocket *to)
{
  to->fd = from->fd;
  to->tells_wants = FALSE;
  return register_socket (to, EPOLL_CTL_MOD);
}

static void
epoll_close (PlSocket *socket, gboolean abort)
{
  if (abort)
    {
      struct linger now = { .l_onoff = 1, .l_linger = 0 };

      (void) setsockopt (socket->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
  close (socket->fd); /* epoll forgets a descriptor with its last reference */
  socket->fd = -1;
}

/* A short read has emptied the socket; only an end that is known to be behind it is still to read.
 */
static PlIo
epoll_receive (PlSocket *socket, char *bytes, gsize capacity, gsize *received)
{
  gssize n_bytes;

  do
    n_bytes = recv (socket->fd, bytes, capacity, 0);
  while (n_bytes < 0 && errno == EINTR);

  if (n_bytes > 0)
    {
      if ((gsize) n_bytes < capacity && !pl_socket_has (socket, PL_READY_END))
        socket->ready &= ~PL_READY_READ;
      *received = (gsize) n_bytes;
      return PL_IO_DONE;
    }
  if (n_bytes == 0)
    return pl_socket_get_end (socket);
  if (errno != EAGAIN)
    {
      socket->has_timed_out |= errno == ETIMEDOUT;
      return PL_IO_BROKEN;
    }
  socket->ready &= ~PL_READY_READ;
  return PL_IO_BLOCKED;
}

static PlIo
epoll_send (PlSocket *socket,
            const GOutputVector *vectors,
            guint n_vectors,
            gboolean more,
            gsize *sent)
{
  struct msghdr message = { .msg_iov = (struct iovec *) vectors, .msg_iovlen = n_vectors };
  int flags = MSG_NOSIGNAL | (more ? MSG_MORE : 0);
  gssize n_bytes;

  do
    n_bytes = n_vectors == 1 ? send (socket->fd, vectors[0].buffer, vectors[0].size, flags)
                             : sendmsg (socket->fd, &message, flags);
  while (n_bytes < 0 && errno == EINTR);

  if (n_bytes >= 0)
    {
      if ((gsize) n_bytes < pl_platform_get_total_size (vectors, n_vectors))
        socket->ready &= ~PL_READY_WRITE;
      *sent = (gsize) n_bytes;
      return PL_IO_DONE;
    }
  if (errno != EAGAIN)
    {
      socket->was_reset |= errno != EPIPE; /* EPIPE: the end had come before */
      socket->has_timed_out |= errno == ETIMEDOUT;
      return PL_IO_BROKEN;
    }
  socket->ready &= ~PL_READY_WRITE;
  return PL_IO_BLOCKED;
}

static void
epoll_gather (PlSocket *socket, guint octets)
{
  int value = (int) octets;

  (void) setsockopt (socket->fd, SOL_SOCKET, SO_RCVLOWAT, &value, sizeof value);
}

static void
epoll_shut_write (PlSocket *socket)
{
  (void) shutdown (socket->fd, SHUT_WR);
}

static PlHandle
epoll_get_handle (const PlSocket *socket)
{
  return socket->fd;
}

const PlPlatform pl_platform_epoll = {
  .name = "epoll",
  .can_splice = TRUE,
  .start = epoll_start,
  .stop = epoll_stop,
  .collect = epoll_collect,
  .wait = epoll_wait_for,
  .listen = pl_linux_listen,
  .share = pl_linux_share,
  .adopt = pl_linux_adopt,
  .await_request = pl_linux_await_request,
  .accept = pl_linux_accept,
  .connect = pl_linux_connect,
  .get_connect_error = pl_linux_get_connect_error,
  .has_vanished = pl_linux_has_vanished,
  .get_local_address = pl_linux_get_local_address,
  .close_handle = pl_linux_close_handle,
  .get_handle = epoll_get_handle,
  .attach = epoll_attach,
  .want = epoll_want,
  .move = epoll_move,
  .gather = epoll_gather,
  .receive = epoll_receive,
  .send = epoll_send,
  .shut_write = epoll_shut_write,
  .close = epoll_close,
};
