/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/exchange/own_pages.c, and that its pages are answered and nothing of them is sent on. */

#include "net/exchange/own_pages.h"

#include <string.h>

#include "tests/unit/exchange/caller.h"

#define TRUST     "/.porchlight/trust"
#define CHALLENGE "/.well-known/acme-challenge/"

static PlOwnPages *
new_pages (void)
{
  PlOwnPages *pages = pl_own_pages_new ();
  g_autoptr (GBytes) phone = g_bytes_new_static ("phone", 5);
  g_autoptr (GBytes) any = g_bytes_new_static ("any", 3);

  g_autoptr (GBytes) german = g_bytes_new_static ("Telefon", 7);

  pl_own_pages_add (pages, TRUST, "iPhone", NULL, "text/html", phone);
  pl_own_pages_add (pages, TRUST, "iPhone", "de", "text/html", german);
  pl_own_pages_add (pages, TRUST, NULL, NULL, "text/html", any);
  return pages;
}

static void
assert_found_in (const PlOwnPages *pages,
                 const char *accept,
                 const char *path,
                 const char *agent,
                 const char *expected)
{
  const PlOwnPage *page
      = pl_own_pages_find (pages, pl_slice_from_string (path), pl_slice_from_string (agent),
                           pl_slice_from_string (accept));

  if (expected == NULL)
    g_assert_null (page);
  else
    g_assert_cmpmem (g_bytes_get_data (page->body, NULL), g_bytes_get_size (page->body), expected,
                     strlen (expected));
}

static void
assert_found (const PlOwnPages *pages, const char *path, const char *agent, const char *expected)
{
  assert_found_in (pages, "", path, agent, expected);
}

/* The language is chosen among what is for the same device. */
static void
test_language (void)
{
  g_autoptr (PlOwnPages) pages = new_pages ();

  assert_found_in (pages, "de-AT,en;q=0.5", TRUST, "(iPhone)", "Telefon");
  assert_found_in (pages, "fr, de;q=0.1", TRUST, "(iPhone)", "Telefon");
  assert_found_in (pages, "fr", TRUST, "(iPhone)", "phone");
  assert_found_in (pages, "de;q=0", TRUST, "(iPhone)", "phone");
  assert_found_in (pages, "de", TRUST, "(X11)", "any");
}

static void
test_find (void)
{
  g_autoptr (PlOwnPages) pages = new_pages ();

  assert_found (pages, TRUST, "Mozilla/5.0 (iPhone; CPU)", "phone");
  assert_found (pages, TRUST, "Mozilla/5.0 (X11)", "any");
  assert_found (pages, TRUST, NULL, "any");
  assert_found (pages, TRUST "/", "", NULL);
  assert_found (pages, "/.porchlight", "", NULL);
  g_assert_true (pl_own_pages_is_own (PL_SLICE ("/.porchlight/elsewhere")));
  g_assert_false (pl_own_pages_is_own (PL_SLICE ("/.porchlights")));
  g_assert_false (pl_own_pages_is_own (PL_SLICE ("/")));
}

/* Asks, and reads the answer as far as @answer goes. Returns: the record */
static const PlRecord *
ask (Caller *caller, PlOwnPages *pages, const char *request, const char *answer)
{
  g_autofree char *answered = NULL;

  caller->house.supplies.snapshot->own_pages = pages;
  caller_ask (caller, request);
  answered = house_read (&caller->house, &caller->theirs, answer);
  g_assert_true (g_str_has_prefix (answered, answer));
  return caller_await_end (caller, 1);
}

static void
test_served (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (PlOwnPages) pages = new_pages ();
  Caller caller;
  const PlRecord *record;

  caller_open (&caller, fixture);
  record
      = ask (&caller, pages, "GET " TRUST "?a HTTP/1.1\r\nHost: a\r\nUser-Agent: (iPhone)\r\n\r\n",
             "200\nphone");
  g_assert_cmpint (record->reason, ==, PL_CLOSE_DONE);
  g_assert_cmpuint (record->status, ==, 200);
  g_assert_cmpuint (record->down_bytes, ==, 5);
  g_assert_cmpint (record->connect_us, ==, -1);
  g_assert_cmpint (caller.afterwards, ==, PL_AFTER_KEEP_ALIVE);
  caller_close (&caller);
}

static void
test_head_alone (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (PlOwnPages) pages = new_pages ();
  Caller caller;
  const PlRecord *record;

  caller_open (&caller, fixture);
  record = ask (&caller, pages, "HEAD " TRUST " HTTP/1.1\r\nHost: a\r\n\r\n", "200\n");
  g_assert_cmpuint (record->down_bytes, ==, 0);
  caller_close (&caller);
}

static void
test_missing (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (PlOwnPages) pages = new_pages ();
  Caller caller;

  caller_open (&caller, fixture);
  g_assert_cmpint (
      ask (&caller, pages, "GET /.porchlight/x HTTP/1.1\r\nHost: a\r\n\r\n", "404\n")->reason, ==,
      PL_CLOSE_NO_ROUTE);
  caller_close (&caller);
}

static void
test_other_method (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (PlOwnPages) pages = new_pages ();
  Caller caller;

  caller_open (&caller, fixture);
  ask (&caller, pages, "DELETE " TRUST " HTTP/1.1\r\nHost: a\r\n\r\n", "405\n");
  caller_close (&caller);
}

/* For who comes from outside, or by a proxy that says so and is believed, there is nothing. */
static void
test_from_outside (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (PlOwnPages) pages = new_pages ();
  Caller caller;

  caller_open (&caller, fixture);
  caller.client.address = pl_address_from_ipv4 ((const guint8[4]){ 203, 0, 113, 7 }, 4711);
  ask (&caller, pages, "GET " TRUST " HTTP/1.1\r\nHost: a\r\n\r\n", "404\n");
  caller_close (&caller);

  caller_open (&caller, fixture);
  g_assert_true (pl_trust_add (caller.house.trusted, "127.0.0.0/8", NULL));
  ask (&caller, pages, "GET " TRUST " HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n",
       "404\n");
  caller_close (&caller);
}

/* For who asks an authority's question there is an answer, wherever they come from and without
 * encryption; what another one is asked is not ours to answer. */
static void
test_open (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (PlOwnPages) pages = new_pages ();
  g_autoptr (GBytes) answer = g_bytes_new_static ("token.print", 11);
  Caller caller;
  PeerEnd upstream;

  pl_own_pages_add_open (pages, CHALLENGE "token", "application/octet-stream", answer);
  caller_open (&caller, fixture);
  caller.client.address = pl_address_from_ipv4 ((const guint8[4]){ 203, 0, 113, 7 }, 4711);
  ask (&caller, pages, "GET " CHALLENGE "token HTTP/1.1\r\nHost: a\r\n\r\n", "200\ntoken.print");
  caller_close (&caller);

  caller_open (&caller, fixture);
  ask (&caller, pages, "DELETE " CHALLENGE "token HTTP/1.1\r\nHost: a\r\n\r\n", "405\n");
  caller_close (&caller);

  caller_open (&caller, fixture);
  caller.house.supplies.snapshot->own_pages = pages;
  caller_ask (&caller, "GET " CHALLENGE "tokens HTTP/1.1\r\nHost: a\r\n\r\n");
  house_accept (&caller.house, &upstream);
  caller_answer (&caller, &upstream, "\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  g_assert_cmpuint (caller_await_end (&caller, 1)->status, ==, 200);
  fixture_close (fixture, &upstream);
  caller_close (&caller);
}

/* Without pages of our own the path is like any other. */
static void
test_none (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  PeerEnd upstream;

  caller_open (&caller, fixture);
  caller_ask (&caller, "GET " TRUST " HTTP/1.1\r\nHost: a\r\n\r\n");
  house_accept (&caller.house, &upstream);
  caller_answer (&caller, &upstream, "\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  g_assert_cmpuint (caller_await_end (&caller, 1)->status, ==, 200);
  fixture_close (fixture, &upstream);
  caller_close (&caller);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/own-pages/find", test_find);
  g_test_add_func ("/own-pages/language", test_language);
  fixture_add_test ("own-pages", "served", test_served);
  fixture_add_test ("own-pages", "head-alone", test_head_alone);
  fixture_add_test ("own-pages", "missing", test_missing);
  fixture_add_test ("own-pages", "other-method", test_other_method);
  fixture_add_test ("own-pages", "from-outside", test_from_outside);
  fixture_add_test ("own-pages", "open", test_open);
  fixture_add_test ("own-pages", "none", test_none);
  return g_test_run ();
}
