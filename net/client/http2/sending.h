/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What leaves on a connection, and whose turn it is when not all can. */

#pragma once

#include "net/client/http2/state.h"

/** pl_http2_make_frames: lets nghttp2 make frames of all it has. They are gathered; where they are
 * many or lent, they leave at once. */
void pl_http2_make_frames (PlHttp2 *http2);

/** pl_http2_send_frames: the same, and sees to it that they leave in this turn of the reactor. */
void pl_http2_send_frames (PlHttp2 *http2);

/** pl_http2_flush: sends what is gathered. */
void pl_http2_flush (PlHttp2 *http2);

/** pl_http2_may_send: whether octets of bodies can leave: the socket takes some, and the client
 * lets some come. */
gboolean pl_http2_may_send (PlHttp2 *http2);

/** pl_http2_await_turn: @stream has octets and could not send them; see pl_http2_wake_next(). */
void pl_http2_await_turn (PlHttp2Stream *stream);

/** pl_http2_leave_turn: it waits no more. */
void pl_http2_leave_turn (PlHttp2Stream *stream);

/** pl_http2_wake_next: if octets can leave, tells the stream whose turn it is. */
void pl_http2_wake_next (PlHttp2 *http2);
