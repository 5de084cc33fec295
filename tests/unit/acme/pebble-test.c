/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Certificates from pebble, which is strict, refuses good nonces, and looks for proofs for real. */

#include "tests/unit/acme/attempt.h"

static const PebbleWays harsh = { .nonces_refused = 50 };
static const PebbleWays usual = { .nonces_refused = 5 };
static const PebbleWays binding = { .nonces_refused = 5, .binds = TRUE };

/* Ways */

static void
test_tls_alpn (Attempt *attempt)
{
  attempt->door = door_open (0, attempt->pebble->tls_port);
  attempt_go (attempt);
  attempt_assert_obtained (attempt);
  g_assert_nonnull (strstr (attempt->told->str, "port 443 of photos.example"));
  g_assert_null (strstr (attempt->told->str, "port 80 "));
}

static void
test_http (Attempt *attempt)
{
  attempt->door = door_open (attempt->pebble->http_port, 0);
  attempt_go (attempt);
  attempt_assert_obtained (attempt);
  g_assert_nonnull (strstr (attempt->told->str, "port 80 of photos.example"));
}

static void
test_two_names (Attempt *attempt)
{
  const char *names[] = { "photos.example", "immich.example", NULL };

  g_strfreev (attempt->wish->names);
  attempt->wish->names = g_strdupv ((char **) names);
  attempt->door = door_open (attempt->pebble->http_port, 0);
  attempt_go (attempt);
  attempt_assert_obtained (attempt);
}

static void
test_again (Attempt *attempt)
{
  g_autofree char *first = NULL;

  attempt->wish->email = g_strdup ("me@photos.example");
  attempt->door = door_open (0, attempt->pebble->tls_port);
  attempt_go (attempt);
  attempt_assert_obtained (attempt);
  first = g_strdup (pl_certificate_get_fingerprint (attempt->certificate));
  attempt_go (attempt);
  attempt_assert_obtained (attempt);
  g_assert_cmpstr (first, !=, pl_certificate_get_fingerprint (attempt->certificate));
}

/* Accounts that the authority has already */

static void
test_binding (Attempt *attempt)
{
  attempt->wish->eab_id = g_strdup ("kid-1");
  attempt->wish->eab_key = g_strdup (PEBBLE_EAB_KEY);
  attempt->door = door_open (0, attempt->pebble->tls_port);
  attempt_go (attempt);
  attempt_assert_obtained (attempt);
}

static void
test_without_binding (Attempt *attempt)
{
  attempt_go (attempt);
  g_assert_error (attempt->error, PL_ACME_ERROR, PL_ACME_ERROR_REFUSED);
  attempt_assert_says (attempt, "only those who have an account there");
}

static void
test_wrong_binding (Attempt *attempt)
{
  attempt->wish->eab_id = g_strdup ("kid-1");
  attempt->wish->eab_key
      = g_strdup ("AAAAZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W");
  attempt_go (attempt);
  g_assert_error (attempt->error, PL_ACME_ERROR, PL_ACME_ERROR_REFUSED);
  attempt_assert_says (attempt, "account");
}

/* DNS */

static void
test_dns (Attempt *attempt)
{
  const char *names[] = { "*.photos.example", NULL };
  g_autofree char *calls = NULL;

  g_strfreev (attempt->wish->names);
  attempt->wish->names = g_strdupv ((char **) names);
  attempt->wish->dns_hook = attempt_dup_hook (attempt);
  attempt_go (attempt);
  attempt_assert_obtained (attempt);
  calls = attempt_dup_calls (attempt);
  g_assert_cmpstr (calls, ==,
                   "add _acme-challenge.photos.example\nremove _acme-challenge.photos.example\n");
}

static void
test_dns_fails (Attempt *attempt)
{
  attempt->wish->dns_hook = pebble_dup_program (
      attempt->pebble, "hook", "import sys\nsys.exit('I go on\\nThe password is wrong.')\n");
  attempt_go (attempt);
  g_assert_error (attempt->error, PL_ACME_ERROR, PL_ACME_ERROR_NOT_PROVEN);
  attempt_assert_says (attempt, "ended with 1");
  attempt_assert_says (attempt, "“The password is wrong.”");
  g_assert_nonnull (strstr (attempt->told->str, "may still be in the DNS"));
}

static void
test_dns_missing (Attempt *attempt)
{
  attempt->wish->dns_hook = pebble_dup_program (attempt->pebble, "hook", "pass\n");
  attempt_go (attempt);
  g_assert_error (attempt->error, PL_ACME_ERROR, PL_ACME_ERROR_NOT_PROVEN);
  attempt_assert_says (attempt, "_acme-challenge.photos.example");
}

static void
test_dns_no_program (Attempt *attempt)
{
  attempt->wish->dns_hook = g_build_filename (attempt->pebble->folder, "nothing", NULL);
  attempt_go (attempt);
  g_assert_error (attempt->error, PL_ACME_ERROR, PL_ACME_ERROR_NOT_PROVEN);
  attempt_assert_says (attempt, "cannot be started");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  attempt_add ("/acme/pebble/tls-alpn", &harsh, test_tls_alpn);
  attempt_add ("/acme/pebble/http", &harsh, test_http);
  attempt_add ("/acme/pebble/two-names", &usual, test_two_names);
  attempt_add ("/acme/pebble/again", &usual, test_again);
  attempt_add ("/acme/pebble/binding", &binding, test_binding);
  attempt_add ("/acme/pebble/without-binding", &binding, test_without_binding);
  attempt_add ("/acme/pebble/wrong-binding", &binding, test_wrong_binding);
  attempt_add ("/acme/pebble/dns", &harsh, test_dns);
  attempt_add ("/acme/pebble/dns-fails", &usual, test_dns_fails);
  attempt_add ("/acme/pebble/dns-missing", &usual, test_dns_missing);
  attempt_add ("/acme/pebble/dns-no-program", &usual, test_dns_no_program);
  return attempt_run_all ();
}
