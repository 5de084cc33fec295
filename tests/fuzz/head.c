/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Heads: however one is cut into calls and moved between them, the outcome is the same; and what
 * was accepted, written anew, is read as the same. */

#include "net/http/framing.h"
#include "net/http/target.h"
#include "net/http/write.h"

#include "tests/fuzz/fuzz.h"

typedef struct
{
  PlHead head;
  PlParseResult result;
  PlHttpFault fault;
  char *buffer; /* what the slices of @head point into */
} Outcome;

static void
feed (Outcome *outcome, const guint8 *data, gsize size)
{
  g_free (outcome->buffer);
  outcome->buffer = g_malloc (MAX (size, 1));
  if (size > 0)
    memcpy (outcome->buffer, data, size);
  outcome->result = pl_head_parse (&outcome->head, outcome->buffer, size, &outcome->fault);
}

/* Parses in pieces of @step octets, the first of @first. */
static void
parse (Outcome *outcome,
       PlHeadKind kind,
       PlHeadLimits limits,
       const guint8 *data,
       gsize size,
       gsize first,
       gsize step)
{
  gsize end = MIN (first, size);

  outcome->buffer = NULL;
  pl_head_init (&outcome->head, kind, limits);
  feed (outcome, data, end);
  while (outcome->result == PL_PARSE_MORE && end < size)
    {
      end = MIN (end + step, size);
      feed (outcome, data, end);
    }
}

static void
clear (Outcome *outcome)
{
  pl_head_clear (&outcome->head);
  g_free (outcome->buffer);
}

static void
assert_same_content (const PlHead *a, const PlHead *b)
{
  g_assert_true (pl_slice_equal (a->method, b->method));
  g_assert_true (pl_slice_equal (a->target, b->target));
  g_assert_true (pl_slice_equal (a->reason, b->reason));
  g_assert_cmpint (a->status, ==, b->status);
  g_assert_cmpint (a->version, ==, b->version);
  g_assert_cmpint (a->n_fields, ==, b->n_fields);
  for (guint i = 0; i < a->n_fields; i++)
    {
      g_assert_true (pl_slice_equal (a->fields[i].name, b->fields[i].name));
      g_assert_true (pl_slice_equal (a->fields[i].value, b->fields[i].value));
      g_assert_cmpint (a->fields[i].id, ==, b->fields[i].id);
    }
}

static void
assert_same_outcome (const Outcome *a, const Outcome *b)
{
  g_assert_cmpint (a->result, ==, b->result);
  g_assert_cmpint (a->fault, ==, b->fault);
  if (a->result == PL_PARSE_BAD)
    return;
  assert_same_content (&a->head, &b->head);
  g_assert_cmpuint (a->head.length_bytes, ==, b->head.length_bytes);
}

static void
write_head (const PlHead *head, PlWriter *writer)
{
  if (head->kind == PL_HEAD_REQUEST)
    {
      pl_writer_add (writer, head->method);
      pl_writer_add_char (writer, ' ');
      pl_writer_add (writer, head->target);
      pl_writer_add_char (writer, ' ');
    }
  pl_writer_add (writer,
                 head->version == PL_HTTP_1_1 ? PL_SLICE ("HTTP/1.1") : PL_SLICE ("HTTP/1.0"));
  if (head->kind == PL_HEAD_RESPONSE)
    {
      pl_writer_add_char (writer, ' ');
      pl_writer_add_decimal (writer, head->status);
      pl_writer_add_char (writer, ' ');
      pl_writer_add (writer, head->reason);
    }
  pl_writer_add (writer, PL_SLICE ("\r\n"));
  for (guint i = 0; i < head->n_fields; i++)
    pl_writer_add_field (writer, head->fields[i].name, head->fields[i].value);
  pl_writer_add_end (writer);
}

static void
check_rewritten (const PlHead *head)
{
  PlHeadLimits limits = { G_MAXSIZE, PL_HEAD_ANY_NUMBER };
  gsize capacity = head->length_bytes + 2 + 2 * head->n_fields; /* spaces after colons */
  g_autofree char *bytes = g_malloc (capacity);
  PlWriter writer;
  g_auto (PlHead) reread = { 0 };
  PlHttpFault fault;

  pl_writer_init (&writer, bytes, capacity);
  write_head (head, &writer);
  g_assert_false (writer.overflowed);

  pl_head_init (&reread, head->kind, limits);
  g_assert_cmpint (pl_head_parse (&reread, bytes, writer.length, &fault), ==, PL_PARSE_DONE);
  assert_same_content (head, &reread);
}

/* What is decided on an accepted head must come to some decision. */
static void
decide (const PlHead *head)
{
  PlBody body;
  PlTarget target;
  PlSlice authority;

  pl_head_wants_keep_alive (head);
  if (head->kind == PL_HEAD_RESPONSE)
    pl_framing_decide_response (head, PL_SLICE ("GET"), &body);
  else if (pl_framing_decide_request (head, &body) == PL_HTTP_FAULT_NONE
           && pl_target_parse (head->method, head->target, &target) == PL_HTTP_FAULT_NONE)
    pl_target_decide_authority (head, &target, &authority);
}

static void
check (PlHeadKind kind, PlHeadLimits limits, const guint8 *data, gsize size)
{
  /* Octet by octet, or in some sixty pieces of what is long, and at a split the input chooses. */
  gsize step = size / 64 + 1;
  gsize split = size > 0 ? (data[0] * 256 + data[size - 1]) % size : 0;
  Outcome whole, in_steps, in_two;

  parse (&whole, kind, limits, data, size, size, size);
  parse (&in_steps, kind, limits, data, size, step, step);
  parse (&in_two, kind, limits, data, size, split, size);
  assert_same_outcome (&whole, &in_steps);
  assert_same_outcome (&whole, &in_two);

  if (whole.result == PL_PARSE_DONE)
    {
      g_assert_cmpuint (whole.head.length_bytes, <=, MIN (size, limits.head_bytes));
      check_rewritten (&whole.head);
      decide (&whole.head);
    }
  clear (&whole);
  clear (&in_steps);
  clear (&in_two);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  PlHeadLimits usual = { 32768, PL_HEAD_ANY_NUMBER };
  PlHeadLimits narrow = { 64, 3 };

  check (PL_HEAD_REQUEST, usual, data, size);
  check (PL_HEAD_REQUEST, narrow, data, size);
  check (PL_HEAD_RESPONSE, usual, data, size);
  check (PL_HEAD_RESPONSE, narrow, data, size);
  return 0;
}
