/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Certificates from pebble, which is strict, refuses good nonces, and looks for proofs for real. */

#include "app/acme/acme.h"

#include "app/certificates/read.h"
#include "tests/unit/acme/door.h"
#include "tests/unit/acme/pebble.h"
#include "tests/unit/acme/threads.h"

/* One try, and what is seen of it. */
typedef struct
{
  Pebble *pebble;
  Door *door;
  PlAcmeWish *wish;
  GBytes *account_key;
  GCancellable *cancellable;
  int cancel_at; /* a step; -1: none */
  int kill_at;   /* the same: when pebble is ended */
  guint n_steps_seen;
  PlAcmeStep last_step;
  GString *told;
  gboolean is_back;
  PlCertificate *certificate;
  GError *error;
} Try;

static const PebbleWays harsh = { .nonces_refused = 50 };
static const PebbleWays usual = { .nonces_refused = 5 };
static const PebbleWays binding = { .nonces_refused = 5, .binds = TRUE };
static const PebbleWays slow = { .nonces_refused = 5, .sleeps = TRUE };

static void
set_up (Try *try, gconstpointer ways)
{
  const char *names[] = { "photos.example", NULL };

  try->cancel_at = -1;
  try->kill_at = -1;
  try->told = g_string_new (NULL);
  try->cancellable = g_cancellable_new ();
  try->wish = g_new0 (PlAcmeWish, 1);
  try->wish->names = g_strdupv ((char **) names);
  if (!pebble_is_here ())
    return;
  try->pebble = pebble_start (ways);
  try->wish->directory = g_strdup (try->pebble->directory);
  try->wish->authorities = g_strdup (try->pebble->authorities);
  try->account_key = pl_acme_new_account_key (NULL);
}

static void
tear_down (Try *try, gconstpointer ways)
{
  g_clear_pointer (&try->door, door_close);
  g_clear_pointer (&try->pebble, pebble_stop);
  g_clear_pointer (&try->account_key, g_bytes_unref);
  g_clear_pointer (&try->certificate, pl_certificate_unref);
  g_clear_error (&try->error);
  g_object_unref (try->cancellable);
  pl_acme_wish_free (try->wish);
  g_string_free (try->told, TRUE);
}

static void
show_cb (GPtrArray *challenges, gpointer user_data)
{
  Try *try = user_data;

  g_assert_false (try->is_back);
  door_show (try->door, challenges);
}

static void
step_cb (PlAcmeStep step, const char *words, gpointer user_data)
{
  Try *try = user_data;

  g_assert_false (try->is_back);
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_string_append_printf (try->told, "%s\n", words);
  try->last_step = step;
  try->n_steps_seen++;
  if ((int) step == try->cancel_at)
    g_cancellable_cancel (try->cancellable);
  if ((int) step == try->kill_at)
    pebble_kill (try->pebble);
}

static void
obtained_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Try *try = user_data;
  g_autoptr (GBytes) chain = NULL;
  g_autoptr (GBytes) key = NULL;

  try->is_back = TRUE;
  if (pl_acme_obtain_finish (result, &chain, &key, &try->error))
    {
      g_autoptr (GError) error = NULL;

      try->certificate = pl_certificate_read (chain, key, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
begin (Try *try)
{
  static const PlAcmeFuncs funcs = { show_cb, step_cb };

  if (try->door == NULL)
    try->door = door_open (0, 0);
  try->is_back = FALSE;
  g_clear_error (&try->error);
  g_clear_pointer (&try->certificate, pl_certificate_unref);
  pl_acme_obtain_async (try->wish, try->account_key, &funcs, try, try->cancellable, obtained_cb,
                        try);
}

static void
go (Try *try)
{
  begin (try);
  while (!try->is_back)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (door_count_shown (try->door), ==, 0);
}

static void
assert_obtained (Try *try)
{
  g_assert_no_error (try->error);
  for (guint i = 0; try->wish->names[i] != NULL; i++)
    g_assert_true (
        g_strv_contains (pl_certificate_get_hosts (try->certificate), try->wish->names[i]));
  g_assert_cmpint (sk_X509_num (pl_certificate_get_chain (try->certificate)), >, 0);
  g_assert_cmpint (try->last_step, ==, PL_ACME_STEP_FINISH);
}

static void
assert_says (const Try *try, const char *part)
{
  if (strstr (try->error->message, part) == NULL)
    g_error ("“%s” is not in “%s”", part, try->error->message);
}

/* Ways */

static void
test_tls_alpn (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  try->door = door_open (0, try->pebble->tls_port);
  go (try);
  assert_obtained (try);
  g_assert_nonnull (strstr (try->told->str, "port 443 of photos.example"));
  g_assert_null (strstr (try->told->str, "port 80 "));
}

static void
test_http (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  try->door = door_open (try->pebble->http_port, 0);
  go (try);
  assert_obtained (try);
  g_assert_nonnull (strstr (try->told->str, "port 80 of photos.example"));
}

static void
test_two_names (Try *try, gconstpointer ways)
{
  const char *names[] = { "photos.example", "immich.example", NULL };

  if (try->pebble == NULL)
    return;
  g_strfreev (try->wish->names);
  try->wish->names = g_strdupv ((char **) names);
  try->door = door_open (try->pebble->http_port, 0);
  go (try);
  assert_obtained (try);
}

static void
test_again (Try *try, gconstpointer ways)
{
  g_autofree char *first = NULL;

  if (try->pebble == NULL)
    return;
  try->wish->email = g_strdup ("me@photos.example");
  try->door = door_open (0, try->pebble->tls_port);
  go (try);
  assert_obtained (try);
  first = g_strdup (pl_certificate_get_fingerprint (try->certificate));
  go (try);
  assert_obtained (try);
  g_assert_cmpstr (first, !=, pl_certificate_get_fingerprint (try->certificate));
}

/* Failures */

static void
test_nobody (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  go (try);
  g_assert_error (try->error, PL_ACME_ERROR, PL_ACME_ERROR_NOT_PROVEN);
  /* Pebble calls a closed port 443 “unauthorized”, Let's Encrypt “connection”. */
  assert_says (try, "ort 443 of photos.example");
  assert_says (try, "could not reach port 80 of photos.example from outside");
}

static void
test_somebody_else (Try *try, gconstpointer ways)
{
  g_autoptr (Door) other = NULL;

  if (try->pebble == NULL)
    return;
  other = door_open (try->pebble->http_port, 0);
  go (try);
  g_assert_error (try->error, PL_ACME_ERROR, PL_ACME_ERROR_NOT_PROVEN);
  assert_says (try, "On port 80 of photos.example somebody else answers");
}

static void
test_no_record (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  pebble_forget_address (try->pebble);
  go (try);
  g_assert_error (try->error, PL_ACME_ERROR, PL_ACME_ERROR_NOT_PROVEN);
  /* Pebble has no problem of type “dns”: problem-test has its words. */
  assert_says (try, "ould not resolve");
}

static void
test_unreachable (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  g_free (try->wish->directory);
  try->wish->directory = g_strdup_printf ("https://127.0.0.1:%u/dir", try->pebble->http_port);
  go (try);
  g_assert_error (try->error, PL_ACME_ERROR, PL_ACME_ERROR_UNREACHABLE);
  assert_says (try, "nobody answers there");
}

/* Connections break off, and nobody takes new ones. */
static void
test_killed (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  try->kill_at = PL_ACME_STEP_ACCOUNT;
  go (try);
  g_assert_error (try->error, PL_ACME_ERROR, PL_ACME_ERROR_UNREACHABLE);
}

/* The same while there is a proof, which is taken away. */
static void
test_killed_looking (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  try->door = door_open (0, try->pebble->tls_port);
  try->kill_at = PL_ACME_STEP_PROVE;
  go (try);
  g_assert_error (try->error, PL_ACME_ERROR, PL_ACME_ERROR_UNREACHABLE);
}

static void
test_untrusted (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  g_clear_pointer (&try->wish->authorities, g_free);
  go (try);
  g_assert_error (try->error, PL_ACME_ERROR, PL_ACME_ERROR_UNREACHABLE);
  assert_says (try, "not one that this computer trusts");
}

static void
test_not_a_directory (Try *try, gconstpointer ways)
{
  g_autofree char *directory = NULL;

  if (try->pebble == NULL)
    return;
  directory = try->wish->directory;
  try->wish->directory = g_strconcat (directory, "ectory", NULL);
  go (try);
  g_assert_error (try->error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER);
}

/* Accounts that the authority has already */

static void
test_binding (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  try->wish->eab_id = g_strdup ("kid-1");
  try->wish->eab_key = g_strdup (PEBBLE_EAB_KEY);
  try->door = door_open (0, try->pebble->tls_port);
  go (try);
  assert_obtained (try);
}

static void
test_without_binding (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  go (try);
  g_assert_error (try->error, PL_ACME_ERROR, PL_ACME_ERROR_REFUSED);
  assert_says (try, "only those who have an account there");
}

static void
test_wrong_binding (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  try->wish->eab_id = g_strdup ("kid-1");
  try->wish->eab_key
      = g_strdup ("AAAAZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W");
  go (try);
  g_assert_error (try->error, PL_ACME_ERROR, PL_ACME_ERROR_REFUSED);
  assert_says (try, "account");
}

/* DNS */

static char *
dup_hook (Try *try)
{
  g_autofree char *text
      = g_strdup_printf ("import json, sys, urllib.request\n"
                         "verb, record, value = sys.argv[1:]\n"
                         "open('%s/calls', 'a').write(f'{verb} {record}\\n')\n"
                         "question = {'host': record + '.', 'value': value}\n"
                         "path = {'add': 'set-txt', 'remove': 'clear-txt'}[verb]\n"
                         "urllib.request.install_opener(urllib.request.build_opener("
                         "urllib.request.ProxyHandler({})))\n"
                         "urllib.request.urlopen('%s/' + path, json.dumps(question).encode())\n",
                         try->pebble->folder, try->pebble->dns_url);

  return pebble_dup_program (try->pebble, "hook", text);
}

static char *
dup_calls (Try *try)
{
  g_autofree char *path = g_build_filename (try->pebble->folder, "calls", NULL);
  char *calls = NULL;

  return g_file_get_contents (path, &calls, NULL, NULL) ? calls : g_strdup ("");
}

static void
test_dns (Try *try, gconstpointer ways)
{
  const char *names[] = { "*.photos.example", NULL };
  g_autofree char *calls = NULL;

  if (try->pebble == NULL)
    return;
  g_strfreev (try->wish->names);
  try->wish->names = g_strdupv ((char **) names);
  try->wish->dns_hook = dup_hook (try);
  go (try);
  assert_obtained (try);
  calls = dup_calls (try);
  g_assert_cmpstr (calls, ==,
                   "add _acme-challenge.photos.example\nremove _acme-challenge.photos.example\n");
}

static void
test_dns_fails (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  try->wish->dns_hook = pebble_dup_program (
      try->pebble, "hook", "import sys\nsys.exit('I go on\\nThe password is wrong.')\n");
  go (try);
  g_assert_error (try->error, PL_ACME_ERROR, PL_ACME_ERROR_NOT_PROVEN);
  assert_says (try, "ended with 1");
  assert_says (try, "“The password is wrong.”");
  g_assert_nonnull (strstr (try->told->str, "may still be in the DNS"));
}

static void
test_dns_missing (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  try->wish->dns_hook = pebble_dup_program (try->pebble, "hook", "pass\n");
  go (try);
  g_assert_error (try->error, PL_ACME_ERROR, PL_ACME_ERROR_NOT_PROVEN);
  assert_says (try, "_acme-challenge.photos.example");
}

static void
test_dns_no_program (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  try->wish->dns_hook = g_build_filename (try->pebble->folder, "nothing", NULL);
  go (try);
  g_assert_error (try->error, PL_ACME_ERROR, PL_ACME_ERROR_NOT_PROVEN);
  assert_says (try, "cannot be started");
}

/* Cancellation */

static void
test_cancel (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  try->door = door_open (0, try->pebble->tls_port);
  for (int step = PL_ACME_STEP_ACCOUNT; step <= PL_ACME_STEP_FINISH; step++)
    {
      try->cancel_at = step;
      g_object_unref (try->cancellable);
      try->cancellable = g_cancellable_new ();
      go (try);
      g_assert_error (try->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (try->last_step, ==, step);
    }
}

static void
test_cancelled_before (Try *try, gconstpointer ways)
{
  if (try->pebble == NULL)
    return;
  g_cancellable_cancel (try->cancellable);
  go (try);
  g_assert_error (try->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (try->n_steps_seen, ==, 0);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (((Try *) user_data)->cancellable);
  return G_SOURCE_REMOVE;
}

/* While the authority takes its time. */
static void
test_cancel_waiting (Try *try, gconstpointer ways)
{
  gint64 begin_us = g_get_monotonic_time ();

  if (try->pebble == NULL)
    return;
  try->door = door_open (0, try->pebble->tls_port);
  begin (try);
  while (door_count_shown (try->door) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_timeout_add (100, cancel_cb, try);
  while (!try->is_back)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (try->certificate == NULL);
  g_assert_error (try->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (door_count_shown (try->door), ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 20 * G_USEC_PER_SEC);
}

static void
test_cancel_hook (Try *try, gconstpointer ways)
{
  g_autofree char *calls = NULL;
  g_autofree char *text = NULL;

  if (try->pebble == NULL)
    return;
  text = g_strdup_printf ("import sys, time\n"
                          "open('%s/calls', 'a').write(sys.argv[1] + '\\n')\n"
                          "time.sleep(600 if sys.argv[1] == 'add' else 0)\n",
                          try->pebble->folder);
  try->wish->dns_hook = pebble_dup_program (try->pebble, "hook", text);
  begin (try);
  while ((calls = dup_calls (try)) != NULL && *calls == '\0')
    {
      g_clear_pointer (&calls, g_free);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10 * 1000);
    }
  g_cancellable_cancel (try->cancellable);
  while (!try->is_back)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (try->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_pointer (&calls, g_free);
  calls = dup_calls (try);
  g_assert_cmpstr (calls, ==, "add\nremove\n");
}

static void
add (const char *path, const PebbleWays *ways, void (*test) (Try *, gconstpointer))
{
  g_test_add (path, Try, ways, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  add ("/acme/pebble/tls-alpn", &harsh, test_tls_alpn);
  add ("/acme/pebble/http", &harsh, test_http);
  add ("/acme/pebble/two-names", &usual, test_two_names);
  add ("/acme/pebble/again", &usual, test_again);
  add ("/acme/pebble/nobody", &usual, test_nobody);
  add ("/acme/pebble/somebody-else", &usual, test_somebody_else);
  add ("/acme/pebble/no-record", &usual, test_no_record);
  add ("/acme/pebble/unreachable", &usual, test_unreachable);
  add ("/acme/pebble/killed", &usual, test_killed);
  add ("/acme/pebble/killed-looking", &slow, test_killed_looking);
  add ("/acme/pebble/untrusted", &usual, test_untrusted);
  add ("/acme/pebble/not-a-directory", &usual, test_not_a_directory);
  add ("/acme/pebble/binding", &binding, test_binding);
  add ("/acme/pebble/without-binding", &binding, test_without_binding);
  add ("/acme/pebble/wrong-binding", &binding, test_wrong_binding);
  add ("/acme/pebble/dns", &harsh, test_dns);
  add ("/acme/pebble/dns-fails", &usual, test_dns_fails);
  add ("/acme/pebble/dns-missing", &usual, test_dns_missing);
  add ("/acme/pebble/dns-no-program", &usual, test_dns_no_program);
  add ("/acme/pebble/cancel", &harsh, test_cancel);
  add ("/acme/pebble/cancelled-before", &usual, test_cancelled_before);
  add ("/acme/pebble/cancel-waiting", &slow, test_cancel_waiting);
  add ("/acme/pebble/cancel-hook", &usual, test_cancel_hook);
  status = g_test_run ();
  threads_end ();
  return status;
}
