/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How connections come to be on Windows, and what moves on them, with plain sockets (SOCKET) as
 * handles. No reactor; each of the first functions is the one of #PlPlatform that bears its name.
 */

#pragma once

#include "net/io/socket.h"

PlHandle pl_windows_listen (const PlAddress *address, gboolean shared, GError **error);
PlHandle pl_windows_adopt (int descriptor);
PlHandle pl_windows_connect (const PlAddress *address, int *io_error);
gboolean pl_windows_get_local_address (PlHandle handle, PlAddress *address);
void pl_windows_close_handle (PlHandle handle);

/** pl_windows_accept: as #PlPlatform.accept, out of @handle. */
PlIo pl_windows_accept (PlHandle handle, PlHandle *accepted, PlAddress *peer);

/** pl_windows_get_connect_error: as #PlPlatform.get_connect_error; 0 is a possible code. -1: none.
 */
int pl_windows_get_connect_error (PlHandle handle);

/** pl_windows_receive: %PL_IO_BROKEN sets @has_timed_out where that is why. */
PlIo pl_windows_receive (PlHandle handle,
                         char *bytes,
                         gsize capacity,
                         gsize *received,
                         guint8 *has_timed_out);

/** pl_windows_send: as pl_windows_receive(). */
PlIo pl_windows_send (PlHandle handle,
                      const GOutputVector *vectors,
                      guint n_vectors,
                      gsize *sent,
                      guint8 *has_timed_out);

/** pl_windows_is_at_end: whether the peer has ended its side and all before that was read. */
gboolean pl_windows_is_at_end (PlHandle handle);

gboolean pl_windows_is_listening (PlHandle handle);

void pl_windows_shut_write (PlHandle handle);

/** pl_windows_end_by_reset: closing it will send a reset, not an end. */
void pl_windows_end_by_reset (PlHandle handle);
