/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/exchange/reply.h"

#include <string.h>

#include "net/exchange/error_page.h"
#include "net/route/loop.h"

/* A decimal number as text, its octets in @text. */
static PlSlice
write_decimal (guint64 value, char *text, gsize capacity)
{
  PlWriter writer;

  pl_writer_init (&writer, text, capacity);
  pl_writer_add_decimal (&writer, value);
  return pl_slice (text, writer.length);
}

static void
add_field (PlHead *head, PlFieldId id, PlSlice name, PlSlice value)
{
  head->fields[head->n_fields++] = (PlField){ .name = name, .value = value, .id = id };
}

static PlSlice
get_type (const PlExchange *exchange)
{
  if (exchange->own_page != NULL)
    return pl_slice_from_string (exchange->own_page->type);
  return exchange->wants_html ? PL_SLICE ("text/html; charset=utf-8")
                              : PL_SLICE ("application/json");
}

static guint
get_retry_after_s (const PlExchange *exchange, guint status)
{
  if (exchange->own_page != NULL)
    return 0;
  return exchange->retry_after_s > 0 ? exchange->retry_after_s
                                     : pl_error_page_get_retry_after_s (status);
}

/* What a tunnel was asked for in place of; else a page of ours was to be changed. */
static PlSlice
get_allowed_methods (const PlExchange *exchange)
{
  return exchange->is_refused ? PL_SLICE ("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
                              : PL_SLICE ("GET, HEAD");
}

/* The head of our answer is handed over as that of an upstream would be. */
static PlBuffer *
hand_over_head (PlExchange *exchange, guint status, gsize page_bytes, PlBody body)
{
  PlHead *head = pl_supplies_take_head (exchange->supplies);
  gboolean is_error = exchange->own_page == NULL;
  guint retry_after_s = get_retry_after_s (exchange, status);
  char length[24], seconds[24];
  PlResponseHead response = {
    .head = head,
    .body = body,
    .is_last = !exchange->request_done || exchange->is_refused,
  };
  PlBuffer *first;

  pl_head_init (head, PL_HEAD_RESPONSE, (PlHeadLimits){ 0 });
  head->status = status;
  head->reason = pl_slice_from_string (is_error ? pl_error_page_get_phrase (status) : "OK");
  add_field (head, PL_FIELD_CONTENT_TYPE, PL_SLICE ("Content-Type"), get_type (exchange));
  add_field (head, PL_FIELD_CONTENT_LENGTH, PL_SLICE ("Content-Length"),
             write_decimal (page_bytes, length, sizeof length));
  add_field (head, PL_FIELD_CACHE_CONTROL, PL_SLICE ("Cache-Control"), PL_SLICE ("no-store"));
  if (!is_error)
    {
      add_field (head, PL_FIELD_OTHER, PL_SLICE ("X-Content-Type-Options"), PL_SLICE ("nosniff"));
      add_field (head, PL_FIELD_OTHER, PL_SLICE ("Vary"), PL_SLICE ("User-Agent, Accept-Language"));
    }
  if (retry_after_s > 0)
    add_field (head, PL_FIELD_RETRY_AFTER, PL_SLICE ("Retry-After"),
               write_decimal (retry_after_s, seconds, sizeof seconds));
  if (exchange->location != NULL)
    add_field (head, PL_FIELD_LOCATION, PL_SLICE ("Location"),
               pl_slice_from_string (exchange->location));
  if (status == 426) /* RFC 9110 §15.5.22 */
    response.upgrade = PL_SLICE ("TLS/1.2, HTTP/1.1");
  if (status == 405)
    add_field (head, PL_FIELD_OTHER, PL_SLICE ("Allow"), get_allowed_methods (exchange));
  if (status == 508) /* tells whose mark came back: ours, whoever passes this on */
    add_field (head, PL_FIELD_CDN_LOOP, PL_SLICE (PL_LOOP_FIELD),
               pl_slice_from_string (pl_loop_get_mark ()));
  first = pl_exchange_hand_over_head (exchange, &response);
  pl_supplies_give_head (exchange->supplies, &head);
  return first;
}

/* The page is what the relay of the response finds as received. */
static void
write_page (PlExchange *exchange, guint status, const char *reason)
{
  PlBuffer *page = pl_buffer_take (&exchange->supplies->pools.buffers, PL_BUFFER_HEAD);
  PlWriter out;

  pl_writer_init (&out, page->bytes, MIN (page->capacity, PL_ERROR_PAGE_BYTES));
  if (exchange->retry_after_s > 0 && exchange->wants_html)
    pl_error_page_write_wait_html (exchange->login.login, exchange->retry_after_s, &out);
  else if (exchange->retry_after_s > 0)
    pl_error_page_write_wait_json (exchange->login.login, exchange->retry_after_s, reason, &out);
  else if (exchange->wants_html && exchange->is_guest && status == 404)
    pl_error_page_write_guest_html (&out);
  else if (exchange->wants_html)
    pl_error_page_write_html (status, &out);
  else if (exchange->reason == PL_CLOSE_DEVICE_TURNED_AWAY)
    pl_error_page_write_turned_away_json (reason, &out);
  else
    pl_error_page_write_json (status, reason, &out);
  page->end = out.length;
  exchange->response_input = page;
}

/* What is to be sent is in @exchange->response_input. */
static void
begin (PlExchange *exchange, guint status)
{
  PlRelaySetup setup = {
    .pools = &exchange->supplies->pools,
    .from = exchange->client->stream, /* nothing is read: all of the page is there */
    .to = exchange->client->stream,
    .input = &exchange->response_input,
    .body = { .kind = PL_BODY_NONE },
  };
  gsize page_bytes;

  pl_deadline_lift (&exchange->deadline);
  exchange->record->status = status;
  page_bytes = pl_buffer_get_length (exchange->response_input);
  if (!exchange->is_head)
    setup.body = (PlBody){ .kind = PL_BODY_FIXED, .length_bytes = page_bytes };
  setup.head = hand_over_head (exchange, status, page_bytes, setup.body);
  setup.end_follows = !exchange->may_follow;

  exchange->record->down_bytes = exchange->is_head ? 0 : page_bytes;
  pl_relay_init (&exchange->response, &setup);
  exchange->step = PL_STEP_REPLY;
}

void
pl_reply_begin (PlExchange *exchange, guint status, const char *reason)
{
  exchange->own_page = NULL;
  write_page (exchange, status, reason);
  begin (exchange, status);
}

void
pl_reply_begin_page (PlExchange *exchange, const PlOwnPage *page)
{
  gsize n_octets;
  const void *octets = g_bytes_get_data (page->body, &n_octets);
  PlBuffer *copy = pl_buffer_take (&exchange->supplies->pools.buffers, PL_BUFFER_MESSAGE);

  g_return_if_fail (n_octets <= copy->capacity);
  memcpy (copy->bytes, octets, n_octets);
  copy->end = n_octets;
  exchange->response_input = copy;
  exchange->reason = PL_CLOSE_DONE;
  begin (exchange, 200);
}

static PlAfterwards
choose_afterwards (const PlExchange *exchange)
{
  if (exchange->may_follow)
    return PL_AFTER_KEEP_ALIVE;
  return exchange->request_done ? PL_AFTER_CLOSE : PL_AFTER_LINGER;
}

PlStepResult
pl_step_reply (PlExchange *exchange)
{
  if (exchange->deadline.passed)
    return pl_exchange_finish (exchange, PL_CLOSE_CLIENT_NOT_READING, PL_AFTER_ABORT);
  switch (pl_relay_advance (&exchange->response))
    {
    case PL_RELAY_DONE:
      return pl_exchange_finish (exchange, exchange->reason, choose_afterwards (exchange));
    case PL_RELAY_RUNNING:
    case PL_RELAY_YIELDED:
      pl_socket_want (&exchange->client->stream->socket, PL_READY_WRITE);
      pl_exchange_wait (exchange, PL_PATIENCE_CLIENT_TAKING);
      return PL_STEP_WAIT;
    case PL_RELAY_FROM_ENDED:
    case PL_RELAY_FROM_BROKEN:
    case PL_RELAY_TO_BROKEN:
    case PL_RELAY_BODY_BAD:
      return pl_exchange_finish (exchange, PL_CLOSE_CLIENT_GONE, PL_AFTER_ABORT);
    }
  g_return_val_if_reached (PL_STEP_WAIT);
}
