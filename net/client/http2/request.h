/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A request's head from its fields. It is written down as HTTP/1 would have it, for whoever looks
 * at it, and never parsed from that: the head's slices point to where each field was put. */

#pragma once

#include "net/client/http2/state.h"

/** pl_http2_request_begin: a header block comes that begins a request. */
void pl_http2_request_begin (PlHttp2Request *request, PlSupplies *supplies);

/** pl_http2_request_add: one field of it. What is wrong with it is noted, and nothing more is kept
 * then; HTTP/2's own rules were looked after by nghttp2. */
void pl_http2_request_add (PlHttp2Request *request,
                           PlSupplies *supplies,
                           nghttp2_rcbuf *name,
                           nghttp2_rcbuf *value);

/** pl_http2_request_end: the block was the last. Returns: what is wrong with the request */
PlHttpFault pl_http2_request_end (PlHttp2Request *request, PlSupplies *supplies);

/** pl_http2_request_clear: gives back what it has. */
void pl_http2_request_clear (PlHttp2Request *request, PlSupplies *supplies);
