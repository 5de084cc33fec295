/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Linux: plain descriptors, and one epoll descriptor a reactor. Each socket is registered once,
 * edge-triggered, for everything; what a task waits for is then plain memory. The price of
 * edges is that readiness must be remembered: a call that moved less than it could, or nothing,
 * uses it up, and the next edge brings it back (epoll(7), "edge-triggered"). */

#include "net/io/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/io/socket.h"

#define MAX_EVENTS     256
#define DEFER_ACCEPT_S 1

typedef union
{
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
} SocketAddress;

static socklen_t
fill_socket_address (const PlAddress *address, SocketAddress *out)
{
  *out = (SocketAddress){ 0 };
  if (pl_address_is_ipv4 (address))
    {
      out->v4.sin_family = AF_INET;
      out->v4.sin_port = g_htons (address->port);
      memcpy (&out->v4.sin_addr, address->bytes + 12, 4);
      return sizeof out->v4;
    }
  out->v6.sin6_family = AF_INET6;
  out->v6.sin6_port = g_htons (address->port);
  memcpy (&out->v6.sin6_addr, address->bytes, 16);
  return sizeof out->v6;
}

static PlAddress
read_socket_address (const SocketAddress *in)
{
  if (in->any.sa_family == AF_INET)
    return pl_address_from_ipv4 ((const guint8 *) &in->v4.sin_addr, g_ntohs (in->v4.sin_port));
  return pl_address_from_ipv6 (in->v6.sin6_addr.s6_addr, g_ntohs (in->v6.sin6_port));
}

static void
set_flag (int fd, int level, int option, int value)
{
  /* A socket without such an option works too, only less well. */
  (void) setsockopt (fd, level, option, &value, sizeof value);
}

static int
open_socket (const PlAddress *address)
{
  int family = pl_address_is_ipv4 (address) ? AF_INET : AF_INET6;
  int fd = socket (family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (fd < 0)
    return -1;
  set_flag (fd, IPPROTO_TCP, TCP_NODELAY, 1);
  set_flag (fd, SOL_SOCKET, SO_KEEPALIVE, 1);
  set_flag (fd, IPPROTO_TCP, TCP_KEEPIDLE, PL_KEEP_ALIVE_IDLE_S);
  set_flag (fd, IPPROTO_TCP, TCP_KEEPINTVL, PL_KEEP_ALIVE_INTERVAL_S);
  set_flag (fd, IPPROTO_TCP, TCP_KEEPCNT, PL_KEEP_ALIVE_PROBES);
  return fd;
}

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
 * -1 before the first; @n_ready, sockets marked by a wait and not yet told of. */
typedef struct
{
  int fd;
  int wakeup_fd;
  guint n_ready;
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

/* Marks at once, while every socket that is spoken of is still there. Returns whether GLib was woken. */
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
        pl_socket_mark (events[i].data.ptr, read_events (events[i].events));
        epoll->n_ready++;
      }
  return is_woken;
}

static guint
epoll_collect (PlReactor *reactor)
{
  Epoll *epoll = reactor->platform_data;
  guint n_ready;

  if (epoll->n_ready == 0)
    wait_and_mark (epoll, 0);
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
  if (epoll->wakeup_fd >= 0
      || epoll_ctl (epoll->fd, EPOLL_CTL_ADD, wakeup_fd, &event) < 0)
    return FALSE;
  epoll->wakeup_fd = wakeup_fd;
  return TRUE;
}

/* In place of poll(2): GLib asks about our epoll descriptor and its own for waking, nothing else, so
 * one call both waits and learns what is ready. */
static gboolean
epoll_wait_for (PlReactor *reactor, GPollFD *fds, guint n_fds, int timeout_ms)
{
  Epoll *epoll = reactor->platform_data;
  guint ours = n_fds > 0 && fds[0].fd == epoll->fd ? 0 : 1;

  if (n_fds != 2 || fds[ours].fd != epoll->fd || !knows_wakeup (epoll, fds[1 - ours].fd))
    return FALSE;
  fds[1 - ours].revents = wait_and_mark (epoll, timeout_ms) ? G_IO_IN : 0;
  fds[ours].revents = epoll->n_ready > 0 ? G_IO_IN : 0;
  return TRUE;
}

static gboolean
register_socket (PlSocket *socket, int operation)
{
  struct epoll_event event = {
    .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
    .data.ptr = socket,
  };

  return epoll_ctl (get_epoll_descriptor (socket->reactor), operation, socket->fd, &event) == 0;
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

/* A short read has emptied the socket; only an end that is known to be behind it is still to read. */
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
    return PL_IO_BROKEN;
  socket->ready &= ~PL_READY_READ;
  return PL_IO_BLOCKED;
}

static PlIo
epoll_send (PlSocket *socket, const GOutputVector *vectors, guint n_vectors, gboolean more,
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
      return PL_IO_BROKEN;
    }
  socket->ready &= ~PL_READY_WRITE;
  return PL_IO_BLOCKED;
}

static void
epoll_shut_write (PlSocket *socket)
{
  (void) shutdown (socket->fd, SHUT_WR);
}

/* One wake-up less for each connection, and who connects and says nothing costs no descriptor
 * for the first second. */
static void
epoll_await_request (PlHandle handle)
{
  set_flag ((int) handle, IPPROTO_TCP, TCP_DEFER_ACCEPT, DEFER_ACCEPT_S);
}

static void
epoll_share (PlHandle handle, gboolean shared)
{
  set_flag ((int) handle, SOL_SOCKET, SO_REUSEPORT, shared);
}

static PlHandle
fail_to_listen (int fd, GError **error)
{
  int code = errno;

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
  if (fd >= 0)
    close (fd);
  return PL_HANDLE_NONE;
}

static PlHandle
epoll_listen (const PlAddress *address, gboolean shared, GError **error)
{
  SocketAddress socket_address;
  socklen_t length = fill_socket_address (address, &socket_address);
  int fd = open_socket (address);

  if (fd < 0)
    return fail_to_listen (fd, error);
  set_flag (fd, SOL_SOCKET, SO_REUSEADDR, 1);
  if (shared)
    epoll_share (fd, TRUE);
  if (!pl_address_is_ipv4 (address))
    set_flag (fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  if (bind (fd, &socket_address.any, length) < 0 || listen (fd, PL_LISTEN_BACKLOG) < 0)
    return fail_to_listen (fd, error);
  return fd;
}

static PlIo
epoll_accept (PlSocket *listener, PlHandle *accepted, PlAddress *peer)
{
  SocketAddress address;
  socklen_t length = sizeof address;
  int fd;

  /* What else accept(2) may say is the fault of one connection, which is then gone. */
  do
    fd = accept4 (listener->fd, &address.any, &length, SOCK_CLOEXEC | SOCK_NONBLOCK);
  while (fd < 0
         && (errno == EINTR || errno == ECONNABORTED || errno == EPROTO || errno == EPERM
             || errno == ENETDOWN || errno == EHOSTUNREACH || errno == ENETUNREACH));

  if (fd >= 0)
    {
      *accepted = fd;
      *peer = read_socket_address (&address);
      return PL_IO_DONE;
    }
  if (errno != EAGAIN)
    return PL_IO_BROKEN;
  listener->ready &= ~PL_READY_READ;
  return PL_IO_BLOCKED;
}

static PlHandle
epoll_connect (const PlAddress *address, int *io_error)
{
  SocketAddress socket_address;
  socklen_t length = fill_socket_address (address, &socket_address);
  int fd = open_socket (address);

  if (fd >= 0 && (connect (fd, &socket_address.any, length) == 0 || errno == EINPROGRESS))
    return fd;
  *io_error = g_io_error_from_errno (errno);
  if (fd >= 0)
    close (fd);
  return PL_HANDLE_NONE;
}

static int
epoll_get_connect_error (PlSocket *socket)
{
  int code = 0;
  socklen_t length = sizeof code;

  if (getsockopt (socket->fd, SOL_SOCKET, SO_ERROR, &code, &length) < 0)
    code = errno;
  return code == 0 ? -1 : (int) g_io_error_from_errno (code);
}

static gboolean
epoll_get_local_address (PlHandle handle, PlAddress *address)
{
  SocketAddress socket_address;
  socklen_t length = sizeof socket_address;

  if (getsockname ((int) handle, &socket_address.any, &length) < 0)
    return FALSE;
  *address = read_socket_address (&socket_address);
  return TRUE;
}

static void
epoll_close_handle (PlHandle handle)
{
  close ((int) handle);
}

const PlPlatform pl_platform_epoll = {
  .name = "epoll",
  .can_splice = TRUE,
  .start = epoll_start,
  .stop = epoll_stop,
  .collect = epoll_collect,
  .wait = epoll_wait_for,
  .listen = epoll_listen,
  .share = epoll_share,
  .await_request = epoll_await_request,
  .accept = epoll_accept,
  .connect = epoll_connect,
  .get_connect_error = epoll_get_connect_error,
  .get_local_address = epoll_get_local_address,
  .close_handle = epoll_close_handle,
  .attach = epoll_attach,
  .move = epoll_move,
  .receive = epoll_receive,
  .send = epoll_send,
  .shut_write = epoll_shut_write,
  .close = epoll_close,
};
