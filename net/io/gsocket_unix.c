/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of sockets GSocket leaves to the system, where SO_REUSEPORT lets two sockets of a user have
 * one port. */

#include "net/io/gsocket.h"

#include <errno.h>
#include <gio/gnetworking.h>

void
pl_gsocket_share (PlHandle handle, gboolean shared)
{
  (void) g_socket_set_option ((GSocket *) handle, SOL_SOCKET, SO_REUSEPORT, shared, NULL);
}

/* g_socket_bind() would clear SO_REUSEPORT. */
static gboolean
bind_shared (GSocket *gsocket, GSocketAddress *address, GError **error)
{
  struct sockaddr_storage native;
  int code;

  if (!g_socket_address_to_native (address, &native, sizeof native, error))
    return FALSE;
  (void) g_socket_set_option (gsocket, SOL_SOCKET, SO_REUSEADDR, 1, NULL);
  pl_gsocket_share ((PlHandle) gsocket, TRUE);
  if (bind (g_socket_get_fd (gsocket), (const struct sockaddr *) &native,
            (socklen_t) g_socket_address_get_native_size (address))
      == 0)
    return TRUE;
  code = errno;
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
  return FALSE;
}

/* SO_REUSEADDR, which GIO sets, lets a port be taken again while connections of before linger. */
gboolean
pl_gsocket_bind (GSocket *gsocket, GSocketAddress *address, gboolean shared, GError **error)
{
  return shared ? bind_shared (gsocket, address, error)
                : g_socket_bind (gsocket, address, TRUE, error);
}
