/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the client's head to the upstream's: what is asked, by which route, under which head. Does
 * no I/O; when it is done the client's head is no longer needed. */

#include "net/exchange/exchange_state.h"
#include "net/exchange/reply.h"
#include "net/route/loop.h"
#include "net/route/rewrite.h"

/* A head grows by what we add: once its own Host and address again, and a little. */
#define GROWTH_BYTES 1024

static gboolean
method_is (const PlHead *head, const char *method)
{
  return pl_slice_equal (head->method, pl_slice_from_string (method));
}

/* RFC 9110 §9.2.2. */
static gboolean
is_idempotent (const PlHead *head)
{
  return method_is (head, "GET") || method_is (head, "HEAD") || method_is (head, "OPTIONS")
         || method_is (head, "PUT") || method_is (head, "DELETE") || method_is (head, "TRACE");
}

static gboolean
accepts_html (const PlHead *head)
{
  PlSlice accept = pl_head_get_value (head, PL_FIELD_ACCEPT);

  return accept.length > 0
         && g_strstr_len (accept.bytes, (gssize) accept.length, "text/html") != NULL;
}

void
pl_exchange_note_wishes (PlExchange *exchange)
{
  const PlHead *head = exchange->head;

  exchange->is_head = method_is (head, "HEAD");
  exchange->is_idempotent = is_idempotent (head);
  exchange->wants_html = accepts_html (head);
}

void
pl_exchange_reset_request (PlExchange *exchange)
{
  exchange->request_done = exchange->request_body.kind == PL_BODY_NONE;
  exchange->request_given_up = FALSE;
}

static void
note_body (PlExchange *exchange)
{
  const PlHead *head = exchange->head;

  pl_exchange_reset_request (exchange);
  exchange->expects_continue
      = head->version == PL_HTTP_1_1 && exchange->request_body.kind != PL_BODY_NONE
        && pl_head_list_contains (head, PL_FIELD_EXPECT, PL_SLICE ("100-continue"));
}

static gboolean
speaks_http_1_0 (const PlUpstream *upstream)
{
  for (guint i = 0; i < upstream->config->n_endpoints; i++)
    if (upstream->endpoints[i]->speaks_http_1_0)
      return TRUE;
  return FALSE;
}

static PlBuffer *
take_buffer_for (PlExchange *exchange, gsize head_bytes)
{
  PlBuffer *small = pl_buffer_take (&exchange->supplies->pools.buffers, PL_BUFFER_HEAD);

  if (small->capacity >= 2 * head_bytes + GROWTH_BYTES)
    return small;
  pl_buffer_give (&exchange->supplies->pools.buffers, &small);
  return pl_buffer_take (&exchange->supplies->pools.buffers, PL_BUFFER_BULK);
}

static gboolean
rewrite (PlExchange *exchange, PlSlice authority, const PlRouteMatch *match)
{
  const PlHead *head = exchange->head;
  char protocols[256];
  PlWriter upgrade, out;
  PlRewriteRequest request = {
    .forwarded = {
      .client = &exchange->client->address,
      .trusted = exchange->snapshot->trusted,
      .head = head,
      .authority = authority,
      .is_tls = exchange->client->tls != NULL,
    },
    .match = match,
    .body = exchange->request_body,
    .is_guest = exchange->is_guest,
  };

  pl_writer_init (&upgrade, protocols, sizeof protocols);
  if (!exchange->is_guest && pl_rewrite_offers_upgrade (head, &upgrade))
    {
      exchange->offered = g_strndup (protocols, upgrade.length);
      request.upgrade = pl_slice_from_string (exchange->offered);
    }
  exchange->makes_continue = exchange->expects_continue && speaks_http_1_0 (exchange->upstream);
  request.drop_expect = exchange->makes_continue;

  exchange->request_head = take_buffer_for (exchange, head->length_bytes);
  pl_writer_init (&out, exchange->request_head->bytes, exchange->request_head->capacity);
  pl_rewrite_request (&request, &out);
  exchange->request_head->end = out.length;
  return !out.overflowed;
}

/* What a head was understood to ask for. */
typedef struct
{
  PlTarget target;
  PlSlice authority;
  PlRouteMatch match;
} Asked;

/* A client that says nothing of a length and ends the body with its stream; to the upstream it goes
 * in chunks. */
static void
note_unmeasured_body (PlExchange *exchange)
{
  exchange->chunks_request = exchange->client->sends_until_end
                             && exchange->request_body.kind == PL_BODY_NONE
                             && pl_head_find (exchange->head, PL_FIELD_CONTENT_LENGTH) == NULL;
  if (exchange->chunks_request)
    exchange->request_body.kind = PL_BODY_CHUNKED;
}

static PlHttpFault
understand (PlExchange *exchange, Asked *asked)
{
  const PlHead *head = exchange->head;
  PlHttpFault fault;

  if ((fault = pl_target_parse (head->method, head->target, &asked->target)) != PL_HTTP_FAULT_NONE
      || (fault = pl_target_decide_authority (head, &asked->target, &asked->authority))
             != PL_HTTP_FAULT_NONE
      || (fault = pl_framing_decide_request (head, &exchange->request_body)) != PL_HTTP_FAULT_NONE)
    return fault;
  note_unmeasured_body (exchange);
  if (asked->target.form == PL_TARGET_AUTHORITY)
    return PL_HTTP_FAULT_NONE;
  return pl_route_table_match (exchange->snapshot->routes, asked->authority, &asked->target,
                               &asked->match);
}

static void
begin_record (PlExchange *exchange, const Asked *asked)
{
  const PlRoute *route = asked->match.route;

  pl_exchange_begin_record (exchange, asked->authority,
                            pl_slice_from_string (route != NULL ? route->name : NULL));
  if (exchange->request_body.kind == PL_BODY_FIXED)
    exchange->record->up_total_bytes = (gint64) exchange->request_body.length_bytes;
}

/* Who came straight to us, and on whose behalf, as far as that is to be believed. */
static gboolean
is_at_home (const PlExchange *exchange, const PlAddress *address)
{
  return pl_exposure_admits (PL_EXPOSURE_NETWORK, exchange->snapshot->home, address);
}

static PlCloseReason
judge_method (const PlHead *head)
{
  return method_is (head, "GET") || method_is (head, "HEAD") ? PL_CLOSE_NONE
                                                             : PL_CLOSE_METHOD_REFUSED;
}

/* Somebody in between speaks for others, and is not to be believed whom: a tunnel on this computer,
 * say, through which all the world comes. */
static gboolean
is_by_unknown_proxy (const PlExchange *exchange)
{
  const PlHead *head = exchange->head;

  return (pl_head_find (head, PL_FIELD_X_FORWARDED_FOR) != NULL
          || pl_head_find (head, PL_FIELD_FORWARDED) != NULL)
         && !pl_trust_contains (exchange->snapshot->trusted, &exchange->client->address);
}

/* Whoever came straight to us counts, too: a stranger is not at home for what it says. */
static PlCircle
find_circle (const PlExchange *exchange)
{
  const PlTrust *home = exchange->snapshot->home;

  if (is_by_unknown_proxy (exchange))
    return PL_CIRCLE_WORLD;
  return MAX (pl_circle_find (&exchange->client->address, home),
              pl_circle_find (&exchange->record->client, home));
}

/* Our pages tell of this house, and are for those who live there: for others there is nothing. */
static PlCloseReason
find_own_page (PlExchange *exchange, const Asked *asked)
{
  const PlHead *head = exchange->head;

  if (find_circle (exchange) != PL_CIRCLE_WORLD)
    exchange->own_page = pl_own_pages_find (exchange->snapshot->own_pages, asked->target.path,
                                            pl_head_get_value (head, PL_FIELD_USER_AGENT),
                                            pl_head_get_value (head, PL_FIELD_ACCEPT_LANGUAGE));
  if (exchange->own_page == NULL)
    return PL_CLOSE_NO_ROUTE;
  return judge_method (head);
}

/* Whether one of our pages is asked for, or would be if it were there; @reason: (out): as of
 * prepare(), where it is. */
static gboolean
asks_for_own_page (PlExchange *exchange, const Asked *asked, PlCloseReason *reason)
{
  const PlOwnPages *pages = exchange->snapshot->own_pages;

  if (pages == NULL)
    return FALSE;
  exchange->own_page = pl_own_pages_find_open (pages, asked->target.path);
  if (exchange->own_page != NULL)
    *reason = judge_method (exchange->head);
  else if (pl_own_pages_is_own (asked->target.path))
    *reason = find_own_page (exchange, asked);
  else
    return FALSE;
  return TRUE;
}

/* A page is what somebody opens in a browser. */
static gboolean
asks_for_page (const PlExchange *exchange)
{
  return exchange->wants_html && exchange->request_body.kind == PL_BODY_NONE
         && (exchange->is_head || method_is (exchange->head, "GET"));
}

/* The same address but encrypted, which is on the same port. */
static char *
dup_encrypted_address (const Asked *asked)
{
  const PlTarget *target = &asked->target;

  return g_strdup_printf ("https://%.*s%.*s%s%.*s", (int) asked->authority.length,
                          asked->authority.bytes, (int) target->path.length, target->path.bytes,
                          target->has_query ? "?" : "", (int) target->query.length,
                          target->has_query ? target->query.bytes : "");
}

/* Whoever came by our own TLS, or to a trusted proxy by its, is not asked. */
static PlCloseReason
judge_plain (PlExchange *exchange, const Asked *asked)
{
  PlForwardedInput way = {
    .client = &exchange->client->address,
    .trusted = exchange->snapshot->trusted,
    .head = exchange->head,
    .is_tls = exchange->client->tls != NULL,
  };

  if (exchange->snapshot->tls == NULL || pl_forwarded_is_encrypted (&way))
    return PL_CLOSE_NONE;
  switch (pl_plain_decide (exchange->snapshot->plain,
                           is_at_home (exchange, &exchange->record->client),
                           asks_for_page (exchange) && asked->authority.length > 0))
    {
    case PL_PLAIN_VERDICT_SERVE:
      return PL_CLOSE_NONE;
    case PL_PLAIN_VERDICT_SEND_ON:
      exchange->location = dup_encrypted_address (asked);
      return PL_CLOSE_PLAIN_SENT_ON;
    case PL_PLAIN_VERDICT_REFUSE:
      return PL_CLOSE_PLAIN_REFUSED;
    }
  g_return_val_if_reached (PL_CLOSE_PLAIN_REFUSED);
}

static PlCloseReason
judge_at_door (PlExchange *exchange, const Asked *asked)
{
  PlDoorVerdict verdict;

  exchange->circle = find_circle (exchange);
  verdict = pl_door_judge (exchange->snapshot->door, exchange->circle, exchange->head->method,
                           &asked->target);
  exchange->is_guest = verdict != PL_DOOR_OPEN;
  switch (verdict)
    {
    case PL_DOOR_OPEN:
    case PL_DOOR_GUEST:
      return PL_CLOSE_NONE;
    case PL_DOOR_NOT_SHARED:
      return is_by_unknown_proxy (exchange) ? PL_CLOSE_PROXY_NOT_TRUSTED : PL_CLOSE_NOT_SHARED;
    case PL_DOOR_NO_LINK:
      return PL_CLOSE_SHARE_LINK_MISSING;
    case PL_DOOR_UNCLEAR:
      return PL_CLOSE_SHARE_ADDRESS_UNCLEAR;
    case PL_DOOR_LOGIN:
      return PL_CLOSE_SHARE_WITH_LOGIN;
    case PL_DOOR_UPLOAD:
      return PL_CLOSE_SHARE_UPLOAD_REFUSED;
    }
  g_return_val_if_reached (PL_CLOSE_NOT_SHARED);
}

static gboolean
is_too_fast (const PlExchange *exchange)
{
  PlSupplies *supplies = exchange->supplies;

  return exchange->circle == PL_CIRCLE_WORLD && supplies->pace != NULL
         && pl_snapshot_limits (exchange->snapshot, &exchange->record->client)
         && !pl_pace_ask (supplies->pace, &exchange->record->client, supplies->reactor->now_us);
}

/* NONE: the head for the upstream is written, or the page is found. */
static PlCloseReason
prepare (PlExchange *exchange, const Asked *asked)
{
  PlCloseReason reason;

  if (asked->target.form == PL_TARGET_AUTHORITY)
    {
      exchange->is_refused = TRUE; /* octets of a tunnel may follow at once */
      return PL_CLOSE_METHOD_REFUSED;
    }
  if (pl_loop_has_come_back (exchange->head))
    return PL_CLOSE_LOOP;
  if (asks_for_own_page (exchange, asked, &reason)
      || (reason = judge_at_door (exchange, asked)) != PL_CLOSE_NONE
      || (reason = judge_plain (exchange, asked)) != PL_CLOSE_NONE)
    return reason;
  if (asked->match.route == NULL)
    return PL_CLOSE_NO_ROUTE;
  if (is_too_fast (exchange))
    return PL_CLOSE_STRANGER_TOO_FAST;
  if ((reason = pl_exchange_begin_login (exchange, &asked->target)) != PL_CLOSE_NONE)
    return reason;
  exchange->upstream = &exchange->snapshot->upstreams[asked->match.route->upstream];
  if (exchange->request_body.kind == PL_BODY_CHUNKED && speaks_http_1_0 (exchange->upstream))
    return PL_CLOSE_LENGTH_REQUIRED; /* chunks would be body to it (RFC 9112 §6.1) */
  if (!rewrite (exchange, asked->authority, &asked->match))
    return PL_CLOSE_REQUEST_TOO_LARGE;
  pl_exchange_keep_request_heads (exchange);
  return PL_CLOSE_NONE;
}

PlStepResult
pl_step_match (PlExchange *exchange)
{
  Asked asked = { 0 };
  PlHttpFault fault = understand (exchange, &asked);
  PlCloseReason reason;

  note_body (exchange);
  if (fault != PL_HTTP_FAULT_NONE)
    return pl_exchange_refuse (exchange, fault);

  begin_record (exchange, &asked);
  reason = prepare (exchange, &asked);
  exchange->asked
      = exchange->client->funcs->release_head (exchange->client, g_steal_pointer (&exchange->head));
  if (reason != PL_CLOSE_NONE)
    return pl_exchange_fail (exchange, reason);
  if (exchange->own_page != NULL)
    {
      pl_reply_begin_page (exchange, exchange->own_page);
      return PL_STEP_GO_ON;
    }
  exchange->step = PL_STEP_ACQUIRE;
  return PL_STEP_GO_ON;
}
