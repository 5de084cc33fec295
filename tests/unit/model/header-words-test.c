/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the engine does to the fields it knows, compared with what the window says of it: a field
 * that is added, changed or left out has a reason of its own. */

#include "app/model/header_diff.h"
#include "app/model/header_words.h"
#include "net/route/rewrite.h"
#include "tests/field_names.h"

static const char general_set[] = "This program has set it.";

/* What is said of a field that is left out, where nothing else is known of it. Of one that does not
 * belong to a connection it would be untrue. */
static const char *const general_removed[] = {
  [PL_HEAD_REQUEST] = "It concerns the connection between the device and this program alone.",
  [PL_HEAD_RESPONSE] = "It concerns the connection between Immich and this program alone.",
};

static void
check_row (PlHeadKind kind, const PlHeaderRow *row)
{
  PlFieldId id = pl_field_identify (pl_slice_from_string (row->name));

  g_test_message ("%s: %s", row->name, row->explanation != NULL ? row->explanation : "the same");
  switch (row->kind)
    {
    case PL_HEADER_SAME:
      g_assert_null (row->explanation);
      break;
    case PL_HEADER_ADDED:
    case PL_HEADER_CHANGED:
      g_assert_cmpstr (row->explanation, !=, general_set);
      break;
    case PL_HEADER_REMOVED:
      g_assert_true ((pl_field_get_flags (id) & PL_FIELD_HOP_BY_HOP) != 0
                     || g_strcmp0 (row->explanation, general_removed[kind]) != 0);
      break;
    }
}

static void
check (PlHeadKind kind, const GString *in, const PlWriter *out)
{
  g_autoptr (GBytes) before = g_bytes_new (in->str, in->len);
  g_autoptr (GBytes) after = g_bytes_new (out->bytes, out->length);
  g_autoptr (PlHeaderDiff) diff = pl_header_diff_new (kind, before, after);

  g_assert_false (out->overflowed);
  g_assert_cmpuint (pl_header_diff_get_n_rows (diff), >=, PL_FIELD_COUNT - 1);
  for (guint i = 0; i < pl_header_diff_get_n_rows (diff); i++)
    check_row (kind, pl_header_diff_get_row (diff, i));
}

/* Every field of the table once but @left_out, and one that shadows another. */
static GString *
make_head (const char *first_line, PlFieldId left_out)
{
  GString *text = g_string_new (first_line);

  for (guint id = PL_FIELD_OTHER + 1; id < PL_FIELD_COUNT; id++)
    {
      PlSlice name = field_get_name (id);

      if (id == left_out)
        continue;
      g_string_append_len (text, name.bytes, (gssize) name.length);
      if (id == PL_FIELD_CONTENT_LENGTH)
        g_string_append (text, ": 005\r\n");
      else if (id == PL_FIELD_TRANSFER_ENCODING)
        g_string_append (text, ": Chunked\r\n");
      else
        g_string_append (text, ": a\r\n");
    }
  return g_string_append (text, "X_Forwarded_For: a\r\n\r\n");
}

static void
parse (PlHead *head, PlHeadKind kind, const GString *text)
{
  PlHttpFault fault;

  pl_head_init (head, kind, (PlHeadLimits){ 65536, 1000 });
  g_assert_cmpint (pl_head_parse (head, text->str, text->len, &fault), ==, PL_PARSE_DONE);
}

/* @drop_expect, @upgrade: as in #PlRewriteRequest */
static void
check_request (PlFieldId left_out, gboolean drop_expect, PlSlice upgrade)
{
  g_autoptr (GString) text = make_head ("POST / HTTP/1.1\r\n", left_out);
  PlAddress client = pl_address_from_ipv4 ((const guint8[]){ 192, 168, 1, 9 }, 0);
  PlRouteMatch match = { .target_rest = PL_SLICE ("/") };
  g_auto (PlHead) head = { 0 };
  PlRewriteRequest request = {
    .forwarded = { .client = &client, .head = &head, .authority = PL_SLICE ("photos.example") },
    .match = &match,
    .upgrade = upgrade,
    .drop_expect = drop_expect,
  };
  char buffer[8192];
  PlWriter writer;

  parse (&head, PL_HEAD_REQUEST, text);
  g_assert_cmpint (pl_framing_decide_request (&head, &request.body), ==, PL_HTTP_FAULT_NONE);
  pl_writer_init (&writer, buffer, sizeof buffer);
  pl_rewrite_request (&request, &writer);
  check (PL_HEAD_REQUEST, text, &writer);
}

static void
test_requests (void)
{
  check_request (PL_FIELD_TRANSFER_ENCODING, FALSE, PL_SLICE (""));
  check_request (PL_FIELD_CONTENT_LENGTH, TRUE, PL_SLICE (""));
  check_request (PL_FIELD_CONTENT_LENGTH, TRUE, PL_SLICE ("websocket"));
}

/* @body: as the client gets it */
static void
check_response (PlFieldId left_out, PlBody body, gboolean keep_alive, PlSlice upgrade)
{
  g_autoptr (GString) text = make_head ("HTTP/1.1 200 OK\r\n", left_out);
  g_auto (PlHead) head = { 0 };
  PlRewriteResponse response = {
    .head = &head,
    .body = body,
    .client_version = PL_HTTP_1_1,
    .keep_alive = keep_alive,
    .upgrade = upgrade,
    .date = left_out == PL_FIELD_DATE ? PL_SLICE ("Sun, 06 Nov 1994 08:49:37 GMT") : PL_SLICE (""),
  };
  char buffer[8192];
  PlWriter writer;

  parse (&head, PL_HEAD_RESPONSE, text);
  pl_writer_init (&writer, buffer, sizeof buffer);
  pl_rewrite_response (&response, &writer);
  check (PL_HEAD_RESPONSE, text, &writer);
}

static void
test_responses (void)
{
  PlBody fixed = { PL_BODY_FIXED, 5 };
  PlBody chunked = { PL_BODY_CHUNKED, 0 };
  PlBody until_close = { PL_BODY_UNTIL_CLOSE, 0 };

  check_response (PL_FIELD_TRANSFER_ENCODING, fixed, TRUE, PL_SLICE (""));
  check_response (PL_FIELD_CONTENT_LENGTH, chunked, FALSE, PL_SLICE (""));
  check_response (PL_FIELD_CONTENT_LENGTH, until_close, FALSE, PL_SLICE (""));
  check_response (PL_FIELD_DATE, fixed, FALSE, PL_SLICE (""));
  check_response (PL_FIELD_TRANSFER_ENCODING, fixed, FALSE, PL_SLICE ("websocket"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/header-words/requests", test_requests);
  g_test_add_func ("/header-words/responses", test_responses);
  return g_test_run ();
}
