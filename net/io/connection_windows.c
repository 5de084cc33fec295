/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/io/connection_windows.h"

#include "net/io/keep_alive.h"
#include "net/io/native_address.h"
#include "net/io/vanished.h"

#include <winsock2.h>
#include <ws2tcpip.h>
#include <mstcpip.h>

/* A send takes no more pieces at once; what is left over is sent by the next. */
#define MAX_PIECES 16

/* A socket without such an option works too, only less well. */
static void
set_flag (SOCKET fd, int level, int option, int value)
{
  (void) setsockopt (fd, level, option, (const char *) &value, sizeof value);
}

static gboolean
set_up (SOCKET fd)
{
  u_long is_non_blocking = 1;

  set_flag (fd, IPPROTO_TCP, TCP_NODELAY, 1);
  pl_keep_alive ((int) fd, PL_KEEP_ALIVE_IDLE_S, PL_KEEP_ALIVE_INTERVAL_S, PL_KEEP_ALIVE_PROBES);
  return ioctlsocket (fd, FIONBIO, &is_non_blocking) == 0;
}

/* INVALID_SOCKET leaves the reason to WSAGetLastError(). */
static SOCKET
open_socket (const PlAddress *address)
{
  int family = pl_address_is_ipv4 (address) ? AF_INET : AF_INET6;
  SOCKET fd = WSASocketW (family, SOCK_STREAM, IPPROTO_TCP, NULL, 0,
                          WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);

  if (fd != INVALID_SOCKET)
    (void) set_up (fd);
  return fd;
}

static PlHandle
fail_to_listen (SOCKET fd, GError **error)
{
  int code = WSAGetLastError ();
  g_autofree char *message = g_win32_error_message (code);

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_win32_error (code), message);
  if (fd != INVALID_SOCKET)
    closesocket (fd);
  return PL_HANDLE_NONE;
}

/* Without SO_REUSEADDR, with which anybody could take the port over, and without
 * SO_EXCLUSIVEADDRUSE: a port so held cannot be bound anew while connections of it live, so
 * exposure could not be changed while somebody is served. */
PlHandle
pl_windows_listen (const PlAddress *address, gboolean shared, GError **error)
{
  PlNativeAddress socket_address;
  int length = pl_native_address_fill (&socket_address, address);
  SOCKET fd = open_socket (address);

  if (fd == INVALID_SOCKET)
    return fail_to_listen (fd, error);
  if (!pl_address_is_ipv4 (address))
    set_flag (fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  if (bind (fd, &socket_address.any, length) != 0 || listen (fd, PL_LISTEN_BACKLOG) != 0)
    return fail_to_listen (fd, error);
  return (PlHandle) fd;
}

PlHandle
pl_windows_adopt (int descriptor)
{
  (void) set_up ((SOCKET) descriptor);
  return descriptor;
}

/* What is the fault of one connection alone, which is then gone. */
static gboolean
is_of_one_connection (int code)
{
  return code == WSAECONNRESET || code == WSAECONNABORTED || code == WSAENETDOWN;
}

PlIo
pl_windows_accept (PlHandle handle, PlHandle *accepted, PlAddress *peer)
{
  PlNativeAddress address;
  int length;
  SOCKET fd;

  do
    {
      length = sizeof address;
      fd = accept ((SOCKET) handle, &address.any, &length);
    }
  while (fd == INVALID_SOCKET && is_of_one_connection (WSAGetLastError ()));

  if (fd == INVALID_SOCKET)
    return WSAGetLastError () == WSAEWOULDBLOCK ? PL_IO_BLOCKED : PL_IO_BROKEN;
  SetHandleInformation ((HANDLE) fd, HANDLE_FLAG_INHERIT, 0);
  (void) set_up (fd);
  *accepted = (PlHandle) fd;
  *peer = pl_address_from_native (&address);
  return PL_IO_DONE;
}

/* Windows takes "nobody listens here" for an answer after two seconds only, since it asks again
 * twice. On this computer itself there is nothing to ask again about. */
static void
take_refusals_at_once (SOCKET fd)
{
  TCP_INITIAL_RTO_PARAMETERS parameters
      = { TCP_INITIAL_RTO_UNSPECIFIED_RTT, TCP_INITIAL_RTO_NO_SYN_RETRANSMISSIONS };
  DWORD n_bytes;

  (void) WSAIoctl (fd, SIO_TCP_INITIAL_RTO, &parameters, sizeof parameters, NULL, 0, &n_bytes, NULL,
                   NULL);
}

static void
set_up_for_upstream (SOCKET fd, const PlAddress *address)
{
  pl_keep_alive ((int) fd, PL_UPSTREAM_KEEP_ALIVE_IDLE_S, PL_UPSTREAM_KEEP_ALIVE_INTERVAL_S,
                 PL_UPSTREAM_KEEP_ALIVE_PROBES);
  pl_vanished_limit ((int) fd, PL_VANISHED_LIMIT_S);
  if (pl_address_is_loopback (address))
    take_refusals_at_once (fd);
}

PlHandle
pl_windows_connect (const PlAddress *address, int *io_error)
{
  PlNativeAddress socket_address;
  int length = pl_native_address_fill (&socket_address, address);
  SOCKET fd = open_socket (address);

  if (fd != INVALID_SOCKET)
    {
      set_up_for_upstream (fd, address);
      if (connect (fd, &socket_address.any, length) == 0 || WSAGetLastError () == WSAEWOULDBLOCK)
        return (PlHandle) fd;
    }
  *io_error = (int) g_io_error_from_win32_error (WSAGetLastError ());
  if (fd != INVALID_SOCKET)
    closesocket (fd);
  return PL_HANDLE_NONE;
}

int
pl_windows_get_connect_error (PlHandle handle)
{
  int code = 0, length = sizeof code;

  if (getsockopt ((SOCKET) handle, SOL_SOCKET, SO_ERROR, (char *) &code, &length) != 0)
    code = WSAGetLastError ();
  return code == 0 ? -1 : (int) g_io_error_from_win32_error (code);
}

gboolean
pl_windows_get_local_address (PlHandle handle, PlAddress *address)
{
  PlNativeAddress socket_address;
  int length = sizeof socket_address;

  if (getsockname ((SOCKET) handle, &socket_address.any, &length) != 0)
    return FALSE;
  *address = pl_address_from_native (&socket_address);
  return TRUE;
}

void
pl_windows_close_handle (PlHandle handle)
{
  closesocket ((SOCKET) handle);
}

static PlIo
read_failure (guint8 *has_timed_out)
{
  int code = WSAGetLastError ();

  if (code == WSAEWOULDBLOCK)
    return PL_IO_BLOCKED;
  *has_timed_out |= code == WSAETIMEDOUT;
  return PL_IO_BROKEN;
}

PlIo
pl_windows_receive (PlHandle handle,
                    char *bytes,
                    gsize capacity,
                    gsize *received,
                    guint8 *has_timed_out)
{
  int n_bytes = recv ((SOCKET) handle, bytes, (int) MIN (capacity, G_MAXINT), 0);

  if (n_bytes < 0)
    return read_failure (has_timed_out);
  *received = (gsize) n_bytes;
  return n_bytes > 0 ? PL_IO_DONE : PL_IO_END;
}

gboolean
pl_windows_is_at_end (PlHandle handle)
{
  char octet;

  return recv ((SOCKET) handle, &octet, 1, MSG_PEEK) == 0;
}

gboolean
pl_windows_is_listening (PlHandle handle)
{
  BOOL answer = FALSE;
  int length = sizeof answer;

  return getsockopt ((SOCKET) handle, SOL_SOCKET, SO_ACCEPTCONN, (char *) &answer, &length) == 0
         && answer;
}

PlIo
pl_windows_send (PlHandle handle,
                 const GOutputVector *vectors,
                 guint n_vectors,
                 gsize *sent,
                 guint8 *has_timed_out)
{
  WSABUF pieces[MAX_PIECES];
  guint n_pieces = MIN (n_vectors, MAX_PIECES);
  DWORD n_bytes;

  for (guint i = 0; i < n_pieces; i++)
    pieces[i] = (WSABUF){ (ULONG) MIN (vectors[i].size, G_MAXINT), (char *) vectors[i].buffer };
  if (WSASend ((SOCKET) handle, pieces, n_pieces, &n_bytes, 0, NULL, NULL) != 0)
    return read_failure (has_timed_out);
  *sent = n_bytes;
  return PL_IO_DONE;
}

void
pl_windows_shut_write (PlHandle handle)
{
  (void) shutdown ((SOCKET) handle, SD_SEND);
}

void
pl_windows_end_by_reset (PlHandle handle)
{
  struct linger now = { .l_onoff = 1, .l_linger = 0 };

  (void) setsockopt ((SOCKET) handle, SOL_SOCKET, SO_LINGER, (const char *) &now, sizeof now);
}
