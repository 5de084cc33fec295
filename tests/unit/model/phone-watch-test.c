/* SPDX-License-Identifier: GPL-3.0-or-later */

/* app/model/phone_watch.h: what is seen of a phone that is being connected, or that nothing is. */

#include "tests/unit/model/watched.h"

/* Arrival */

static void
test_a_new_phone_arrives (Watched *watched, gconstpointer data)
{
  watched_expect (watched, PL_PHONE_IDLE, "", "");
  watched_begin (watched);
  watched_expect (watched, PL_PHONE_AWAITED, "Waiting for your phone", "");
  watched->n_changes = 0;
  watched_send_ping (watched);
  watched_expect_arrival (watched, "Immich app (Android)");
  g_assert_cmpuint (watched->n_changes, ==, 1);

  watched_send_ping (watched);
  g_assert_cmpuint (watched->n_changes, ==, 1);
  watched_wait (watched, 24 * 60 * 60);
  watched_expect_arrival (watched, "Immich app (Android)");

  watched_begin (watched);
  g_assert_null (pl_phone_watch_get_phone (watched->watch));
  watched_expect (watched, PL_PHONE_AWAITED, "Waiting", "");
}

/* Nobody was waiting, and there it is. */
static void
test_a_new_phone_is_noticed_without_being_awaited (Watched *watched, gconstpointer data)
{
  watched_send (watched, watched_make (watched, "GET", "/photos", BROWSER), FALSE);
  watched_expect_arrival (watched, "Firefox on Linux");
}

static void
test_a_phone_that_is_known_must_come_anew (Watched *watched, gconstpointer data)
{
  PlRecord *record;

  watched_send_ping (watched);
  pl_phone_watch_rest (watched->watch);
  watched_send_ping (watched);
  watched_expect (watched, PL_PHONE_IDLE, "", "");

  watched_begin (watched);
  record = watched_make (watched, "GET", PING, APP);
  record->connected_us = BEGIN_US; /* a connection that was kept */
  watched_send (watched, record, FALSE);
  watched_expect (watched, PL_PHONE_AWAITED, "", "");
  watched_send (watched, watched_make (watched, "GET", "/api/assets/1/thumbnail", APP), FALSE);
  watched_expect (watched, PL_PHONE_AWAITED, "", ""); /* somebody looks at pictures */
  watched_send_ping (watched);
  watched_expect_arrival (watched, "Immich app (Android)");
}

static void
test_another_new_phone_takes_its_place (Watched *watched, gconstpointer data)
{
  PlRecord *record = NULL;

  watched_begin (watched);
  watched_send_ping (watched);
  record = watched_make (watched, "GET", PING, "Immich_iOS_1.135.3");
  record->client = sample_address ("192.168.1.31");
  watched_send (watched, record, FALSE);
  watched_expect_arrival (watched, "Immich app (iOS)");

  watched_send_ping (watched); /* the first one goes on */
  watched_expect_arrival (watched, "Immich app (iOS)");
}

static void
test_who_is_no_phone (Watched *watched, gconstpointer data)
{
  PlAddress own = sample_address ("192.168.1.20");
  PlRecord *record;

  pl_device_list_set_own (watched->devices, &own, 1);
  watched_begin (watched);
  record = watched_make (watched, "GET", PING, BROWSER);
  record->client = own;
  watched_send (watched, record, FALSE);
  record = watched_make (watched, "GET", PING, BROWSER);
  record->client = sample_address ("127.0.0.1");
  watched_send (watched, record, FALSE);
  watched_send (watched, watched_make (watched, "GET", PING, PL_USER_AGENT), FALSE);
  watched_send (watched, watched_make (watched, "GET", "/api/shared-links/me?key=***", BROWSER),
                FALSE);
  watched_send (watched, watched_make (watched, "GET", "/", BROWSER), TRUE); /* a stranger */
  watched_send (watched, watched_make_ended (watched, "", "", PL_CLOSE_TLS_FAILED), TRUE);
  watched_send (watched, watched_make_ended (watched, "", "", PL_CLOSE_TLS_SPOKEN), TRUE);
  record = watched_make (watched, "GET", PING, BROWSER);
  record->status = 0;
  record->reason = PL_CLOSE_NONE;
  record->state = PL_RECORD_RUNNING; /* not answered yet */
  watched_send (watched, record, FALSE);
  record = watched_make (watched, "GET", "/.porchlight/trust", BROWSER); /* a page of ours */
  pl_record_set_upstream (record, "");
  watched_send (watched, record, FALSE);
  watched_expect (watched, PL_PHONE_AWAITED, "", "");

  watched_send (watched, watched_make (watched, "GET", PING, APP),
                TRUE); /* one's own, on mobile data */
  watched_expect (watched, PL_PHONE_ARRIVED, "Immich app (Android)", "");
}

/* Nothing */

static void
test_nothing_comes (Watched *watched, gconstpointer data)
{
  watched_begin (watched);
  watched_wait (watched, PL_PHONE_WATCH_PATIENCE_S - 1);
  watched_expect (watched, PL_PHONE_AWAITED, "Waiting", "");
  watched_wait (watched, 1);
  watched_expect (watched, PL_PHONE_UNSEEN, "Nothing has come", "same Wi-Fi");
  watched_send_ping (watched);
  watched_expect_arrival (watched, "Immich app (Android)");
}

static void
test_nothing_is_missed_while_nobody_waits (Watched *watched, gconstpointer data)
{
  watched_wait (watched, 24 * 60 * 60);
  watched_expect (watched, PL_PHONE_IDLE, "", "");
  watched_turn_away (watched, "203.0.113.9");
  watched_expect (watched, PL_PHONE_IDLE, "", "");
  g_assert_cmpuint (watched->n_changes, ==, 0);
}

/* Who is turned away may be anybody, so it is only said where nothing else was seen. */
static void
test_somebody_is_shut_out (Watched *watched, gconstpointer data)
{
  watched_begin (watched);
  watched_turn_away (watched, "203.0.113.9");
  watched_expect (watched, PL_PHONE_AWAITED, "Waiting", "");
  watched_wait (watched, PL_PHONE_WATCH_PATIENCE_S);
  watched_expect (watched, PL_PHONE_SHUT_OUT, "The device at 203.0.113.9 came from outside",
                  "Wi-Fi");
  watched_send (watched, watched_make_ended (watched, "", "", PL_CLOSE_TLS_UNTRUSTED), FALSE);
  watched_expect (watched, PL_PHONE_UNTRUSTING, "The device at 192.168.1.23", "");
}

/* Something has come, whatever it was: that nothing has would not be true. */
static void
test_somebody_gets_no_further (Watched *watched, gconstpointer data)
{
  static const PlCloseReason reasons[]
      = { PL_CLOSE_NONE, PL_CLOSE_DONE, PL_CLOSE_PLAIN_SENT_ON, PL_CLOSE_LOOP };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      Watched other;

      watched_set_up (&other, NULL);
      watched_begin (&other);
      other.n_changes = 0;
      watched_send (&other, watched_make_ended (&other, "/.porchlight/trust", "", reasons[i]),
                    FALSE);
      g_assert_cmpuint (other.n_changes, ==, 1);
      watched_turn_away (&other, "203.0.113.9");
      watched_expect (&other, PL_PHONE_AWAITED, "Waiting", "");
      watched_wait (&other, PL_PHONE_WATCH_PATIENCE_S);
      watched_expect (&other, PL_PHONE_HALFWAY, "The device at 192.168.1.23 has been here",
                      "Requests");
      watched_send_ping (&other);
      watched_expect_arrival (&other, "Immich app (Android)");
      watched_tear_down (&other, NULL);
    }
}

/* Nor do strangers, this computer and those that are known tell of a phone by being here. */
static void
test_who_is_here_anyway (Watched *watched, gconstpointer data)
{
  PlRecord *record;

  watched_send_ping (watched);
  watched_begin (watched);
  record = watched_make (watched, "GET", "/api/assets/1", APP);
  record->status = 404;
  watched_send (watched, record, FALSE);
  record = watched_make_ended (watched, "/.porchlight/trust", BROWSER, PL_CLOSE_DONE);
  record->client = sample_address ("127.0.0.1");
  watched_send (watched, record, FALSE);
  record = watched_make_ended (watched, "/.porchlight/trust", BROWSER, PL_CLOSE_DONE);
  record->client = sample_address ("203.0.113.9");
  watched_send (watched, record, TRUE);
  watched_wait (watched, PL_PHONE_WATCH_PATIENCE_S);
  watched_expect (watched, PL_PHONE_UNSEEN, "", "");
}

int
main (int argc, char *argv[])
{
#define TEST(path, function)                                                                       \
  g_test_add (path, Watched, NULL, watched_set_up, function, watched_tear_down)
  g_test_init (&argc, &argv, NULL);
  TEST ("/phone-watch/arrival/new", test_a_new_phone_arrives);
  TEST ("/phone-watch/arrival/unasked", test_a_new_phone_is_noticed_without_being_awaited);
  TEST ("/phone-watch/arrival/known", test_a_phone_that_is_known_must_come_anew);
  TEST ("/phone-watch/arrival/another", test_another_new_phone_takes_its_place);
  TEST ("/phone-watch/arrival/others", test_who_is_no_phone);
  TEST ("/phone-watch/nothing/awaited", test_nothing_comes);
  TEST ("/phone-watch/nothing/unasked", test_nothing_is_missed_while_nobody_waits);
  TEST ("/phone-watch/nothing/shut-out", test_somebody_is_shut_out);
  TEST ("/phone-watch/nothing/halfway", test_somebody_gets_no_further);
  TEST ("/phone-watch/nothing/others", test_who_is_here_anyway);
  return g_test_run ();
}
