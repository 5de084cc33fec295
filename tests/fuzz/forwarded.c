/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a trusted proxy may say of the way a request took: whatever it is, the fields written of it
 * are well-formed, name none but trusted ones behind the real client, and say the same when the
 * next proxy reads them. */

#include "net/route/forwarded.h"
#include "net/route/hops.h"
#include "net/route/loop.h"

#include "tests/fuzz/fuzz.h"

/* As many fields as a head has places for, so that nothing is to be freed. */
#define MAX_FIELDS       PL_HEAD_USUAL_FIELDS
#define MAX_FIELDS_BYTES 8192

static const PlHeadLimits limits = { 4 * MAX_FIELDS_BYTES, MAX_FIELDS };

/* A request with @fields, as text in @text, which must live as long as @head. */
static gboolean
parse_request (PlSlice fields, GString *text, PlHead *head)
{
  PlHttpFault fault;

  g_string_assign (text, "GET / HTTP/1.1\r\n");
  g_string_append_len (text, fields.bytes, fields.length);
  g_string_append (text, "\r\n\r\n");
  pl_head_init (head, PL_HEAD_REQUEST, limits);
  return pl_head_parse (head, text->str, text->len, &fault) == PL_PARSE_DONE;
}

static PlSlice
write_fields (const PlForwardedInput *input, char *buffer)
{
  PlWriter writer;

  pl_writer_init (&writer, buffer, 2 * MAX_FIELDS_BYTES);
  pl_forwarded_write (input, &writer);
  g_assert_false (writer.overflowed);
  g_assert_cmpuint (writer.length, >, 2);
  return pl_slice (buffer, writer.length - 2); /* parse_request() ends the last line */
}

/* All of For are addresses, the first is the real client, those behind it are trusted. Returns: how
 * many there are. */
static guint
check_chain (const PlForwardedInput *input, const PlHead *written)
{
  PlAddress real = pl_forwarded_get_client (input);
  PlSlice rest = pl_head_get_value (written, PL_FIELD_X_FORWARDED_FOR);
  PlSlice element;

  guint n_hops = 0;

  for (; pl_field_list_next (&rest, &element); n_hops++)
    {
      PlAddress address;

      g_assert_true (pl_address_parse (element, &address));
      g_assert_cmpuint (address.port, ==, 0);
      g_assert_true (n_hops > 0 ? pl_trust_contains (input->trusted, &address)
                                : memcmp (address.bytes, real.bytes, sizeof real.bytes) == 0);
    }
  return n_hops;
}

static void
check_written (const PlForwardedInput *input)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) again = g_string_new (NULL);
  char first[2 * MAX_FIELDS_BYTES], second[2 * MAX_FIELDS_BYTES];
  PlSlice fields = write_fields (input, first);
  PlForwardedInput next = *input;
  PlHead head, next_head;
  PlAddress real, next_real;

  g_assert_true (parse_request (fields, text, &head));
  g_assert_true (head.n_fields == 3 || head.n_fields == 4);
  if (check_chain (input, &head) > PL_HOPS_MAX)
    return; /* the next proxy would not read as far */

  next.head = &head;
  next.authority = PL_SLICE ("other.example");
  real = pl_forwarded_get_client (input);
  next_real = pl_forwarded_get_client (&next);
  g_assert_cmpmem (real.bytes, sizeof real.bytes, next_real.bytes, sizeof next_real.bytes);

  g_assert_true (parse_request (write_fields (&next, second), again, &next_head));
  for (guint id = PL_FIELD_X_FORWARDED_HOST; id <= PL_FIELD_X_FORWARDED_PROTO; id++)
    {
      PlSlice before = pl_head_get_value (&head, id);
      PlSlice after = pl_head_get_value (&next_head, id);

      g_assert_true (before.length == 0 || pl_slice_equal (before, after));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (PlTrust) trusted = pl_trust_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  PlAddress proxy = pl_address_from_ipv4 ((const guint8[]){ 10, 0, 0, 1 }, 50000);
  PlForwardedInput input = { .client = &proxy, .trusted = trusted };
  PlHead head;

  if (size > MAX_FIELDS_BYTES || !parse_request (pl_slice ((const char *) data, size), text, &head))
    return 0;

  pl_trust_add (trusted, "10.0.0.0/8", NULL);
  pl_trust_add (trusted, "fd00::/8", NULL);
  input.head = &head;
  check_written (&input);
  g_assert_false (pl_loop_has_come_back (&head));
  return 0;
}
