/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GSockets as this program wants them: non-blocking, with the same options as the descriptors of
 * the epoll platform. No reactor. */

#pragma once

#include <gio/gio.h>

#include "net/io/platform.h"

/**
 * pl_gsocket_listen: (transfer full):
 * @shared: see #PlPlatform.share
 */
GSocket *pl_gsocket_listen (const PlAddress *address, gboolean shared, GError **error);

/** pl_gsocket_share: #PlPlatform.share of the generic platform, where the system has a way to:
 * there meson defines PL_GSOCKET_SHARE as its name, elsewhere as %NULL. */
void pl_gsocket_share (PlHandle handle, gboolean shared);

/** pl_gsocket_bind: binds as pl_gsocket_listen() wants it. */
gboolean
pl_gsocket_bind (GSocket *gsocket, GSocketAddress *address, gboolean shared, GError **error);

/** pl_gsocket_adopt: (transfer full): of @descriptor, a socket that listens already. */
GSocket *pl_gsocket_adopt (int descriptor);

/** pl_gsocket_accept: (transfer full): %G_IO_ERROR_WOULD_BLOCK when nobody waits. */
GSocket *pl_gsocket_accept (GSocket *listener, PlAddress *peer, GError **error);

/** pl_gsocket_connect: (transfer full): one whose connection is made or under way. */
GSocket *pl_gsocket_connect (const PlAddress *address, GError **error);

gboolean pl_gsocket_get_local_address (GSocket *gsocket, PlAddress *address);

/** pl_gsocket_end_by_reset: closing it will send a reset, not an end. */
void pl_gsocket_end_by_reset (GSocket *gsocket);
