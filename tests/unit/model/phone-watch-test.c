/* SPDX-License-Identifier: GPL-3.0-or-later */

/* app/model/phone_watch.h: what is seen of a phone that is being connected. */

#include <string.h>

#include "app/model/phone_watch.h"
#include "tests/unit/model/sample.h"

#define BEGIN_US SAMPLE_STARTED_US
#define SECOND   ((gint64) G_USEC_PER_SEC)

#define APP     "Immich_Android_1.135.3"
#define BROWSER "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
#define PING    "/api/server/ping"

typedef struct
{
  PlDeviceList *devices;
  PlPhoneWatch *watch;
  guint n_changes;
  gint64 now_us;
} Watched;

static void
count_cb (Watched *watched)
{
  watched->n_changes++;
}

static void
set_up (Watched *watched, gconstpointer data)
{
  watched->devices = pl_device_list_new ();
  watched->watch = pl_phone_watch_new (watched->devices);
  watched->now_us = BEGIN_US;
  g_signal_connect_swapped (watched->watch, "changed", G_CALLBACK (count_cb), watched);
}

static void
tear_down (Watched *watched, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (watched->watch, watched);
  g_object_unref (watched->watch);
  g_object_unref (watched->devices);
}

/* Requests */

/* A second later, on a connection of its own, answered by Immich. */
static PlRecord *
make (Watched *watched, const char *method, const char *target, const char *user_agent)
{
  PlRecord *record = sample_record (1, method, target, user_agent);

  watched->now_us += SECOND;
  record->started_us = record->connected_us = watched->now_us;
  record->down_bytes = strlen ("{\"res\":\"pong\"}");
  pl_record_set_upstream (record, "127.0.0.1:2283");
  return record;
}

static void
send (Watched *watched, PlRecord *record, gboolean is_outside)
{
  pl_device_list_note (watched->devices, record, 0, record->down_bytes);
  pl_device_list_tell (watched->devices);
  pl_phone_watch_note (watched->watch, record, is_outside);
  pl_phone_watch_tell (watched->watch);
  pl_record_unref (record);
}

/* Ends without Immich; without a target it has asked for nothing. */
static PlRecord *
make_ended (Watched *watched, const char *target, const char *user_agent, PlCloseReason reason)
{
  PlRecord *record = make (watched, *target != '\0' ? "GET" : "", target, user_agent);

  pl_record_set_upstream (record, "");
  record->reason = reason;
  record->status = (guint16) pl_close_get_status (reason);
  return record;
}

static PlRecord *
make_login (Watched *watched, gboolean succeeds)
{
  PlRecord *record = make (watched, "POST", "/api/auth/login", APP);

  record->login = PL_LOGIN_PASSWORD;
  record->login_outcome = succeeds ? PL_LOGIN_SUCCEEDED : PL_LOGIN_FAILED;
  record->status = succeeds ? 201 : 401;
  return record;
}

static void
send_ping (Watched *watched)
{
  send (watched, make (watched, "GET", PING, APP), FALSE);
}

static void
turn_away (Watched *watched, const char *address)
{
  PlTurnedAwayList list = { 0 };
  PlAddress from = sample_address (address);

  watched->now_us += SECOND;
  pl_turned_away_add (&list, &from, 1, watched->now_us);
  pl_phone_watch_note_turned_away (watched->watch, &list);
  pl_phone_watch_tell (watched->watch);
}

/* What is said */

static void
begin (Watched *watched)
{
  watched->now_us += SECOND;
  pl_phone_watch_begin (watched->watch, watched->now_us);
}

static void
wait (Watched *watched, guint seconds)
{
  watched->now_us += seconds * SECOND;
}

static void
expect (Watched *watched, PlPhoneSight sight, const char *beginning, const char *has)
{
  g_autofree char *words = pl_phone_watch_dup_words (watched->watch, watched->now_us);

  g_assert_cmpint (pl_phone_watch_get_sight (watched->watch, watched->now_us), ==, sight);
  g_test_message ("%s", words);
  g_assert_true (g_str_has_prefix (words, beginning));
  g_assert_nonnull (strstr (words, has));
}

static void
expect_arrival (Watched *watched, const char *title)
{
  g_autofree char *words = g_strdup_printf ("%s is here: it works.", title);

  expect (watched, PL_PHONE_ARRIVED, words, "");
  g_assert_nonnull (pl_phone_watch_get_phone (watched->watch));
}

/* Arrival */

static void
test_a_new_phone_arrives (Watched *watched, gconstpointer data)
{
  expect (watched, PL_PHONE_IDLE, "", "");
  begin (watched);
  expect (watched, PL_PHONE_AWAITED, "Waiting for your phone", "");
  watched->n_changes = 0;
  send_ping (watched);
  expect_arrival (watched, "Immich app (Android)");
  g_assert_cmpuint (watched->n_changes, ==, 1);

  send_ping (watched);
  g_assert_cmpuint (watched->n_changes, ==, 1);
  wait (watched, 24 * 60 * 60);
  expect_arrival (watched, "Immich app (Android)");

  begin (watched);
  g_assert_null (pl_phone_watch_get_phone (watched->watch));
  expect (watched, PL_PHONE_AWAITED, "Waiting", "");
}

/* Nobody was waiting, and there it is. */
static void
test_a_new_phone_is_noticed_without_being_awaited (Watched *watched, gconstpointer data)
{
  send (watched, make (watched, "GET", "/photos", BROWSER), FALSE);
  expect_arrival (watched, "Firefox on Linux");
}

static void
test_a_phone_that_is_known_must_come_anew (Watched *watched, gconstpointer data)
{
  PlRecord *record;

  send_ping (watched);
  pl_phone_watch_rest (watched->watch);
  send_ping (watched);
  expect (watched, PL_PHONE_IDLE, "", "");

  begin (watched);
  record = make (watched, "GET", PING, APP);
  record->connected_us = BEGIN_US; /* a connection that was kept */
  send (watched, record, FALSE);
  expect (watched, PL_PHONE_AWAITED, "", "");
  send (watched, make (watched, "GET", "/api/assets/1/thumbnail", APP), FALSE);
  expect (watched, PL_PHONE_AWAITED, "", ""); /* somebody looks at pictures */
  send_ping (watched);
  expect_arrival (watched, "Immich app (Android)");
}

static void
test_another_new_phone_takes_its_place (Watched *watched, gconstpointer data)
{
  PlRecord *record = NULL;

  begin (watched);
  send_ping (watched);
  record = make (watched, "GET", PING, "Immich_iOS_1.135.3");
  record->client = sample_address ("192.168.1.31");
  send (watched, record, FALSE);
  expect_arrival (watched, "Immich app (iOS)");

  send_ping (watched); /* the first one goes on */
  expect_arrival (watched, "Immich app (iOS)");
}

static void
test_who_is_no_phone (Watched *watched, gconstpointer data)
{
  PlAddress own = sample_address ("192.168.1.20");
  PlRecord *record;

  pl_device_list_set_own (watched->devices, &own, 1);
  begin (watched);
  record = make (watched, "GET", PING, BROWSER);
  record->client = own;
  send (watched, record, FALSE);
  record = make (watched, "GET", PING, BROWSER);
  record->client = sample_address ("127.0.0.1");
  send (watched, record, FALSE);
  send (watched, make (watched, "GET", PING, PL_USER_AGENT), FALSE);
  send (watched, make (watched, "GET", "/api/shared-links/me?key=***", BROWSER), FALSE);
  send (watched, make (watched, "GET", "/", BROWSER), TRUE); /* a stranger */
  send (watched, make_ended (watched, "", "", PL_CLOSE_TLS_FAILED), TRUE);
  send (watched, make_ended (watched, "", "", PL_CLOSE_TLS_SPOKEN), TRUE);
  record = make (watched, "GET", PING, BROWSER);
  record->status = 0;
  record->reason = PL_CLOSE_NONE;
  record->state = PL_RECORD_RUNNING; /* not answered yet */
  send (watched, record, FALSE);
  record = make (watched, "GET", "/.porchlight/trust", BROWSER); /* a page of ours */
  pl_record_set_upstream (record, "");
  send (watched, record, FALSE);
  expect (watched, PL_PHONE_AWAITED, "", "");

  send (watched, make (watched, "GET", PING, APP), TRUE); /* one's own, on mobile data */
  expect (watched, PL_PHONE_ARRIVED, "Immich app (Android)", "");
}

/* Nothing */

static void
test_nothing_comes (Watched *watched, gconstpointer data)
{
  begin (watched);
  wait (watched, PL_PHONE_WATCH_PATIENCE_S - 1);
  expect (watched, PL_PHONE_AWAITED, "Waiting", "");
  wait (watched, 1);
  expect (watched, PL_PHONE_UNSEEN, "Nothing has come", "same Wi-Fi");
  send_ping (watched);
  expect_arrival (watched, "Immich app (Android)");
}

static void
test_nothing_is_missed_while_nobody_waits (Watched *watched, gconstpointer data)
{
  wait (watched, 24 * 60 * 60);
  expect (watched, PL_PHONE_IDLE, "", "");
  turn_away (watched, "203.0.113.9");
  expect (watched, PL_PHONE_IDLE, "", "");
  g_assert_cmpuint (watched->n_changes, ==, 0);
}

/* Who is turned away may be anybody, so it is only said where nothing else was seen. */
static void
test_somebody_is_shut_out (Watched *watched, gconstpointer data)
{
  begin (watched);
  turn_away (watched, "203.0.113.9");
  expect (watched, PL_PHONE_AWAITED, "Waiting", "");
  wait (watched, PL_PHONE_WATCH_PATIENCE_S);
  expect (watched, PL_PHONE_SHUT_OUT, "The device at 203.0.113.9 came from outside", "Wi-Fi");
  send (watched, make_ended (watched, "", "", PL_CLOSE_TLS_UNTRUSTED), FALSE);
  expect (watched, PL_PHONE_UNTRUSTING, "The device at 192.168.1.23", "");
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

      set_up (&other, NULL);
      begin (&other);
      other.n_changes = 0;
      send (&other, make_ended (&other, "/.porchlight/trust", "", reasons[i]), FALSE);
      g_assert_cmpuint (other.n_changes, ==, 1);
      turn_away (&other, "203.0.113.9");
      expect (&other, PL_PHONE_AWAITED, "Waiting", "");
      wait (&other, PL_PHONE_WATCH_PATIENCE_S);
      expect (&other, PL_PHONE_HALFWAY, "The device at 192.168.1.23 has been here", "Requests");
      send_ping (&other);
      expect_arrival (&other, "Immich app (Android)");
      tear_down (&other, NULL);
    }
}

/* Nor do strangers, this computer and those that are known tell of a phone by being here. */
static void
test_who_is_here_anyway (Watched *watched, gconstpointer data)
{
  PlRecord *record;

  send_ping (watched);
  begin (watched);
  record = make (watched, "GET", "/api/assets/1", APP);
  record->status = 404;
  send (watched, record, FALSE);
  record = make_ended (watched, "/.porchlight/trust", BROWSER, PL_CLOSE_DONE);
  record->client = sample_address ("127.0.0.1");
  send (watched, record, FALSE);
  record = make_ended (watched, "/.porchlight/trust", BROWSER, PL_CLOSE_DONE);
  record->client = sample_address ("203.0.113.9");
  send (watched, record, TRUE);
  wait (watched, PL_PHONE_WATCH_PATIENCE_S);
  expect (watched, PL_PHONE_UNSEEN, "", "");
}

/* Trouble */

typedef struct
{
  const char *target;
  PlCloseReason reason;
  PlPhoneSight sight;
  const char *has;
} Ending;

static const Ending endings[] = {
  { "", PL_CLOSE_TLS_SPOKEN, PL_PHONE_TRIED_HTTPS, " tried https://. Type http:// for now" },
  { "/", PL_CLOSE_PLAIN_REFUSED, PL_PHONE_NOT_ENCRYPTED, " Type https://" },
  { "", PL_CLOSE_TLS_UNTRUSTED, PL_PHONE_UNTRUSTING, " does not trust " },
  { "", PL_CLOSE_TLS_EXPIRED, PL_PHONE_WRONG_CLOCK, " date and time " },
  { "", PL_CLOSE_TLS_TOO_OLD, PL_PHONE_NO_ENCRYPTION, " broke off " },
  { "", PL_CLOSE_TLS_GONE, PL_PHONE_NO_ENCRYPTION, " broke off " },
  { "", PL_CLOSE_TLS_TIMEOUT, PL_PHONE_NO_ENCRYPTION, " broke off " },
  { "", PL_CLOSE_TLS_FAILED, PL_PHONE_NO_ENCRYPTION, " broke off " },
  { "/", PL_CLOSE_NO_ROUTE, PL_PHONE_WRONG_PATH, " nothing after the port" },
  { "/", PL_CLOSE_PROXY_NOT_TRUSTED, PL_PHONE_BY_PROXY, " another proxy" },
  { "/", PL_CLOSE_NOT_SHARED, PL_PHONE_LINKS_ONLY, " what you shared by link" },
  { "/", PL_CLOSE_UPSTREAM_DOWN, PL_PHONE_NO_IMMICH, " Immich does not answer" },
  { "/", PL_CLOSE_UPSTREAM_TIMEOUT, PL_PHONE_NO_IMMICH, " Immich does not answer" },
  { "/", PL_CLOSE_DEVICE_TURNED_AWAY, PL_PHONE_SENT_AWAY, " turned away" },
  { "/", PL_CLOSE_LOGIN_MUST_WAIT, PL_PHONE_LOGIN_WAITS, " too many wrong passwords" },
};

/* Said at once; also where nobody was waiting, since the device is new. */
static void
test_each_ending_says_what_to_do (Watched *watched, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    for (guint is_awaited = 0; is_awaited < 2; is_awaited++)
      {
        Watched other;

        set_up (&other, NULL);
        if (is_awaited)
          begin (&other);
        other.n_changes = 0;
        send (&other, make_ended (&other, endings[i].target, "", endings[i].reason), FALSE);
        expect (&other, endings[i].sight, "", endings[i].has);
        expect (&other, endings[i].sight, "The device at 192.168.1.23 ", "");
        g_assert_cmpuint (other.n_changes, ==, 1);
        tear_down (&other, NULL);
      }
}

static void
test_trouble_is_over_when_it_works (Watched *watched, gconstpointer data)
{
  begin (watched);
  send (watched, make_ended (watched, "", "", PL_CLOSE_TLS_SPOKEN), FALSE);
  expect (watched, PL_PHONE_TRIED_HTTPS, "", "");
  send_ping (watched);
  expect_arrival (watched, "Immich app (Android)");
}

static void
test_trouble_is_forgotten (Watched *watched, gconstpointer data)
{
  send (watched, make_ended (watched, "", "", PL_CLOSE_TLS_SPOKEN), FALSE);
  wait (watched, 9 * 60);
  expect (watched, PL_PHONE_TRIED_HTTPS, "", "");
  wait (watched, 2 * 60);
  expect (watched, PL_PHONE_IDLE, "", "");

  begin (watched);
  send (watched, make_ended (watched, "", "", PL_CLOSE_TLS_SPOKEN), FALSE);
  wait (watched, 11 * 60);
  expect (watched, PL_PHONE_HALFWAY, "The device at 192.168.1.23 has been here", "");
}

/* What a device did not say is less than what it said. */
static void
test_the_plainer_word_stays (Watched *watched, gconstpointer data)
{
  PlRecord *record;

  begin (watched);
  send (watched, make_ended (watched, "", "", PL_CLOSE_TLS_UNTRUSTED), FALSE);
  send (watched, make_ended (watched, "", "", PL_CLOSE_TLS_GONE), FALSE);
  expect (watched, PL_PHONE_UNTRUSTING, "", "");
  record = make_ended (watched, "", "", PL_CLOSE_TLS_GONE);
  record->client = sample_address ("192.168.1.31");
  send (watched, record, FALSE);
  expect (watched, PL_PHONE_NO_ENCRYPTION, "The device at 192.168.1.31", "");
}

/* That slip is told of any device, this computer too; other trouble of those that are known is no
 * news of a phone. */
static void
test_trouble_of_those_that_are_known (Watched *watched, gconstpointer data)
{
  PlRecord *record;

  send_ping (watched);
  pl_phone_watch_rest (watched->watch);
  send (watched, make_ended (watched, PING, APP, PL_CLOSE_UPSTREAM_DOWN), FALSE);
  send (watched, make_ended (watched, "", "", PL_CLOSE_TLS_UNTRUSTED), FALSE);
  expect (watched, PL_PHONE_IDLE, "", "");
  send (watched, make_ended (watched, "", "", PL_CLOSE_TLS_SPOKEN), FALSE);
  expect (watched, PL_PHONE_TRIED_HTTPS, "Immich app (Android) at 192.168.1.23 tried https://", "");
  send_ping (watched);
  expect (watched, PL_PHONE_IDLE, "", "");

  record = make_ended (watched, "", "", PL_CLOSE_TLS_SPOKEN);
  record->client = sample_address ("127.0.0.1");
  send (watched, record, FALSE);
  expect (watched, PL_PHONE_TRIED_HTTPS, "The device at 127.0.0.1 tried https://", "");
  record = make (watched, "GET", "/", BROWSER);
  record->client = sample_address ("127.0.0.1");
  send (watched, record, FALSE);
  expect (watched, PL_PHONE_IDLE, "", "");

  begin (watched);
  send (watched, make_ended (watched, "", "", PL_CLOSE_TLS_UNTRUSTED), FALSE);
  expect (watched, PL_PHONE_UNTRUSTING, "Immich app (Android) at 192.168.1.23", "");
}

/* A phone that has arrived may yet be refused by Immich, and is then let in. */
static void
test_a_login_is_refused (Watched *watched, gconstpointer data)
{
  begin (watched);
  send_ping (watched);
  send (watched, make_login (watched, FALSE), FALSE);
  expect (watched, PL_PHONE_LOGIN_REFUSED, "Immich app (Android) at 192.168.1.23", "password");
  g_assert_nonnull (pl_phone_watch_get_phone (watched->watch));
  send_ping (watched);
  expect (watched, PL_PHONE_LOGIN_REFUSED, "", "");
  send (watched, make_ended (watched, "/api/auth/login", APP, PL_CLOSE_LOGIN_MUST_WAIT), FALSE);
  expect (watched, PL_PHONE_LOGIN_WAITS, "", "");
  send (watched, make_login (watched, TRUE), FALSE);
  expect_arrival (watched, "Immich app (Android)");
}

/* It is not said to work until it comes again. */
static void
test_a_phone_is_turned_away_once_it_is_here (Watched *watched, gconstpointer data)
{
  g_autoptr (PlTrust) turned_away = pl_trust_new (), nobody = pl_trust_new ();

  g_assert_true (pl_trust_add (turned_away, "192.168.1.23", NULL));
  begin (watched);
  send_ping (watched);
  pl_device_list_set_turned_away (watched->devices, turned_away);
  expect (watched, PL_PHONE_SENT_AWAY, "Immich app (Android) at 192.168.1.23", "turned away");
  pl_device_list_set_turned_away (watched->devices, nobody);
  expect_arrival (watched, "Immich app (Android)");
}

/* The app puts its own paths behind what was typed; Immich answers most of that with a page. */
static void
test_an_address_goes_on_too_far (Watched *watched, gconstpointer data)
{
  PlRecord *record;

  begin (watched);
  record = make (watched, "GET", "/immich/.well-known/immich", APP);
  record->down_bytes = 40000;
  send (watched, record, FALSE);
  expect (watched, PL_PHONE_WRONG_PATH, "Immich app (Android)", "“/immich”");

  record = make (watched, "GET", "/api/api/server/ping?x=1", APP);
  record->status = 404;
  send (watched, record, FALSE);
  expect (watched, PL_PHONE_WRONG_PATH, "Immich app (Android)", "“/api”");

  send (watched, make (watched, "GET", "/photos" PING, APP), FALSE); /* a route leads there */
  expect_arrival (watched, "Immich app (Android)");
}

int
main (int argc, char *argv[])
{
#define TEST(path, function) g_test_add (path, Watched, NULL, set_up, function, tear_down)
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
  TEST ("/phone-watch/trouble/endings", test_each_ending_says_what_to_do);
  TEST ("/phone-watch/trouble/over", test_trouble_is_over_when_it_works);
  TEST ("/phone-watch/trouble/forgotten", test_trouble_is_forgotten);
  TEST ("/phone-watch/trouble/plainer", test_the_plainer_word_stays);
  TEST ("/phone-watch/trouble/known", test_trouble_of_those_that_are_known);
  TEST ("/phone-watch/trouble/login", test_a_login_is_refused);
  TEST ("/phone-watch/trouble/turned-away", test_a_phone_is_turned_away_once_it_is_here);
  TEST ("/phone-watch/trouble/path", test_an_address_goes_on_too_far);
  return g_test_run ();
}
