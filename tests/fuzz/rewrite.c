/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Heads that were accepted and written anew for the other side: they are read there as heads again,
 * their body ends where it ended here, and nothing of one connection has passed. */

#include "net/http/framing.h"
#include "net/route/loop.h"
#include "net/route/rewrite.h"

#include "tests/fuzz/fuzz.h"

#define MAX_INPUT_BYTES 4096
#define MAX_HEAD_BYTES  (4 * MAX_INPUT_BYTES)

static const PlHeadLimits limits = { MAX_HEAD_BYTES, PL_HEAD_ANY_NUMBER };

static gboolean
parse (PlHead *head, PlHeadKind kind, PlSlice text)
{
  PlHttpFault fault;

  pl_head_init (head, kind, limits);
  return pl_head_parse (head, text.bytes, text.length, &fault) == PL_PARSE_DONE;
}

static guint
count (const PlHead *head, PlFieldId id)
{
  guint n_found = 0;

  for (guint i = 0; i < head->n_fields; i++)
    n_found += head->fields[i].id == id;
  return n_found;
}

static void
assert_same_body (const PlBody *before, const PlBody *after)
{
  g_assert_cmpint (after->kind, ==, before->kind);
  if (before->kind == PL_BODY_FIXED)
    g_assert_cmpuint (after->length_bytes, ==, before->length_bytes);
}

static gboolean
is_written_by_us (PlFieldId id)
{
  return id == PL_FIELD_CONNECTION || id == PL_FIELD_UPGRADE || id == PL_FIELD_TE
         || id == PL_FIELD_TRANSFER_ENCODING;
}

/* Of the fields for one connection there are only those that were written for this one, once. */
static void
assert_nothing_hopped (const PlHead *written)
{
  for (guint i = 0; i < written->n_fields; i++)
    {
      PlFieldId id = written->fields[i].id;

      if ((pl_field_get_flags (id) & PL_FIELD_HOP_BY_HOP) == 0)
        continue;
      g_assert_true (is_written_by_us (id));
      g_assert_cmpuint (count (written, id), ==, 1);
    }
}

static void
check_request_written (const PlRewriteRequest *request)
{
  char buffer[MAX_HEAD_BYTES];
  g_auto (PlHead) written = { 0 };
  PlHttpFault fault;
  PlTarget target;
  PlSlice authority;
  PlWriter writer;
  PlBody body;

  pl_writer_init (&writer, buffer, sizeof buffer);
  pl_rewrite_request (request, &writer);
  g_assert_false (writer.overflowed);

  g_assert_true (parse (&written, PL_HEAD_REQUEST, pl_slice (buffer, writer.length)));
  g_assert_cmpuint (written.length_bytes, ==, writer.length);
  g_assert_cmpint (written.version, ==, PL_HTTP_1_1);
  g_assert_true (pl_slice_equal (written.method, request->forwarded.head->method));

  fault = pl_target_parse (written.method, written.target, &target);
  g_assert_cmpint (fault, ==, PL_HTTP_FAULT_NONE);
  fault = pl_target_decide_authority (&written, &target, &authority);
  g_assert_cmpint (fault, ==, PL_HTTP_FAULT_NONE);
  g_assert_true (pl_slice_equal (authority, request->forwarded.authority));

  fault = pl_framing_decide_request (&written, &body);
  g_assert_cmpint (fault, ==, PL_HTTP_FAULT_NONE);
  assert_same_body (&request->body, &body);

  assert_nothing_hopped (&written);
  g_assert_cmpuint (count (&written, PL_FIELD_X_FORWARDED_FOR), ==, 1);
  g_assert_cmpuint (count (&written, PL_FIELD_X_REAL_IP), ==, 1);
  g_assert_cmpuint (count (&written, PL_FIELD_FORWARDED), ==, 0);
  g_assert_true (pl_loop_has_come_back (&written));
}

static void
check_request (PlSlice text)
{
  g_autoptr (PlRouteTable) routes = pl_route_table_new ();
  PlAddress client = pl_address_from_ipv4 ((const guint8[]){ 192, 168, 1, 9 }, 50000);
  g_auto (PlHead) head = { 0 };
  char protocols[MAX_INPUT_BYTES];
  PlRewriteRequest request = { .forwarded = { .client = &client, .head = &head } };
  PlRouteMatch match;
  PlTarget target;
  PlWriter upgrade;

  pl_route_table_add (routes, "web", NULL, "/", FALSE, 0, NULL);
  pl_route_table_add (routes, "api", NULL, "/api", TRUE, 0, NULL);
  if (!parse (&head, PL_HEAD_REQUEST, text)
      || pl_target_parse (head.method, head.target, &target) != PL_HTTP_FAULT_NONE
      || pl_target_decide_authority (&head, &target, &request.forwarded.authority)
             != PL_HTTP_FAULT_NONE
      || pl_framing_decide_request (&head, &request.body) != PL_HTTP_FAULT_NONE
      || pl_route_table_match (routes, request.forwarded.authority, &target, &match)
             != PL_HTTP_FAULT_NONE
      || match.route == NULL)
    return;

  request.match = &match;
  pl_writer_init (&upgrade, protocols, sizeof protocols);
  if (pl_rewrite_offers_upgrade (&head, &upgrade))
    request.upgrade = pl_slice (protocols, upgrade.length);
  check_request_written (&request);
}

static void
check_response (PlSlice text)
{
  char buffer[MAX_HEAD_BYTES];
  g_auto (PlHead) head = { 0 };
  g_auto (PlHead) written = { 0 };
  PlRewriteResponse response
      = { .head = &head, .client_version = PL_HTTP_1_1, .date = PL_SLICE ("now") };
  PlHttpFault fault;
  PlWriter writer;
  PlBody body;

  if (!parse (&head, PL_HEAD_RESPONSE, text) || head.status == 101
      || pl_framing_decide_response (&head, PL_SLICE ("GET"), &response.body) != PL_HTTP_FAULT_NONE)
    return;

  response.keep_alive = response.body.kind != PL_BODY_UNTIL_CLOSE;
  pl_writer_init (&writer, buffer, sizeof buffer);
  pl_rewrite_response (&response, &writer);
  g_assert_false (writer.overflowed);

  g_assert_true (parse (&written, PL_HEAD_RESPONSE, pl_slice (buffer, writer.length)));
  g_assert_cmpuint (written.length_bytes, ==, writer.length);
  g_assert_cmpint (written.status, ==, head.status);
  fault = pl_framing_decide_response (&written, PL_SLICE ("GET"), &body);
  g_assert_cmpint (fault, ==, PL_HTTP_FAULT_NONE);
  assert_same_body (&response.body, &body);
  assert_nothing_hopped (&written);
  if (head.status >= 200)
    g_assert_cmpint (pl_head_wants_keep_alive (&written), ==, response.keep_alive);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  PlSlice text = pl_slice ((const char *) data, size);

  if (size > MAX_INPUT_BYTES)
    return 0;
  check_request (text);
  check_response (text);
  return 0;
}
