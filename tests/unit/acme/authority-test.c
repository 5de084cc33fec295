/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of an authority that sets limits, has trouble or talks nonsense, and what is not
 * asked of it at all; and when to renew. */

#include <glib/gstdio.h>

#include "tests/unit/acme/authority.h"
#include "tests/unit/acme/threads.h"

typedef struct
{
  Authority authority;
  gboolean is_back;
  gboolean is_told;
  gint64 start_s, end_s, ask_again_s;
  GError *error;
} Visit;

static void
set_up (Visit *visit, gconstpointer said)
{
  authority_set_up (&visit->authority, said);
}

static void
tear_down (Visit *visit, gconstpointer said)
{
  authority_tear_down (&visit->authority);
  g_clear_error (&visit->error);
}

/* Asking for a certificate */

static void
show_cb (GPtrArray *challenges, gpointer user_data)
{
  g_assert_cmpuint (challenges->len, ==, 0);
}

static void
step_cb (PlAcmeStep step, const char *words, gpointer user_data)
{
}

static void
obtained_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;
  g_autoptr (GBytes) chain = NULL;
  g_autoptr (GBytes) key = NULL;

  g_assert_false (pl_acme_obtain_finish (result, &chain, &key, &visit->error));
  visit->is_back = TRUE;
}

static void
go_with (Visit *visit, GBytes *account_key)
{
  static const PlAcmeFuncs funcs = { show_cb, step_cb };

  pl_acme_obtain_async (visit->authority.wish, account_key, &funcs, NULL, NULL, obtained_cb, visit);
  while (!visit->is_back)
    g_main_context_iteration (NULL, TRUE);
}

static void
go (Visit *visit)
{
  g_autoptr (GBytes) account_key = pl_acme_new_account_key (NULL);

  go_with (visit, account_key);
}

static void
assert_says (const Visit *visit, const char *part)
{
  if (strstr (visit->error->message, part) == NULL)
    g_error ("“%s” is not in “%s”", part, visit->error->message);
}

static const Said limited[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/nonce", 200, NULL, "" },
  { "/account", 429, "7200", PROBLEM ("rateLimited") },
  { NULL },
};

static void
test_limited (Visit *visit, gconstpointer said)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  gint64 retry_s;

  go (visit);
  g_assert_error (visit->error, PL_ACME_ERROR, PL_ACME_ERROR_RATE_LIMITED);
  assert_says (visit, "asked too often");
  retry_s = pl_acme_error_get_retry_s (visit->error);
  g_assert_cmpint (retry_s, >=, now_s + 7200);
  g_assert_cmpint (retry_s, <=, now_s + 7200 + 60);
}

static const Said busy[] = {
  { "/directory", 503, "Wed, 03 May 2028 14:05:00 GMT", "<html>\001" },
  { NULL },
};

/* A date further away than anybody would wait for. */
static void
test_busy (Visit *visit, gconstpointer said)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  go (visit);
  g_assert_error (visit->error, PL_ACME_ERROR, PL_ACME_ERROR_UNREACHABLE);
  assert_says (visit, "trouble of its own");
  g_assert_cmpint (pl_acme_error_get_retry_s (visit->error), >, now_s);
  g_assert_cmpint (pl_acme_error_get_retry_s (visit->error), <=, now_s + 15 * DAY_S);
}

static const Said nonsense[] = {
  { "/directory", 200, NULL, "<html>Good morning</html>" },
  { NULL },
};

static void
test_nonsense (Visit *visit, gconstpointer said)
{
  go (visit);
  g_assert_error (visit->error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER);
}

static void
test_too_long (Visit *visit, gconstpointer said)
{
  visit->authority.long_body = g_strnfill (8 * 1024 * 1024, ' ');
  go (visit);
  g_assert_error (visit->error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER);
}

static const Said elsewhere[] = {
  { "/directory", 301, NULL, "" },
  { NULL },
};

static void
test_elsewhere (Visit *visit, gconstpointer said)
{
  go (visit);
  g_assert_error (visit->error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER);
  g_assert_cmpuint (visit->authority.n_asked, ==, 1);
}

static const Said forgetful[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/nonce", 200, NULL, "" },
  { "/account", 400, NULL, PROBLEM ("badNonce") },
  { NULL },
};

/* An end there is, even where no nonce is ever taken. */
static void
test_forgetful (Visit *visit, gconstpointer said)
{
  go (visit);
  g_assert_error (visit->error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER);
  g_assert_cmpuint (visit->authority.n_asked, ==, 2 + 20);
}

static const Said closing[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/nonce", 200, NULL, "" },
  { "/account", 403, NULL, PROBLEM ("externalAccountRequired") },
  { NULL },
};

/* A kept connection was closed: it is asked once more, with a nonce that was not used yet. */
static void
test_hangs_up (Visit *visit, gconstpointer said)
{
  visit->authority.n_hang_ups = 1;
  go (visit);
  g_assert_error (visit->error, PL_ACME_ERROR, PL_ACME_ERROR_REFUSED);
  g_assert_cmpuint (visit->authority.n_asked, ==, 5);
}

static void
test_hangs_up_again (Visit *visit, gconstpointer said)
{
  visit->authority.n_hang_ups = 2;
  go (visit);
  g_assert_error (visit->error, PL_ACME_ERROR, PL_ACME_ERROR_UNREACHABLE);
  assert_says (visit, "the connection broke off");
  g_assert_cmpuint (visit->authority.n_hang_ups, ==, 0);
}

static const Said ordering[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/nonce", 200, NULL, "" },
  { "/account", 201, NULL, ACCOUNT },
  { "/order", 409, NULL, PROBLEM ("alreadyReplaced") },
  { NULL },
};

#define IDENTIFIERS "\"identifiers\":[{\"type\":\"dns\",\"value\":\"photos.example\"}]"

/* What it replaces is told, and left out when the order is refused for that. */
static void
test_replaces (Visit *visit, gconstpointer said)
{
  visit->authority.wish->replaces = g_bytes_ref (visit->authority.chain);
  go (visit);
  g_assert_error (visit->error, PL_ACME_ERROR, PL_ACME_ERROR_REFUSED);
  g_assert_cmpstr (visit->authority.orders->str, ==,
                   "{" IDENTIFIERS ",\"replaces\":\"AQID.BQ\"}\n{" IDENTIFIERS "}\n");
}

static void
test_replaces_nothing (Visit *visit, gconstpointer said)
{
  go (visit);
  g_assert_cmpstr (visit->authority.orders->str, ==, "{" IDENTIFIERS "}\n");
}

static const Said nameless[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/nonce", 200, NULL, "" },
  { "/account", 201, NULL, "{}" },
  { NULL },
};

/* An account without an address cannot be used. */
static void
test_nameless (Visit *visit, gconstpointer said)
{
  go (visit);
  g_assert_error (visit->error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER);
}

/* What nobody is asked for */

static void
assert_unasked (Visit *visit, const char *part)
{
  g_assert_error (visit->error, PL_ACME_ERROR, PL_ACME_ERROR_REFUSED);
  assert_says (visit, part);
  g_assert_cmpuint (visit->authority.n_asked, ==, 0);
}

static void
test_bad_key (Visit *visit, gconstpointer said)
{
  g_autoptr (GBytes) none = g_bytes_new_static ("no key", 6);

  go_with (visit, none);
  assert_unasked (visit, "account");
}

static void
test_bad_names (Visit *visit, gconstpointer said)
{
  static const char *const names[]
      = { "192.168.1.20", "Photos.example", "a,DNS:b", "*", "a.*.b", "" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *list[] = { names[i], NULL };

      g_strfreev (visit->authority.wish->names);
      visit->authority.wish->names = g_strdupv ((char **) list);
      visit->is_back = FALSE;
      g_clear_error (&visit->error);
      go (visit);
      assert_unasked (visit, "no name that a certificate authority knows");
    }
}

static void
test_wildcard (Visit *visit, gconstpointer said)
{
  g_free (visit->authority.wish->names[0]);
  visit->authority.wish->names[0] = g_strdup ("*.photos.example");
  go (visit);
  assert_unasked (visit, "takes a proof by DNS");
}

static void
test_plain_directory (Visit *visit, gconstpointer said)
{
  g_free (visit->authority.wish->directory);
  visit->authority.wish->directory = g_strdup ("http://127.0.0.1/directory");
  go (visit);
  assert_unasked (visit, "https://");
}

static void
test_no_authorities (Visit *visit, gconstpointer said)
{
  g_unlink (visit->authority.wish->authorities);
  go (visit);
  g_assert_error (visit->error, PL_ACME_ERROR, PL_ACME_ERROR_UNREACHABLE);
  assert_says (visit, "cannot be read");
}

/* Renewal */

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;

  visit->is_told = pl_acme_ask_renewal_finish (result, &visit->start_s, &visit->end_s,
                                               &visit->ask_again_s, &visit->error);
  visit->is_back = TRUE;
}

static void
ask_renewal (Visit *visit)
{
  pl_acme_ask_renewal_async (visit->authority.wish, visit->authority.chain, NULL, told_cb, visit);
  while (!visit->is_back)
    g_main_context_iteration (NULL, TRUE);
}

#define WINDOW                                                                                     \
  "{\"suggestedWindow\":{\"start\":\"2025-01-02T04:00:00Z\",\"end\":\"2025-01-03T04:00:00Z\"}}"

static const Said renewing[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/renewal/AQID.BQ", 200, "21600", WINDOW },
  { NULL },
};

static void
test_renewal (Visit *visit, gconstpointer said)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  ask_renewal (visit);
  g_assert_no_error (visit->error);
  g_assert_true (visit->is_told);
  g_assert_cmpint (visit->start_s, ==, 1735790400);
  g_assert_cmpint (visit->end_s, ==, 1735790400 + DAY_S);
  g_assert_cmpint (visit->ask_again_s, >=, now_s + 21600);
  g_assert_cmpint (visit->ask_again_s, <=, now_s + 21600 + 60);
}

static const Said hasty[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/renewal/", 200, "1", WINDOW },
  { NULL },
};

static void
test_hasty_renewal (Visit *visit, gconstpointer said)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  ask_renewal (visit);
  g_assert_true (visit->is_told);
  g_assert_cmpint (visit->ask_again_s, >=, now_s + 60);
}

static const Said silent[] = {
  { "/directory", 200, NULL,
    "{\"newNonce\":\"%s/nonce\",\"newAccount\":\"%s/account\",\"newOrder\":\"%s/order\"}" },
  { NULL },
};

static void
test_no_renewal (Visit *visit, gconstpointer said)
{
  ask_renewal (visit);
  g_assert_no_error (visit->error);
  g_assert_false (visit->is_told);
}

static const Said wrong[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/renewal/", 200, NULL, "{\"suggestedWindow\":[]}" },
  { NULL },
};

static void
test_wrong_renewal (Visit *visit, gconstpointer said)
{
  ask_renewal (visit);
  g_assert_error (visit->error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER);
}

static void
test_no_chain (Visit *visit, gconstpointer said)
{
  g_bytes_unref (visit->authority.chain);
  visit->authority.chain = g_bytes_new (NULL, 0);
  ask_renewal (visit);
  g_assert_no_error (visit->error);
  g_assert_false (visit->is_told);
  g_assert_cmpuint (visit->authority.n_asked, ==, 0);
}

static void
add (const char *path, const Said *said, void (*test) (Visit *, gconstpointer))
{
  g_test_add (path, Visit, said, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  add ("/acme/authority/limited", limited, test_limited);
  add ("/acme/authority/busy", busy, test_busy);
  add ("/acme/authority/nonsense", nonsense, test_nonsense);
  add ("/acme/authority/too-long", nonsense, test_too_long);
  add ("/acme/authority/elsewhere", elsewhere, test_elsewhere);
  add ("/acme/authority/forgetful", forgetful, test_forgetful);
  add ("/acme/authority/hangs-up", closing, test_hangs_up);
  add ("/acme/authority/hangs-up-again", closing, test_hangs_up_again);
  add ("/acme/authority/replaces", ordering, test_replaces);
  add ("/acme/authority/replaces-nothing", ordering, test_replaces_nothing);
  add ("/acme/authority/nameless", nameless, test_nameless);
  add ("/acme/authority/bad-key", renewing, test_bad_key);
  add ("/acme/authority/bad-names", renewing, test_bad_names);
  add ("/acme/authority/wildcard", renewing, test_wildcard);
  add ("/acme/authority/plain-directory", renewing, test_plain_directory);
  add ("/acme/authority/no-authorities", renewing, test_no_authorities);
  add ("/acme/renewal", renewing, test_renewal);
  add ("/acme/renewal/hasty", hasty, test_hasty_renewal);
  add ("/acme/renewal/none", silent, test_no_renewal);
  add ("/acme/renewal/wrong", wrong, test_wrong_renewal);
  add ("/acme/renewal/no-chain", renewing, test_no_chain);
  status = g_test_run ();
  threads_end ();
  return status;
}
