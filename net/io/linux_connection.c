/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How connections come to be on Linux: listening, accepting, connecting, with plain descriptors. */

#include "net/io/linux_connection.h"

#include "net/io/native_address.h"
#include "net/io/vanished.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define DEFER_ACCEPT_S 1

static void
set_flag (int fd, int level, int option, int value)
{
  /* A socket without such an option works too, only less well. */
  (void) setsockopt (fd, level, option, &value, sizeof value);
}

static void
set_up_connection (int fd)
{
  set_flag (fd, IPPROTO_TCP, TCP_NODELAY, 1);
  set_flag (fd, SOL_SOCKET, SO_KEEPALIVE, 1);
  set_flag (fd, IPPROTO_TCP, TCP_KEEPIDLE, PL_KEEP_ALIVE_IDLE_S);
  set_flag (fd, IPPROTO_TCP, TCP_KEEPINTVL, PL_KEEP_ALIVE_INTERVAL_S);
  set_flag (fd, IPPROTO_TCP, TCP_KEEPCNT, PL_KEEP_ALIVE_PROBES);
}

/* Within this computer there is no line that could be crowded, and nothing to pace: where the
 * system's congestion control is BBR, its timers are a third of what a long body costs. */
static void
forgo_pacing (int fd)
{
  static const char unpaced[] = "reno"; /* the one that every kernel has */

  (void) setsockopt (fd, IPPROTO_TCP, TCP_CONGESTION, unpaced, sizeof unpaced - 1);
}

static int
open_socket (const PlAddress *address)
{
  int family = pl_address_is_ipv4 (address) ? AF_INET : AF_INET6;
  int fd = socket (family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (fd < 0)
    return fd;
  set_up_connection (fd);
  if (pl_address_is_loopback (address))
    forgo_pacing (fd);
  return fd;
}

/* A connection is accepted with its request: one wake-up less for each, and a client that connects
 * and says nothing costs no descriptor for the first second. */
void
pl_linux_await_request (PlHandle handle)
{
  set_flag ((int) handle, IPPROTO_TCP, TCP_DEFER_ACCEPT, DEFER_ACCEPT_S);
}

void
pl_linux_share (PlHandle handle, gboolean shared)
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

PlHandle
pl_linux_listen (const PlAddress *address, gboolean shared, GError **error)
{
  PlNativeAddress socket_address;
  socklen_t length = pl_native_address_fill (&socket_address, address);
  int fd = open_socket (address);

  if (fd < 0)
    return fail_to_listen (fd, error);
  set_flag (fd, SOL_SOCKET, SO_REUSEADDR, 1);
  if (shared)
    pl_linux_share (fd, TRUE);
  if (!pl_address_is_ipv4 (address))
    set_flag (fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  if (bind (fd, &socket_address.any, length) < 0 || listen (fd, PL_LISTEN_BACKLOG) < 0)
    return fail_to_listen (fd, error);
  return fd;
}

/* What is accepted has the options of its listener. */
PlHandle
pl_linux_adopt (int descriptor)
{
  (void) fcntl (descriptor, F_SETFD, FD_CLOEXEC);
  (void) fcntl (descriptor, F_SETFL, fcntl (descriptor, F_GETFL) | O_NONBLOCK);
  set_up_connection (descriptor);
  return descriptor;
}

PlIo
pl_linux_accept (PlSocket *listener, PlHandle *accepted, PlAddress *peer)
{
  PlNativeAddress address;
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
      *peer = pl_address_from_native (&address);
      return PL_IO_DONE;
    }
  if (errno != EAGAIN)
    return PL_IO_BROKEN;
  listener->ready &= ~PL_READY_READ;
  return PL_IO_BLOCKED;
}

static void
ask_sooner (int fd)
{
  set_flag (fd, IPPROTO_TCP, TCP_KEEPIDLE, PL_UPSTREAM_KEEP_ALIVE_IDLE_S);
  set_flag (fd, IPPROTO_TCP, TCP_KEEPINTVL, PL_UPSTREAM_KEEP_ALIVE_INTERVAL_S);
  set_flag (fd, IPPROTO_TCP, TCP_KEEPCNT, PL_UPSTREAM_KEEP_ALIVE_PROBES);
}

PlHandle
pl_linux_connect (const PlAddress *address, int *io_error)
{
  PlNativeAddress socket_address;
  socklen_t length = pl_native_address_fill (&socket_address, address);
  int fd = open_socket (address);

  if (fd >= 0)
    ask_sooner (fd);
  if (fd >= 0 && (connect (fd, &socket_address.any, length) == 0 || errno == EINPROGRESS))
    return fd;
  *io_error = g_io_error_from_errno (errno);
  if (fd >= 0)
    close (fd);
  return PL_HANDLE_NONE;
}

int
pl_linux_get_connect_error (PlSocket *socket)
{
  int code = 0;
  socklen_t length = sizeof code;

  if (getsockopt (socket->fd, SOL_SOCKET, SO_ERROR, &code, &length) < 0)
    code = errno;
  return code == 0 ? -1 : (int) g_io_error_from_errno (code);
}

gboolean
pl_linux_has_vanished (PlSocket *socket, guint for_ms)
{
  return pl_vanished_is_seen (socket->fd, for_ms);
}

gboolean
pl_linux_get_local_address (PlHandle handle, PlAddress *address)
{
  PlNativeAddress socket_address;
  socklen_t length = sizeof socket_address;

  if (getsockname ((int) handle, &socket_address.any, &length) < 0)
    return FALSE;
  *address = pl_address_from_native (&socket_address);
  return TRUE;
}

void
pl_linux_close_handle (PlHandle handle)
{
  close ((int) handle);
}
