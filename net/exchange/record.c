/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/exchange/record.h"

#include <string.h>

#include "net/http/mask.h"

#define MAX_METHOD     32
#define MAX_TARGET     1024
#define MAX_HOST       255
#define MAX_USER_AGENT 256
#define MAX_REFERER    512
#define MAX_ROUTE      63
#define MAX_UPSTREAM   63

/* Texts are composed here first, so that the record takes just what they need. */
#define MAX_TEXT (MAX_METHOD + MAX_TARGET + MAX_HOST + MAX_USER_AGENT + MAX_REFERER + MAX_ROUTE + 6)

static gsize
add_masked (PlWriter *all, PlSlice text, gsize most, gboolean *is_cut)
{
  gsize start = all->length;
  PlWriter writer;

  pl_writer_init (&writer, all->bytes + start, most);
  pl_mask_target (pl_slice (text.bytes, MIN (text.length, most)), &writer);
  *is_cut = writer.overflowed || text.length > most;
  all->length += writer.length;
  all->bytes[all->length++] = '\0';
  return start;
}

static gsize
add_printable (PlWriter *all, PlSlice text, gsize most)
{
  gsize start = all->length, length = MIN (text.length, most);

  for (gsize i = 0; i < length; i++)
    all->bytes[all->length++] = text.bytes[i] >= ' ' && text.bytes[i] <= '~' ? text.bytes[i] : '?';
  all->bytes[all->length++] = '\0';
  return start;
}

PlRecord *
pl_record_new (const PlRecordText *text)
{
  char bytes[MAX_TEXT];
  PlWriter all;
  PlRecord *record;
  gsize method, target, host, user_agent, referer, route;
  gboolean target_is_cut, referer_is_cut;

  pl_writer_init (&all, bytes, sizeof bytes);
  method = add_printable (&all, text->method, MAX_METHOD);
  target = add_masked (&all, text->target, MAX_TARGET, &target_is_cut);
  host = add_printable (&all, text->host, MAX_HOST);
  user_agent = add_printable (&all, text->user_agent, MAX_USER_AGENT);
  referer = add_masked (&all, text->referer, MAX_REFERER, &referer_is_cut);
  route = add_printable (&all, text->route, MAX_ROUTE);

  record = g_malloc (sizeof (PlRecord) + MAX_UPSTREAM + 1 + all.length);
  *record = (PlRecord){
    .connect_us = -1,
    .sent_us = -1,
    .first_byte_us = -1,
    .up_total_bytes = -1,
    .down_total_bytes = -1,
    .target_is_cut = target_is_cut,
  };
  g_atomic_ref_count_init (&record->ref_count);
  record->text_length = MAX_UPSTREAM + 1 + all.length;
  record->text[0] = '\0';
  memcpy (record->text + MAX_UPSTREAM + 1, bytes, all.length);

  record->upstream = record->text;
  record->method = record->text + MAX_UPSTREAM + 1 + method;
  record->target = record->text + MAX_UPSTREAM + 1 + target;
  record->host = record->text + MAX_UPSTREAM + 1 + host;
  record->user_agent = record->text + MAX_UPSTREAM + 1 + user_agent;
  record->referer = record->text + MAX_UPSTREAM + 1 + referer;
  record->route = record->text + MAX_UPSTREAM + 1 + route;
  return record;
}

void
pl_record_set_upstream (PlRecord *record, const char *label)
{
  g_strlcpy (record->text, label, MAX_UPSTREAM + 1);
}

PlRecordHeads *
pl_record_ensure_heads (PlRecord *record)
{
  if (record->heads == NULL)
    record->heads = g_new0 (PlRecordHeads, 1);
  return record->heads;
}

void
pl_record_keep_head (GBytes **head, PlSlice text)
{
  g_clear_pointer (head, g_bytes_unref); /* a retry sends it again */
  *head = g_bytes_new (text.bytes, text.length);
}

static GBytes *
ref_head (GBytes *head)
{
  return head != NULL ? g_bytes_ref (head) : NULL;
}

static PlRecordHeads *
copy_heads (const PlRecordHeads *heads)
{
  PlRecordHeads *copy;

  if (heads == NULL)
    return NULL;
  copy = g_new (PlRecordHeads, 1);
  *copy = (PlRecordHeads){
    .request_in = ref_head (heads->request_in),
    .request_out = ref_head (heads->request_out),
    .response_in = ref_head (heads->response_in),
    .response_out = ref_head (heads->response_out),
  };
  return copy;
}

static void
free_heads (PlRecordHeads *heads)
{
  g_clear_pointer (&heads->request_in, g_bytes_unref);
  g_clear_pointer (&heads->request_out, g_bytes_unref);
  g_clear_pointer (&heads->response_in, g_bytes_unref);
  g_clear_pointer (&heads->response_out, g_bytes_unref);
  g_free (heads);
}

PlRecord *
pl_record_copy (const PlRecord *record)
{
  gsize size = sizeof (PlRecord) + record->text_length;
  PlRecord *copy = g_memdup2 (record, size);
  gssize moved = (const char *) copy - (const char *) record;

  g_atomic_ref_count_init (&copy->ref_count);
  copy->heads = copy_heads (record->heads);
  copy->upstream += moved;
  copy->method += moved;
  copy->target += moved;
  copy->host += moved;
  copy->user_agent += moved;
  copy->referer += moved;
  copy->route += moved;
  return copy;
}

PlRecord *
pl_record_ref (PlRecord *record)
{
  g_atomic_ref_count_inc (&record->ref_count);
  return record;
}

void
pl_record_unref (PlRecord *record)
{
  if (!g_atomic_ref_count_dec (&record->ref_count))
    return;
  g_clear_pointer (&record->heads, free_heads);
  g_free (record);
}
