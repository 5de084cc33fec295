/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Heads and trailers of responses, as header blocks. */

#pragma once

#include "net/client/http2/state.h"

/** pl_http2_response_begin: sends the head of an interim or the final response. */
void pl_http2_response_begin (PlHttp2Stream *stream, const PlResponseHead *response);

/** pl_http2_response_write_down: (transfer full): the same as text, as HTTP/1 would have it. */
PlBuffer *pl_http2_response_write_down (PlHttp2Stream *stream, const PlResponseHead *response);

/** pl_http2_response_keep_trailers: keeps those that may pass, to be sent behind the body. */
void pl_http2_response_keep_trailers (PlHttp2Stream *stream, const PlHead *trailers);
