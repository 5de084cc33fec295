/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTTP/2 on a client's connection (RFC 9113): frames come and go by nghttp2, and each stream is a
 * client to one exchange.
 *
 * Memory of a connection is bounded: what its uploads are ahead of Immich by (64 KB for each of
 * http2-streams, 8 MB in all, and http2-grown-bytes once, which http2-all-grown-bytes bounds for
 * all connections of a worker), a head for each, and what was gathered for a socket that takes no
 * more, which is let grow by heads of answers alone. An idle one holds what nghttp2 does: 16 KB. */

#pragma once

#include "net/client/session.h"

/** PL_HTTP2_NAME: by which clients agree on it within TLS (RFC 9113 §3.2). */
#define PL_HTTP2_NAME "h2"

/** pl_http2_begin: @session speaks HTTP/2 from now on; what it has of input begins with the
 * client's preface. */
void pl_http2_begin (PlSession *session);
