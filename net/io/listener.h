/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A port that is listened on. Whom to let in is asked before an octet is read; when descriptors
 * run out accepting pauses, and goes on by itself. */

#pragma once

#include "net/io/deadline.h"
#include "net/io/socket.h"

typedef struct _PlListener PlListener;

/**
 * PlAdmitFunc: whether @peer may come in. One that may not is closed at once, with a reset.
 * PlAcceptedFunc: @handle (transfer full) is a new connection of @peer.
 */
typedef gboolean (*PlAdmitFunc) (const PlAddress *peer, gpointer user_data);
typedef void (*PlAcceptedFunc) (PlHandle handle, const PlAddress *peer, gpointer user_data);

/**
 * PlListenerFuncs:
 * @exhausted: (nullable): somebody waits and there are no descriptors left: close what can be
 * spared
 * @user_data: for all of them
 */
typedef struct
{
  PlAdmitFunc admit;
  PlAcceptedFunc accepted;
  GSourceOnceFunc exhausted;
  gpointer user_data;
} PlListenerFuncs;

/**
 * pl_listener_new: (transfer full):
 * @handle: (transfer full): from #PlPlatform.listen
 *
 * At most 64 connections are taken in a turn, then others have theirs. When descriptors run out it
 * waits 100 ms, or until pl_listener_resume().
 *
 * Returns: %NULL when the system refused to watch it; @handle is then closed
 */
PlListener *pl_listener_new (PlReactor *reactor, PlHandle handle, const PlListenerFuncs *funcs);

/**
 * pl_listener_free: lets in those who already wait, then closes; so the functions are called once
 * more, and must not free it themselves.
 */
void pl_listener_free (PlListener *listener);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlListener, pl_listener_free)

/**
 * pl_listener_resume: a connection was closed, so there may be descriptors again. Cheap when not
 * paused.
 */
void pl_listener_resume (PlListener *listener);

/** pl_listener_get_address: (transfer none): where it listens, with its port. */
const PlAddress *pl_listener_get_address (const PlListener *listener);
