/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/exchange/kept_heads.c: whose heads are kept, and what of them. */

#include <string.h>

#include "tests/unit/exchange/caller.h"

static void
assert_head (GBytes *head, const char *part, const char *absent)
{
  g_autofree char *text = NULL;

  g_assert_nonnull (head);
  text = g_strndup (g_bytes_get_data (head, NULL), g_bytes_get_size (head));
  if (strstr (text, part) == NULL || strstr (text, absent) != NULL)
    g_error ("“%s”, not “%s” should be in: %s", part, absent, text);
}

/* Nobody watched, and in the morning it is asked what it was. */
static void
test_heads_of_failures_are_kept (Fixture *fixture, gconstpointer platform)
{
  static const char *const requests[]
      = { "GET /a?key=SECRET HTTP/1.1\r\nHost: a\r\nCookie: SECRET\r\nX-Mine: seen\r\n\r\n",
          "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nX-My-Token: SECRET\r\n"
          "X-Mine: seen\r\n\r\nbody" };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      Caller caller;
      PeerEnd upstream;
      const PlRecordHeads *heads;

      caller_open (&caller, fixture);
      caller_ask (&caller, requests[i]);
      house_accept (&caller.house, &upstream);
      caller_answer (
          &caller, &upstream, "\r\n\r\n",
          "HTTP/1.1 500 No\r\nContent-Length: 0\r\nSet-Cookie: SECRET\r\nX-Its: seen\r\n\r\n");
      heads = caller_await_end (&caller, 1)->heads;
      g_assert_nonnull (heads);
      assert_head (heads->request_in, "X-Mine: seen\r\n", "SECRET");
      assert_head (heads->request_out, "X-Real-IP: 127.0.0.1\r\n", "SECRET");
      assert_head (heads->request_out, "X-Mine: seen\r\n", "SECRET");
      assert_head (heads->response_in, "HTTP/1.1 500 No\r\n", "SECRET");
      assert_head (heads->response_in, "X-Its: seen\r\n", "SECRET");
      g_assert_nonnull (heads->response_out);
      fixture_close (fixture, &upstream);
      caller_close (&caller);
    }
}

/* Whatever step it failed in, what there was by then is there. */
static void
test_heads_of_what_never_arrived (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  const PlRecordHeads *heads;

  caller_open (&caller, fixture);
  caller.house.limits.unavailable_wait_ms = 0;
  house_shut (&caller.house);
  caller_ask (&caller, "GET / HTTP/1.1\r\nHost: a\r\nX-Mine: seen\r\n\r\n");
  heads = caller_await_end (&caller, 1)->heads;

  g_assert_nonnull (heads);
  assert_head (heads->request_in, "X-Mine: seen\r\n", "X-Real-IP");
  assert_head (heads->request_out, "X-Mine: seen\r\n", "SECRET");
  g_assert_null (heads->response_in);
  g_assert_nonnull (heads->response_out);
  caller_close (&caller);
}

/* A head that could be read, though not what it asks for. */
static void
test_heads_of_what_was_refused (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  const PlRecordHeads *heads;

  caller_open (&caller, fixture);
  caller_ask (&caller, "GET / HTTP/1.1\r\nX-Mine: seen\r\nX-Secret: SECRET\r\n\r\n");
  heads = caller_await_end (&caller, 1)->heads;

  g_assert_nonnull (heads);
  assert_head (heads->request_in, "X-Mine: seen\r\n", "SECRET");
  g_assert_null (heads->request_out);
  caller_close (&caller);
}

/* Nothing that a flood of strangers could fill a memory with; but all while somebody watches. */
static void
test_heads_of_what_was_refused_at_the_door (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (PlDoor) door = pl_door_new ();

  pl_door_set_rule (door, PL_CIRCLE_WORLD, PL_DOOR_LINKS);
  for (guint is_watched = 0; is_watched < 2; is_watched++)
    {
      Caller caller;
      const PlRecord *record;

      caller_open (&caller, fixture);
      caller.house.supplies.snapshot->door = door;
      pl_outbox_set_wants_heads (caller.house.supplies.outbox, is_watched);
      caller_ask (&caller, "GET /a HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n");
      record = caller_await_end (&caller, 1);
      g_assert_cmpint (record->reason, ==, PL_CLOSE_PROXY_NOT_TRUSTED);
      g_assert_cmpuint (record->status, ==, 404);
      g_assert_cmpint (record->heads != NULL, ==, is_watched);
      caller_close (&caller);
    }
}

/* An answer that broke off is one, too, though it began well. */
static void
test_heads_of_what_broke_off (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  PeerEnd upstream;
  const PlRecord *record;

  caller_open (&caller, fixture);
  caller_ask (&caller, "GET / HTTP/1.1\r\nHost: a\r\nX-Mine: seen\r\n\r\n");
  house_accept (&caller.house, &upstream);
  caller_answer (&caller, &upstream, "\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nim");
  fixture_close (fixture, &upstream);
  record = caller_await_end (&caller, 1);

  g_assert_cmpint (record->reason, ==, PL_CLOSE_RESPONSE_TRUNCATED);
  g_assert_nonnull (record->heads);
  assert_head (record->heads->request_in, "X-Mine: seen\r\n", "X-Real-IP");
  assert_head (record->heads->request_out, "X-Real-IP: 127.0.0.1\r\n", "SECRET");
  caller_close (&caller);
}

/* Of what went well nothing is kept, unless somebody watches: then all as it is. */
static void
test_heads_of_success (Fixture *fixture, gconstpointer platform)
{
  for (guint is_watched = 0; is_watched < 2; is_watched++)
    {
      Caller caller;
      PeerEnd upstream;
      const PlRecord *record;

      caller_open (&caller, fixture);
      pl_outbox_set_wants_heads (caller.house.supplies.outbox, is_watched);
      caller_ask (&caller, "GET / HTTP/1.1\r\nHost: a\r\nCookie: SECRET\r\n\r\n");
      house_accept (&caller.house, &upstream);
      caller_answer (&caller, &upstream, "\r\n\r\n",
                     "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      record = caller_await_end (&caller, 1);
      g_assert_cmpint (record->heads != NULL, ==, is_watched);
      if (is_watched)
        {
          assert_head (record->heads->request_in, "Cookie: SECRET\r\n", "***");
          assert_head (record->heads->request_out, "Cookie: SECRET\r\n", "***");
          assert_head (record->heads->response_in, "HTTP/1.1 200 OK\r\n", "***");
        }
      fixture_close (fixture, &upstream);
      caller_close (&caller);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("exchange-kept-heads", "heads-of-failures-are-kept",
                    test_heads_of_failures_are_kept);
  fixture_add_test ("exchange-kept-heads", "heads-of-what-never-arrived",
                    test_heads_of_what_never_arrived);
  fixture_add_test ("exchange-kept-heads", "heads-of-what-was-refused",
                    test_heads_of_what_was_refused);
  fixture_add_test ("exchange-kept-heads", "heads-of-what-was-refused-at-the-door",
                    test_heads_of_what_was_refused_at_the_door);
  fixture_add_test ("exchange-kept-heads", "heads-of-what-broke-off", test_heads_of_what_broke_off);
  fixture_add_test ("exchange-kept-heads", "heads-of-success", test_heads_of_success);
  return g_test_run ();
}
