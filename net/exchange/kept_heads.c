/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The heads in records. Who watches has them of all exchanges, as they are. Of a failure they are
 * kept always, since it is looked at when it is over: masked, for it may lie there for long. Until
 * it is known to be one nothing is copied: the buffers that the heads came and went in are held.
 * That somebody was refused by a rule is none: it is as it should be, and unless somebody watches
 * nothing is to stay of a flood of it, which must cost next to nothing. */

#include "net/exchange/exchange_state.h"
#include "net/http/mask.h"

static PlSlice
get_text (PlBuffer *buffer)
{
  return pl_slice (pl_buffer_get_data (buffer), pl_buffer_get_length (buffer));
}

/* Masking makes longer: what is escaped takes three octets, and a secret may be shorter than what
 * stands for it. */
static void
keep_masked (PlExchange *exchange, GBytes **kept, PlHeadKind kind, PlSlice text)
{
  PlHeadLimits limits = { G_MAXSIZE, PL_HEAD_ANY_NUMBER, .written_down = TRUE };
  PlHead *head = pl_supplies_take_head (exchange->supplies);
  gsize capacity = 3 * text.length + 1024;
  g_autofree char *masked = g_malloc (capacity);
  PlHttpFault fault;
  PlWriter writer;

  pl_head_init (head, kind, limits);
  (void) pl_head_parse (head, text.bytes, text.length, &fault);
  pl_writer_init (&writer, masked, capacity);
  pl_mask_head (head, &writer);
  pl_supplies_give_head (exchange->supplies, &head);
  pl_record_keep_head (kept, pl_slice (masked, writer.length));
}

static void
keep (PlExchange *exchange, GBytes **kept, PlHeadKind kind, PlSlice text)
{
  if (text.length == 0)
    return;
  if (exchange->is_watched)
    pl_record_keep_head (kept, text);
  else
    keep_masked (exchange, kept, kind, text);
}

void
pl_exchange_keep_request_heads (PlExchange *exchange)
{
  PlRecordHeads *heads;

  exchange->is_watched = pl_outbox_wants_heads (exchange->supplies->outbox);
  if (!exchange->is_watched)
    return;
  heads = pl_record_ensure_heads (exchange->record);
  pl_record_keep_head (&heads->request_in,
                       exchange->client->funcs->get_head_text (exchange->client, exchange->head));
  pl_record_keep_head (&heads->request_out, get_text (exchange->request_head));
}

static gboolean
is_worth_keeping (const PlExchange *exchange)
{
  if (pl_close_is_refusal (exchange->reason))
    return pl_outbox_wants_heads (exchange->supplies->outbox);
  return exchange->record->status >= 400 || pl_close_get_side (exchange->reason) != PL_FAULT_NOBODY;
}

/* Where the client's head is no text it is written down for this alone. */
static void
keep_told (PlExchange *exchange, const PlResponseHead *response, PlBuffer *first)
{
  PlClient *client = exchange->client;
  PlBuffer *written = NULL;

  if (first == NULL && client->funcs->write_down_head != NULL)
    first = written = client->funcs->write_down_head (client, response);
  if (first != NULL)
    keep (exchange, &exchange->record->heads->response_out, PL_HEAD_RESPONSE, get_text (first));
  pl_buffer_give (&exchange->supplies->pools.buffers, &written);
}

void
pl_exchange_keep_response_heads (PlExchange *exchange,
                                 const PlResponseHead *response,
                                 PlBuffer *first)
{
  const PlHead *head = exchange->response_head;
  PlRecordHeads *heads;

  if (!exchange->is_watched && !is_worth_keeping (exchange))
    return;
  heads = pl_record_ensure_heads (exchange->record);
  if (head != NULL)
    keep (exchange, &heads->response_in, PL_HEAD_RESPONSE,
          pl_slice (pl_buffer_get_data (exchange->response_input), head->length_bytes));
  keep_told (exchange, response, first);
}

static PlSlice
get_asked (PlExchange *exchange)
{
  if (exchange->asked != NULL)
    return get_text (exchange->asked);
  if (exchange->head != NULL && exchange->head->length_bytes > 0)
    return exchange->client->funcs->get_head_text (exchange->client, exchange->head);
  return pl_slice (NULL, 0);
}

void
pl_exchange_keep_failed_heads (PlExchange *exchange)
{
  PlRecord *record = exchange->record;
  PlRecordHeads *heads;
  PlSlice asked = get_asked (exchange);

  if (exchange->is_watched || asked.length == 0 || !is_worth_keeping (exchange))
    return;
  heads = pl_record_ensure_heads (record);
  keep (exchange, &heads->request_in, PL_HEAD_REQUEST, asked);
  keep (exchange, &heads->request_out, PL_HEAD_REQUEST,
        exchange->request_head != NULL ? get_text (exchange->request_head)
                                       : pl_relay_get_kept_head (&exchange->request));
}
