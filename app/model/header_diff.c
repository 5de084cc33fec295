/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields are paired by name: first those that are the same, then the rest in their order, so that
 * of several cookies the right one is seen to be missing. */

#include "app/model/header_diff.h"

#include <string.h>

#include "app/model/header_words.h"
#include "net/http/mask.h"

#define MAX_FIELDS 1000

struct _PlHeaderDiff
{
  char *first_line_in;
  char *first_line_out;
  GArray *rows; /* of PlHeaderRow */
};

/* Texts fit to be shown */

static char *
dup_text (PlSlice text)
{
  char *valid = g_utf8_make_valid (text.bytes != NULL ? text.bytes : "", (gssize) text.length);

  for (char *at = valid; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  return valid;
}

static char *
dup_masked (PlSlice target)
{
  gsize capacity = 3 * target.length + strlen (PL_MASK) * (target.length + 1);
  char *masked = g_malloc (capacity + 1);
  PlWriter writer;

  pl_writer_init (&writer, masked, capacity);
  pl_mask_target (target, &writer);
  masked[writer.length] = '\0';
  return masked;
}

static char *
dup_value (const PlField *field)
{
  gboolean has_address = field->id == PL_FIELD_REFERER || field->id == PL_FIELD_LOCATION;
  return has_address ? dup_masked (field->value) : dup_text (field->value);
}

static char *
dup_first_line (PlHeadKind kind, const PlHead *head)
{
  char minor = head->version == PL_HTTP_1_0 ? '0' : '1';

  if (head->version == 0)
    return NULL;
  if (kind == PL_HEAD_REQUEST)
    {
      g_autofree char *method = dup_text (head->method);
      g_autofree char *target = dup_masked (head->target);
      return g_strdup_printf ("%s %s HTTP/1.%c", method, target, minor);
    }
  g_autofree char *reason = dup_text (head->reason);
  return g_strdup_printf ("HTTP/1.%c %u %s", minor, head->status, reason);
}

/* Heads */

/* What was relayed was within the engine's limits. Here more fields than anybody reads would be
 * compared each with each: those beyond are not shown. */
static void
parse (PlHead *head, PlHeadKind kind, GBytes *bytes)
{
  PlHeadLimits limits = { G_MAXSIZE, MAX_FIELDS, .written_down = TRUE };
  PlHttpFault fault;
  gsize length = 0;
  const char *octets = g_bytes_get_data (bytes, &length);

  pl_head_init (head, kind, limits);
  if (length > 0)
    pl_head_parse (head, octets, length, &fault);
}

static gboolean
is_pair (const PlField *in, const PlField *out, gboolean with_value)
{
  return pl_slice_equal_ignoring_case (in->name, out->name)
         && (!with_value || pl_slice_equal (in->value, out->value));
}

/* @pairs: for each field of @out its pair in @in, or -1 */
static void
pair (const PlHead *in, const PlHead *out, int *pairs, gboolean with_value)
{
  for (guint i = 0; i < in->n_fields; i++)
    {
      gboolean is_paired = FALSE;
      for (guint o = 0; o < out->n_fields; o++)
        is_paired |= pairs[o] == (int) i;
      for (guint o = 0; o < out->n_fields && !is_paired; o++)
        if (pairs[o] < 0 && is_pair (&in->fields[i], &out->fields[o], with_value))
          {
            pairs[o] = (int) i;
            is_paired = TRUE;
          }
    }
}

/* Rows */

static void
add_row (PlHeaderDiff *diff, PlHeadKind kind, const PlField *in, const PlField *out)
{
  const PlField *either = in != NULL ? in : out;
  PlHeaderRow row = {
    .name = dup_text (either->name),
    .value_in = in != NULL ? dup_value (in) : NULL,
    .value_out = out != NULL ? dup_value (out) : NULL,
    .is_secret = pl_mask_hides_field (either),
    .is_lost = pl_mask_hides_field (either) && pl_slice_equal (either->value, PL_SLICE (PL_MASK)),
  };

  if (in == NULL)
    row.kind = PL_HEADER_ADDED;
  else if (out == NULL)
    row.kind = PL_HEADER_REMOVED;
  else
    row.kind = pl_slice_equal (in->value, out->value) ? PL_HEADER_SAME : PL_HEADER_CHANGED;
  row.explanation = pl_header_words (kind, either->name, row.kind);
  g_array_append_val (diff->rows, row);
}

static void
add_rows (PlHeaderDiff *diff, PlHeadKind kind, const PlHead *in, const PlHead *out)
{
  int pairs[MAX_FIELDS];

  for (guint o = 0; o < out->n_fields; o++)
    pairs[o] = -1;
  pair (in, out, pairs, TRUE);
  pair (in, out, pairs, FALSE);

  for (guint i = 0; i < in->n_fields; i++)
    {
      const PlField *match = NULL;
      for (guint o = 0; o < out->n_fields; o++)
        if (pairs[o] == (int) i)
          match = &out->fields[o];
      add_row (diff, kind, &in->fields[i], match);
    }
  for (guint o = 0; o < out->n_fields; o++)
    if (pairs[o] < 0)
      add_row (diff, kind, NULL, &out->fields[o]);
}

/* Where nothing was sent on, nothing was left out either. */
static void
add_rows_alone (PlHeaderDiff *diff, PlHeadKind kind, const PlHead *in)
{
  for (guint i = 0; i < in->n_fields; i++)
    {
      add_row (diff, kind, &in->fields[i], &in->fields[i]);
      g_clear_pointer (&g_array_index (diff->rows, PlHeaderRow, i).value_out, g_free);
    }
}

static void
clear_row (gpointer data)
{
  PlHeaderRow *row = data;

  g_free (row->name);
  g_free (row->value_in);
  g_free (row->value_out);
}

PlHeaderDiff *
pl_header_diff_new (PlHeadKind kind, GBytes *in, GBytes *out)
{
  PlHeaderDiff *diff = g_new0 (PlHeaderDiff, 1);
  g_auto (PlHead) head_in = { 0 };
  g_auto (PlHead) head_out = { 0 };

  diff->rows = g_array_new (FALSE, FALSE, sizeof (PlHeaderRow));
  g_array_set_clear_func (diff->rows, clear_row);
  parse (&head_in, kind, in);
  diff->first_line_in = dup_first_line (kind, &head_in);
  if (out == NULL)
    {
      add_rows_alone (diff, kind, &head_in);
      return diff;
    }
  parse (&head_out, kind, out);
  diff->first_line_out = dup_first_line (kind, &head_out);
  add_rows (diff, kind, &head_in, &head_out);
  return diff;
}

void
pl_header_diff_free (PlHeaderDiff *diff)
{
  g_free (diff->first_line_in);
  g_free (diff->first_line_out);
  g_array_unref (diff->rows);
  g_free (diff);
}

const char *
pl_header_diff_get_first_line_in (const PlHeaderDiff *diff)
{
  return diff->first_line_in;
}

const char *
pl_header_diff_get_first_line_out (const PlHeaderDiff *diff)
{
  return diff->first_line_out;
}

guint
pl_header_diff_get_n_rows (const PlHeaderDiff *diff)
{
  return diff->rows->len;
}

const PlHeaderRow *
pl_header_diff_get_row (const PlHeaderDiff *diff, guint index)
{
  return &g_array_index (diff->rows, PlHeaderRow, index);
}
