/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/io/socket.h"

gboolean
pl_socket_open (PlSocket *socket, PlReactor *reactor, PlHandle handle, PlTask *task, PlReady ready)
{
  g_return_val_if_fail (!socket->is_open, FALSE);

  socket->reactor = reactor;
  socket->task = task;
  socket->ready = ready;
  socket->wanted = 0;
  socket->was_reset = FALSE;
  socket->has_timed_out = FALSE;
  socket->tells_wants = FALSE;
  if (!reactor->platform->attach (socket, handle))
    {
      reactor->platform->close_handle (handle);
      return FALSE;
    }
  socket->is_open = TRUE;
  return TRUE;
}

gboolean
pl_socket_move (PlSocket *from, PlSocket *to, PlTask *task)
{
  g_return_val_if_fail (from->is_open && !to->is_open, FALSE);

  *to = *from;
  to->task = task;
  to->wanted = 0;
  from->is_open = FALSE;
  if (to->reactor->platform->move (from, to))
    return TRUE;
  pl_socket_close (to, FALSE);
  return FALSE;
}

void
pl_socket_close (PlSocket *socket, gboolean abort)
{
  if (!socket->is_open)
    return;
  socket->reactor->platform->close (socket, abort);
  socket->is_open = FALSE;
}

gboolean
pl_socket_comes_from_here (const PlSocket *socket, const PlAddress *peer)
{
  const PlPlatform *platform = socket->reactor->platform;
  PlAddress local;

  return socket->is_open && platform->get_local_address (platform->get_handle (socket), &local)
         && pl_address_is_same_host (&local, peer);
}
