/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Functions of the Linux platform that need no reactor; each is the one of #PlPlatform that bears
 * its name. */

#pragma once

#include "net/io/socket.h"

PlHandle pl_linux_listen (const PlAddress *address, gboolean shared, GError **error);
void pl_linux_share (PlHandle handle, gboolean shared);
PlHandle pl_linux_adopt (int descriptor);
void pl_linux_await_request (PlHandle handle);
PlIo pl_linux_accept (PlSocket *listener, PlHandle *accepted, PlAddress *peer);
PlHandle pl_linux_connect (const PlAddress *address, int *io_error);
int pl_linux_get_connect_error (PlSocket *socket);
gboolean pl_linux_has_vanished (PlSocket *socket, guint for_ms);
gboolean pl_linux_get_local_address (PlHandle handle, PlAddress *address);
void pl_linux_close_handle (PlHandle handle);
