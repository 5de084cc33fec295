/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/exchange/reply.h"

#include "net/exchange/error_page.h"
#include "net/route/loop.h"

static void
add_decimal_field (PlWriter *out, PlSlice name, guint64 value)
{
  pl_writer_add (out, name);
  pl_writer_add (out, PL_SLICE (": "));
  pl_writer_add_decimal (out, value);
  pl_writer_add (out, PL_SLICE ("\r\n"));
}

static void
write_head (PlExchange *exchange, guint status, gsize body_bytes, PlWriter *out)
{
  PlReactor *reactor = exchange->supplies->reactor;

  pl_writer_add (out, PL_SLICE ("HTTP/1.1 "));
  pl_writer_add_decimal (out, status);
  pl_writer_add_char (out, ' ');
  pl_writer_add (out, pl_slice_from_string (pl_error_page_get_phrase (status)));
  pl_writer_add (out, PL_SLICE ("\r\n"));
  pl_writer_add_field (out, PL_SLICE ("Date"),
                       pl_slice_from_string (pl_reactor_get_date (reactor)));
  pl_writer_add_field (out, PL_SLICE ("Content-Type"),
                       exchange->wants_html ? PL_SLICE ("text/html; charset=utf-8")
                                            : PL_SLICE ("application/json"));
  add_decimal_field (out, PL_SLICE ("Content-Length"), body_bytes);
  pl_writer_add_field (out, PL_SLICE ("Cache-Control"), PL_SLICE ("no-store"));
  if (pl_error_page_get_retry_after_s (status) > 0)
    add_decimal_field (out, PL_SLICE ("Retry-After"), pl_error_page_get_retry_after_s (status));
  if (status == 405)
    pl_writer_add_field (out, PL_SLICE ("Allow"),
                         PL_SLICE ("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
  if (status == 508) /* tells whose mark came back: ours, whoever passes this on */
    pl_writer_add_field (out, PL_SLICE (PL_LOOP_FIELD), pl_slice_from_string (pl_loop_get_mark ()));
  if (!exchange->keep_alive)
    pl_writer_add_field (out, PL_SLICE ("Connection"), PL_SLICE ("close"));
  else if (exchange->version == PL_HTTP_1_0)
    pl_writer_add_field (out, PL_SLICE ("Connection"), PL_SLICE ("keep-alive"));
  pl_writer_add_end (out);
}

void
pl_reply_begin (PlExchange *exchange, guint status, const char *reason)
{
  PlRelaySetup setup = {
    .pools = &exchange->supplies->pools,
    .from = exchange->client.stream, /* nothing is read: there is no body */
    .to = exchange->client.stream,
    .input = &exchange->response_input,
    .body = { .kind = PL_BODY_NONE },
  };
  char page[PL_ERROR_PAGE_BYTES];
  PlWriter body, out;

  pl_writer_init (&body, page, sizeof page);
  if (exchange->wants_html)
    pl_error_page_write_html (status, &body);
  else
    pl_error_page_write_json (status, reason, &body);

  pl_deadline_lift (&exchange->deadline);
  exchange->keep_alive
      &= exchange->request_done && !exchange->is_refused && !exchange->supplies->is_draining;
  setup.end_follows = !exchange->keep_alive;
  setup.head = pl_buffer_take (&exchange->supplies->pools.buffers, PL_BUFFER_HEAD);
  pl_writer_init (&out, setup.head->bytes, setup.head->capacity);
  write_head (exchange, status, body.length, &out);
  if (!exchange->is_head)
    pl_writer_add (&out, pl_slice (page, body.length));
  setup.head->end = out.length;

  exchange->record->status = status;
  exchange->record->down_bytes = exchange->is_head ? 0 : body.length;
  pl_relay_init (&exchange->response, &setup);
  exchange->step = PL_STEP_REPLY;
}

static PlAfterwards
choose_afterwards (const PlExchange *exchange)
{
  if (exchange->keep_alive)
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
      pl_socket_want (&exchange->client.stream->socket, PL_READY_WRITE);
      pl_exchange_wait (exchange, PL_PATIENCE_CLIENT_TAKING);
      return PL_STEP_WAIT;
    default:
      return pl_exchange_finish (exchange, PL_CLOSE_CLIENT_GONE, PL_AFTER_ABORT);
    }
}
