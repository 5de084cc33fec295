/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A head as it goes on: order and duplicates kept; what belongs to one connection left out. */

#pragma once

#include "net/http/framing.h"
#include "net/http/write.h"
#include "net/route/forwarded.h"
#include "net/route/table.h"

/**
 * PlRewriteRequest:
 * @forwarded: the request and what is known of its way
 * @match: where it goes, under which target
 * @body: how its body is framed: Content-Length or Transfer-Encoding is written anew from it
 * @upgrade: the protocols to offer in Upgrade, see pl_rewrite_offers_upgrade(); empty when the
 *   request is to stay HTTP
 * @drop_expect: leave Expect out, since we answered it
 * @is_guest: leave out what a login consists of, see pl_door_guest_field_passes()
 */
typedef struct
{
  PlForwardedInput forwarded;
  const PlRouteMatch *match;
  PlBody body;
  PlSlice upgrade;
  gboolean drop_expect;
  gboolean is_guest;
} PlRewriteRequest;

/**
 * pl_rewrite_request:
 *
 * Writes the whole head for the upstream, always HTTP/1.1.
 *
 * - Host is the authority the request is for, also where the client gave none; then it is empty.
 * - Content-Length or Transfer-Encoding follows @body and stands where the first of them stood;
 *   without a body, a Content-Length (of 0) is kept.
 * - Left out: hop-by-hop fields and those Connection names. To name one of the above, or a
 *   forwarding field or CDN-Loop, has no effect: a client must not be able to take our own fields
 *   away. A flood of names is taken to name all fields.
 * - CDN-Loop passes as it came, and our mark (pl_loop_get_mark()) follows in a field of its own.
 * - Left out: forwarding fields of the client's, for which pl_forwarded_write() adds ours, and
 *   what shadows them or framing (pl_field_identify_shadowed()).
 * - Expect passes unless @drop_expect, or from HTTP/1.0, where it means nothing (RFC 9110
 *   §10.1.1).
 * - `TE: trailers` passes, with `Connection: TE`; other TE do not. No Connection field otherwise,
 *   but for `Connection: Upgrade` with @upgrade.
 */
void pl_rewrite_request (const PlRewriteRequest *request, PlWriter *writer);

/**
 * pl_rewrite_offers_upgrade:
 * @head: a complete request head
 * @protocols: where the protocols to offer are added, with commas between
 *
 * Whether the request may leave HTTP: HTTP/1.1, with Upgrade named in Connection and a protocol in
 * it other than `h2c`. That one is never passed on: the upstream would speak HTTP/2 with the
 * client through us, and we would see none of its requests.
 *
 * Returns: %FALSE, with nothing added, when the request stays HTTP
 */
gboolean pl_rewrite_offers_upgrade (const PlHead *head, PlWriter *protocols);

/** PL_REWRITE_HSTS: what Strict-Transport-Security says: a year. */
#define PL_REWRITE_HSTS "max-age=31536000"

/**
 * PlRewriteResponse:
 * @head: as it came from the upstream
 * @body: how its body will be framed to the client; %PL_BODY_NONE leaves a Content-Length (HEAD,
 *   304) as it came
 * @client_version: of the request: a 1.0 client is told keep-alive, a 1.1 client close
 * @keep_alive: whether the connection to the client lives on
 * @upgrade: the protocol switched to (101), or those that are asked for (426); else empty
 * @hsts: browsers are told to come encrypted alone for a year (RFC 6797), where the upstream says
 *   nothing of that
 * @date: to add when the upstream gave no Date (RFC 9110 §6.6.1), in IMF-fixdate; empty: none
 */
typedef struct
{
  const PlHead *head;
  PlBody body;
  PlHttpVersion client_version;
  gboolean keep_alive;
  PlSlice upgrade;
  gboolean hsts;
  PlSlice date;
} PlRewriteResponse;

/**
 * pl_rewrite_response:
 *
 * Writes the whole head for the client as HTTP/1.1, also to 1.0 clients (RFC 9112 §2.6).
 * Hop-by-hop fields and those the upstream's Connection names are left out. 1xx and 204 have
 * neither Content-Length nor Transfer-Encoding (RFC 9110 §8.6, RFC 9112 §6.1). Interim responses
 * (1xx but 101) get no Date and no Connection.
 */
void pl_rewrite_response (const PlRewriteResponse *response, PlWriter *writer);
