/* SPDX-License-Identifier: GPL-3.0-or-later */

/* app/model/phone_watch.h: what hinders a phone that is being connected. */

#include "tests/unit/model/watched.h"

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

        watched_set_up (&other, NULL);
        if (is_awaited)
          watched_begin (&other);
        other.n_changes = 0;
        watched_send (&other, watched_make_ended (&other, endings[i].target, "", endings[i].reason),
                      FALSE);
        watched_expect (&other, endings[i].sight, "", endings[i].has);
        watched_expect (&other, endings[i].sight, "The device at 192.168.1.23 ", "");
        g_assert_cmpuint (other.n_changes, ==, 1);
        watched_tear_down (&other, NULL);
      }
}

static void
test_trouble_is_over_when_it_works (Watched *watched, gconstpointer data)
{
  watched_begin (watched);
  watched_send (watched, watched_make_ended (watched, "", "", PL_CLOSE_TLS_SPOKEN), FALSE);
  watched_expect (watched, PL_PHONE_TRIED_HTTPS, "", "");
  watched_send_ping (watched);
  watched_expect_arrival (watched, "Immich app (Android)");
}

static void
test_trouble_is_forgotten (Watched *watched, gconstpointer data)
{
  watched_send (watched, watched_make_ended (watched, "", "", PL_CLOSE_TLS_SPOKEN), FALSE);
  watched_wait (watched, 9 * 60);
  watched_expect (watched, PL_PHONE_TRIED_HTTPS, "", "");
  watched_wait (watched, 2 * 60);
  watched_expect (watched, PL_PHONE_IDLE, "", "");

  watched_begin (watched);
  watched_send (watched, watched_make_ended (watched, "", "", PL_CLOSE_TLS_SPOKEN), FALSE);
  watched_wait (watched, 11 * 60);
  watched_expect (watched, PL_PHONE_HALFWAY, "The device at 192.168.1.23 has been here", "");
}

/* What a device did not say is less than what it said. */
static void
test_the_plainer_word_stays (Watched *watched, gconstpointer data)
{
  PlRecord *record;

  watched_begin (watched);
  watched_send (watched, watched_make_ended (watched, "", "", PL_CLOSE_TLS_UNTRUSTED), FALSE);
  watched_send (watched, watched_make_ended (watched, "", "", PL_CLOSE_TLS_GONE), FALSE);
  watched_expect (watched, PL_PHONE_UNTRUSTING, "", "");
  record = watched_make_ended (watched, "", "", PL_CLOSE_TLS_GONE);
  record->client = sample_address ("192.168.1.31");
  watched_send (watched, record, FALSE);
  watched_expect (watched, PL_PHONE_NO_ENCRYPTION, "The device at 192.168.1.31", "");
}

/* That slip is told of any device, this computer too; other trouble of those that are known is no
 * news of a phone. */
static void
test_trouble_of_those_that_are_known (Watched *watched, gconstpointer data)
{
  PlRecord *record;

  watched_send_ping (watched);
  pl_phone_watch_rest (watched->watch);
  watched_send (watched, watched_make_ended (watched, PING, APP, PL_CLOSE_UPSTREAM_DOWN), FALSE);
  watched_send (watched, watched_make_ended (watched, "", "", PL_CLOSE_TLS_UNTRUSTED), FALSE);
  watched_expect (watched, PL_PHONE_IDLE, "", "");
  watched_send (watched, watched_make_ended (watched, "", "", PL_CLOSE_TLS_SPOKEN), FALSE);
  watched_expect (watched, PL_PHONE_TRIED_HTTPS,
                  "Immich app (Android) at 192.168.1.23 tried https://", "");
  watched_send_ping (watched);
  watched_expect (watched, PL_PHONE_IDLE, "", "");

  record = watched_make_ended (watched, "", "", PL_CLOSE_TLS_SPOKEN);
  record->client = sample_address ("127.0.0.1");
  watched_send (watched, record, FALSE);
  watched_expect (watched, PL_PHONE_TRIED_HTTPS, "The device at 127.0.0.1 tried https://", "");
  record = watched_make (watched, "GET", "/", BROWSER);
  record->client = sample_address ("127.0.0.1");
  watched_send (watched, record, FALSE);
  watched_expect (watched, PL_PHONE_IDLE, "", "");

  watched_begin (watched);
  watched_send (watched, watched_make_ended (watched, "", "", PL_CLOSE_TLS_UNTRUSTED), FALSE);
  watched_expect (watched, PL_PHONE_UNTRUSTING, "Immich app (Android) at 192.168.1.23", "");
}

/* A phone that has arrived may yet be refused by Immich, and is then let in. */
static void
test_a_login_is_refused (Watched *watched, gconstpointer data)
{
  watched_begin (watched);
  watched_send_ping (watched);
  watched_send (watched, watched_make_login (watched, FALSE), FALSE);
  watched_expect (watched, PL_PHONE_LOGIN_REFUSED, "Immich app (Android) at 192.168.1.23",
                  "password");
  g_assert_nonnull (pl_phone_watch_get_phone (watched->watch));
  watched_send_ping (watched);
  watched_expect (watched, PL_PHONE_LOGIN_REFUSED, "", "");
  watched_send (watched,
                watched_make_ended (watched, "/api/auth/login", APP, PL_CLOSE_LOGIN_MUST_WAIT),
                FALSE);
  watched_expect (watched, PL_PHONE_LOGIN_WAITS, "", "");
  watched_send (watched, watched_make_login (watched, TRUE), FALSE);
  watched_expect_arrival (watched, "Immich app (Android)");
}

/* It is not said to work until it comes again. */
static void
test_a_phone_is_turned_away_once_it_is_here (Watched *watched, gconstpointer data)
{
  g_autoptr (PlTrust) turned_away = pl_trust_new (), nobody = pl_trust_new ();

  g_assert_true (pl_trust_add (turned_away, "192.168.1.23", NULL));
  watched_begin (watched);
  watched_send_ping (watched);
  pl_device_list_set_turned_away (watched->devices, turned_away);
  watched_expect (watched, PL_PHONE_SENT_AWAY, "Immich app (Android) at 192.168.1.23",
                  "turned away");
  pl_device_list_set_turned_away (watched->devices, nobody);
  watched_expect_arrival (watched, "Immich app (Android)");
}

/* The app puts its own paths behind what was typed; Immich answers most of that with a page. */
static void
test_an_address_goes_on_too_far (Watched *watched, gconstpointer data)
{
  PlRecord *record;

  watched_begin (watched);
  record = watched_make (watched, "GET", "/immich/.well-known/immich", APP);
  record->down_bytes = 40000;
  watched_send (watched, record, FALSE);
  watched_expect (watched, PL_PHONE_WRONG_PATH, "Immich app (Android)", "“/immich”");

  record = watched_make (watched, "GET", "/api/api/server/ping?x=1", APP);
  record->status = 404;
  watched_send (watched, record, FALSE);
  watched_expect (watched, PL_PHONE_WRONG_PATH, "Immich app (Android)", "“/api”");

  watched_send (watched, watched_make (watched, "GET", "/photos" PING, APP),
                FALSE); /* a route leads there */
  watched_expect_arrival (watched, "Immich app (Android)");
}

int
main (int argc, char *argv[])
{
#define TEST(path, function)                                                                       \
  g_test_add (path, Watched, NULL, watched_set_up, function, watched_tear_down)
  g_test_init (&argc, &argv, NULL);
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
