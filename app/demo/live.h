/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The WebSockets: one for the demo's page, which ticks and echoes, and one that speaks as much
 * socket.io as a client needs to see that the server is alive. */

#pragma once

#include "app/demo/demo.h"

#include <libsoup/soup.h>

/** PlLive: the open sockets and the clock that drives them. */
typedef struct _PlLive PlLive;

/**
 * pl_live_new: (transfer full):
 * @server: answers `/live` and `/socket.io` on it, under `/api` where the era keeps that
 */
PlLive *pl_live_new (SoupServer *server, PlDemoEra era);

/** pl_live_free: hangs up on everybody. The server must not run any more. */
void pl_live_free (PlLive *live);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlLive, pl_live_free)
