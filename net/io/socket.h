/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A watched socket, as its users see it. */

#pragma once

#include "net/io/reactor.h"

/**
 * pl_socket_open:
 * @socket: closed
 * @handle: (transfer full): taken in every case
 * @task: run when what is wanted comes
 * @ready: what to take for granted until a call says otherwise
 *
 * Returns: %FALSE when the system refused to watch it; @handle is then closed
 */
gboolean
pl_socket_open (PlSocket *socket, PlReactor *reactor, PlHandle handle, PlTask *task, PlReady ready);

/** pl_socket_close: closes if open; with @abort the peer sees a reset, so that what it got cannot
 * look whole. */
void pl_socket_close (PlSocket *socket, gboolean abort);

/**
 * pl_socket_move:
 * @from: open; closed after that
 * @to: closed; becomes what @from was, wanting nothing
 * @task: of @to
 *
 * Returns: %FALSE when the system refused to watch it; both are then closed
 */
gboolean pl_socket_move (PlSocket *from, PlSocket *to, PlTask *task);

/** pl_socket_comes_from_here: whether @peer, which an open socket was accepted from, is the address
 * it came to: only this computer has that. A system call. */
gboolean pl_socket_comes_from_here (const PlSocket *socket, const PlAddress *peer);

/** pl_socket_want: from now on @task runs when any of @wanted is ready. Plain memory on Linux, but
 * where input came that nobody wanted. */
static inline void
pl_socket_want (PlSocket *socket, PlReady wanted)
{
  if (socket->wanted == wanted)
    return;
  socket->wanted = wanted;
  if (socket->tells_wants)
    socket->reactor->platform->want (socket);
}

/** pl_socket_has: whether any of @ready is known to be. */
static inline gboolean
pl_socket_has (const PlSocket *socket, PlReady ready)
{
  return (socket->ready & ready) != 0;
}

/** pl_socket_mark: for platforms: @ready has come; queues the task if it waits for it or the
 * connection broke. */
static inline void
pl_socket_mark (PlSocket *socket, PlReady ready)
{
  socket->ready |= ready;
  if ((socket->wanted & ready) != 0 || (ready & PL_READY_BROKEN) != 0)
    pl_reactor_queue (socket->reactor, socket->task);
}

/** pl_socket_has_vanished: whether the peer acknowledges nothing of what was sent, and has said
 * nothing else, for @for_ms. A system call: to be asked when there was silence for so long. */
static inline gboolean
pl_socket_has_vanished (PlSocket *socket, guint for_ms)
{
  return socket->has_timed_out || socket->reactor->platform->has_vanished (socket, for_ms);
}

/**
 * pl_socket_get_end: for platforms: what it means that there is nothing more to receive.
 *
 * Systems tell of a reset once. If a send was told, a receive finds an end, and an answer that
 * was cut off would look whole.
 */
static inline PlIo
pl_socket_get_end (const PlSocket *socket)
{
  return socket->was_reset ? PL_IO_BROKEN : PL_IO_END;
}
