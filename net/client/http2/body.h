/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The octets of a stream's bodies, as an exchange sees them: a connection like any other. What it
 * takes makes room for more to come; what it gives becomes DATA frames without being copied. */

#pragma once

#include "net/client/http2/state.h"

/** pl_http2_body_init: @stream's id, client and connection are set. */
void pl_http2_body_init (PlHttp2Stream *stream);

/** pl_http2_body_clear: what came and was not taken is thrown away, and room it was given is the
 * connection's again. */
void pl_http2_body_clear (PlHttp2Stream *stream);

/** pl_http2_body_put: octets of the request's body have come. */
void pl_http2_body_put (PlHttp2Stream *stream, const char *bytes, gsize length);

/** pl_http2_body_end: the request has ended. */
void pl_http2_body_end (PlHttp2Stream *stream);

/** pl_http2_body_break: nothing comes any more, and nothing can be sent. */
void pl_http2_body_break (PlHttp2Stream *stream);

/** pl_http2_body_note_window: the client lets octets come, on @stream or on all. */
void pl_http2_body_note_window (PlHttp2Stream *stream);

/** pl_http2_body_provide, pl_http2_body_send: nghttp2's data source of a response's body. */
ssize_t pl_http2_body_provide (nghttp2_session *nghttp2,
                               int32_t id,
                               uint8_t *bytes,
                               size_t capacity,
                               uint32_t *flags,
                               nghttp2_data_source *source,
                               void *user_data);
int pl_http2_body_send (nghttp2_session *nghttp2,
                        nghttp2_frame *frame,
                        const uint8_t *frame_head,
                        size_t length,
                        nghttp2_data_source *source,
                        void *user_data);
