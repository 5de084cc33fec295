/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inside of an HTTP/2 connection and its streams, for the files of this folder and for nobody
 * else. */

#pragma once

#include <nghttp2/nghttp2.h>

#include "net/client/http2/bounds.h"
#include "net/client/http2/inbox.h"
#include "net/client/http2/output.h"
#include "net/client/http2/priority.h"
#include "net/client/session.h"
#include "net/exchange/exchange.h"

/** PL_HTTP2_WINDOW_BYTES: what a stream may bring before any of it was taken; HTTP/2's own choice,
 * so that nothing must be said of it (RFC 9113 §6.9.2). */
#define PL_HTTP2_WINDOW_BYTES 65535

typedef struct _PlHttp2 PlHttp2;

/**
 * PlHttp2Request: a head that is coming, field by field.
 * @text: what has come, written as HTTP/1 would, for whoever looks at it; what @head points into
 * @method, @target, @authority: (nullable): until the first line is written
 * @cookies: (nullable): crumbs, which HTTP/1 has in one field (RFC 9113 §8.2.3)
 * @unfolded_bytes: of all fields, those that were not kept too
 * @fault: the first that was found
 */
typedef struct
{
  PlHead *head;
  PlBuffer *text;
  nghttp2_rcbuf *method, *target, *authority;
  GString *cookies;
  gsize unfolded_bytes;
  PlHttpFault fault;
  gboolean has_first_line;
} PlHttp2Request;

/**
 * PlHttp2Offer: octets an exchange wants to send, while it does.
 * @vectors, @n_vectors: what of them was not taken yet
 * @length_bytes: in all
 * @is_last: the body ends with them
 */
typedef struct
{
  GOutputVector vectors[2];
  guint n_vectors;
  gsize length_bytes;
  gboolean is_last;
} PlHttp2Offer;

/**
 * PlHttp2Stream: a request and its response.
 * @task: advances the exchange; queued by what comes on the stream
 * @stream: what the exchange takes for a connection: no socket, readiness is marked by us
 * @exchange: from the head's end to its own
 * @input: the exchange's
 * @trailers: (nullable): of the response, each a name and a value
 * @request_trailers: (nullable): as lines, those that may pass
 * @window_bytes: how much may come
 * @taken_bytes: of the body since the window grew
 * @owed_bytes: of these, what the client was not told of as room
 * @has_ended: the end of the response was handed to nghttp2
 * @is_closed: nghttp2 knows it no more
 *
 * Freed when both @exchange is over and @is_closed.
 */
typedef struct
{
  PlTask task;
  PlStream stream;
  PlClient client;
  PlHttp2 *http2;
  GList link; /* in streams */
  GList turn; /* in waiting, while @waits_for_turn */
  PlDeadline deadline;
  gint32 id;
  PlExchange *exchange;
  PlBuffer *input;
  PlHttp2Request request;
  GString *request_trailers;
  PlHttp2Inbox inbox;
  gsize window_bytes;
  gsize taken_bytes;
  gsize owed_bytes;
  PlHttp2Offer offer;
  GPtrArray *trailers;
  PlHttp2Priority priority;
  guint head_is_whole : 1;
  guint request_has_ended : 1;
  guint end_was_told : 1;     /* to the exchange, by PL_IO_END */
  guint response_is_over : 1; /* the exchange is, and all is well */
  guint has_ended : 1;
  guint is_closed : 1;
  guint is_bad : 1;           /* nghttp2 found it malformed */
  guint waits_for_turn : 1;   /* others may be before it */
  guint waits_for_window : 1; /* of its own */
} PlHttp2Stream;

/**
 * PlHttp2: who speaks on a session.
 * @streams: of PlHttp2Stream
 * @waiting: of PlHttp2Stream: those that have octets to send and could not
 * @grown_bytes: by how much windows of streams are larger than they began, in all
 * @reason: why the connection is to be ended; %PL_CLOSE_NONE: it is not
 * @n_continuations: of the head that comes
 * @is_congested: the socket took not all that was sent
 * @is_broken: the socket, or nghttp2, can no more
 */
struct _PlHttp2
{
  PlSession *session;
  PlSupplies *supplies;
  nghttp2_session *nghttp2;
  PlHttp2Output output;
  GQueue streams;
  GQueue waiting;
  PlHttp2Bounds bounds;
  guint64 grown_bytes;
  PlCloseReason reason : 8;
  guint n_continuations : 16;
  guint is_congested : 1;
  guint is_broken : 1;
  guint is_leaving : 1;    /* the client knows; see the deadline for what it may still send */
  guint is_idle : 1;       /* no stream, and the deadline is set for that */
  guint receives_much : 1; /* the last buffer was full */
  guint has_said_goodbye : 1;
};
