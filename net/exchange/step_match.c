/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the client's head to the upstream's: what is asked, by which route, under which head. Does
 * no I/O; when it is done the client's head is no longer needed. */

#include "net/exchange/admission.h"
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
understand (PlExchange *exchange, PlAsked *asked)
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
begin_record (PlExchange *exchange, const PlAsked *asked)
{
  const PlRoute *route = asked->match.route;

  pl_exchange_begin_record (exchange, asked->authority,
                            pl_slice_from_string (route != NULL ? route->name : NULL));
  if (exchange->request_body.kind == PL_BODY_FIXED)
    exchange->record->up_total_bytes = (gint64) exchange->request_body.length_bytes;
}

/* NONE: the head for the upstream is written, or the page is found. */
static PlCloseReason
prepare (PlExchange *exchange, const PlAsked *asked)
{
  PlCloseReason reason;

  if (asked->target.form == PL_TARGET_AUTHORITY)
    {
      exchange->is_refused = TRUE; /* octets of a tunnel may follow at once */
      return PL_CLOSE_METHOD_REFUSED;
    }
  if (pl_loop_has_come_back (exchange->head))
    return PL_CLOSE_LOOP;
  reason = pl_exchange_admit (exchange, asked);
  if (reason != PL_CLOSE_NONE || exchange->own_page != NULL)
    return reason;
  if (asked->match.route == NULL)
    return PL_CLOSE_NO_ROUTE;
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
  PlAsked asked = { 0 };
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
