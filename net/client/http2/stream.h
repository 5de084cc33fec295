/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A stream from its first header to its end: a client to one exchange. */

#pragma once

#include "net/client/http2/state.h"

/** pl_http2_stream_new: (transfer none): in the list of @http2; frees itself when it is over. */
PlHttp2Stream *pl_http2_stream_new (PlHttp2 *http2, gint32 id);

/** pl_http2_stream_end: ends the request, if it lasts, for @reason, and frees @stream. Returns:
 * whether there is a record that says so */
gboolean pl_http2_stream_end (PlHttp2Stream *stream, PlCloseReason reason);

/** pl_http2_stream_cut_off: ends the exchange of @stream for @reason; the connection goes on. */
void pl_http2_stream_cut_off (PlHttp2Stream *stream, PlCloseReason reason);

/** pl_http2_stream_note_head: its head is whole; @is_open: a body follows. */
void pl_http2_stream_note_head (PlHttp2Stream *stream, gboolean is_open);

/** pl_http2_stream_note_closed: nghttp2 knows it no more. */
void pl_http2_stream_note_closed (PlHttp2Stream *stream);

/** pl_http2_stream_add_trailer: a field behind the request's body. */
void pl_http2_stream_add_trailer (PlHttp2Stream *stream, PlSlice name, PlSlice value);
