/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/exchange/record.h"

#include <string.h>

#include "net/http/mask.h"

/* Texts are composed here first, so that the record takes just what they need. */
enum
{
  MAX_TEXTS =
#define X(name, most, form) most + 1 +
      PL_RECORD_TEXTS (X)
#undef X
          0
};

/* How a text is brought into its form: at most as much as there is room for; says whether it was
 * cut. */
typedef gboolean (*Compose) (PlSlice text, PlWriter *writer);

static gboolean
compose_masked (PlSlice text, PlWriter *writer)
{
  gsize most = MIN (text.length, writer->capacity);

  pl_mask_target (pl_slice (text.bytes, most), writer);
  return writer->overflowed || text.length > most;
}

/* Each request pays for this: octet by octet through the writer it cost 4 % of all that is done
 * here. */
static gboolean
compose_printable (PlSlice text, PlWriter *writer)
{
  gsize most = MIN (text.length, writer->capacity - writer->length);
  char *to = writer->bytes + writer->length;

  for (gsize i = 0; i < most; i++)
    to[i] = text.bytes[i] >= ' ' && text.bytes[i] <= '~' ? text.bytes[i] : '?';
  writer->length += most;
  return text.length > most;
}

static const struct
{
  gsize text;   /* its place in PlRecordText */
  gsize record; /* and in PlRecord */
  gsize most;
  Compose compose;
} rows[] = {
#define X(name, most, form)                                                                        \
  { G_STRUCT_OFFSET (PlRecordText, name), G_STRUCT_OFFSET (PlRecord, name), most, compose_##form },
  PL_RECORD_TEXTS (X)
#undef X
};

G_STATIC_ASSERT (PL_RECORD_UPSTREAM_BYTES + 1 + MAX_TEXTS <= G_MAXUINT16); /* text_length */

static const char **
get_text (PlRecord *record, guint row)
{
  return &G_STRUCT_MEMBER (const char *, record, rows[row].record);
}

static gsize
compose_all (const PlRecordText *text, char *bytes, gsize *starts, gboolean *is_cut)
{
  gsize length = 0;
  PlWriter writer;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      pl_writer_init (&writer, bytes + length, rows[i].most);
      is_cut[i] = rows[i].compose (G_STRUCT_MEMBER (PlSlice, text, rows[i].text), &writer);
      starts[i] = length;
      length += writer.length;
      bytes[length++] = '\0';
    }
  return length;
}

PlRecord *
pl_record_new (const PlRecordText *text)
{
  char bytes[MAX_TEXTS];
  gsize starts[G_N_ELEMENTS (rows)];
  gboolean is_cut[G_N_ELEMENTS (rows)];
  gsize length = compose_all (text, bytes, starts, is_cut);
  PlRecord *record = g_malloc (sizeof (PlRecord) + PL_RECORD_UPSTREAM_BYTES + 1 + length);
  char *texts = record->text + PL_RECORD_UPSTREAM_BYTES + 1;

  *record = (PlRecord){
    .connect_us = -1,
    .sent_us = -1,
    .first_byte_us = -1,
    .up_total_bytes = -1,
    .down_total_bytes = -1,
    .text_length = PL_RECORD_UPSTREAM_BYTES + 1 + length,
  };
  g_atomic_ref_count_init (&record->ref_count);
  record->text[0] = '\0';
  record->upstream = record->text;
  memcpy (texts, bytes, length);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      *get_text (record, i) = texts + starts[i];
      if (get_text (record, i) == &record->target)
        record->target_is_cut = is_cut[i];
    }
  return record;
}

void
pl_record_set_upstream (PlRecord *record, const char *label)
{
  g_strlcpy (record->text, label, PL_RECORD_UPSTREAM_BYTES + 1);
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

void
pl_record_forget_heads (PlRecord *record)
{
  g_clear_pointer (&record->heads, free_heads);
}

PlRecord *
pl_record_copy (const PlRecord *record)
{
  gsize size = sizeof (PlRecord) + record->text_length;
  PlRecord *copy = g_memdup2 (record, size);
  gssize moved = (const char *) copy - (const char *) record;

  g_atomic_ref_count_init (&copy->ref_count);
  copy->heads = copy_heads (record->heads);
  copy->upstream = copy->text;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    *get_text (copy, i) += moved;
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
