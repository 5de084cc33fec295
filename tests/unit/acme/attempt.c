/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/acme/attempt.h"

#include "app/certificates/read.h"
#include "tests/unit/acme/threads.h"

/** Case: one for each test, until the program ends. */
typedef struct
{
  const PebbleWays *ways;
  AttemptTest test;
} Case;

static void
set_up (Attempt *attempt, gconstpointer data)
{
  const Case *one = data;
  const char *names[] = { "photos.example", NULL };

  attempt->cancel_at = -1;
  attempt->kill_at = -1;
  attempt->told = g_string_new (NULL);
  attempt->cancellable = g_cancellable_new ();
  attempt->wish = g_new0 (PlAcmeWish, 1);
  attempt->wish->names = g_strdupv ((char **) names);
  if (!pebble_is_here ())
    return;
  attempt->pebble = pebble_start (one->ways);
  attempt->wish->directory = g_strdup (attempt->pebble->directory);
  attempt->wish->authorities = g_strdup (attempt->pebble->authorities);
  attempt->account_key = pl_acme_new_account_key (NULL);
}

static void
tear_down (Attempt *attempt, gconstpointer data)
{
  g_clear_pointer (&attempt->door, door_close);
  g_clear_pointer (&attempt->pebble, pebble_stop);
  g_clear_pointer (&attempt->account_key, g_bytes_unref);
  g_clear_pointer (&attempt->certificate, pl_certificate_unref);
  g_clear_error (&attempt->error);
  g_object_unref (attempt->cancellable);
  pl_acme_wish_free (attempt->wish);
  g_string_free (attempt->told, TRUE);
}

static void
run (Attempt *attempt, gconstpointer data)
{
  const Case *one = data;

  if (attempt->pebble != NULL)
    one->test (attempt);
}

void
attempt_add (const char *path, const PebbleWays *ways, AttemptTest test)
{
  const Case one = { ways, test };

  g_test_add (path, Attempt, g_memdup2 (&one, sizeof one), set_up, run, tear_down);
}

int
attempt_run_all (void)
{
  int status = g_test_run ();

  threads_end ();
  return status;
}

static void
show_cb (GPtrArray *challenges, gpointer user_data)
{
  Attempt *attempt = user_data;

  g_assert_false (attempt->is_back);
  door_show (attempt->door, challenges);
}

static void
step_cb (PlAcmeStep step, const char *words, gpointer user_data)
{
  Attempt *attempt = user_data;

  g_assert_false (attempt->is_back);
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_string_append_printf (attempt->told, "%s\n", words);
  attempt->last_step = step;
  attempt->n_steps_seen++;
  if ((int) step == attempt->cancel_at)
    g_cancellable_cancel (attempt->cancellable);
  if ((int) step == attempt->kill_at)
    pebble_kill (attempt->pebble);
}

static void
obtained_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attempt *attempt = user_data;
  g_autoptr (GBytes) chain = NULL;
  g_autoptr (GBytes) key = NULL;

  attempt->is_back = TRUE;
  if (pl_acme_obtain_finish (result, &chain, &key, &attempt->error))
    {
      g_autoptr (GError) error = NULL;

      attempt->certificate = pl_certificate_read (chain, key, NULL, &error);
      g_assert_no_error (error);
    }
}

void
attempt_begin (Attempt *attempt)
{
  static const PlAcmeFuncs funcs = { show_cb, step_cb };

  if (attempt->door == NULL)
    attempt->door = door_open (0, 0);
  attempt->is_back = FALSE;
  g_clear_error (&attempt->error);
  g_clear_pointer (&attempt->certificate, pl_certificate_unref);
  pl_acme_obtain_async (attempt->wish, attempt->account_key, &funcs, attempt, attempt->cancellable,
                        obtained_cb, attempt);
}

void
attempt_go (Attempt *attempt)
{
  attempt_begin (attempt);
  while (!attempt->is_back)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (door_count_shown (attempt->door), ==, 0);
}

void
attempt_assert_obtained (const Attempt *attempt)
{
  g_assert_no_error (attempt->error);
  for (guint i = 0; attempt->wish->names[i] != NULL; i++)
    g_assert_true (
        g_strv_contains (pl_certificate_get_hosts (attempt->certificate), attempt->wish->names[i]));
  g_assert_cmpint (sk_X509_num (pl_certificate_get_chain (attempt->certificate)), >, 0);
  g_assert_cmpint (attempt->last_step, ==, PL_ACME_STEP_FINISH);
}

void
attempt_assert_says (const Attempt *attempt, const char *part)
{
  if (strstr (attempt->error->message, part) == NULL)
    g_error ("“%s” is not in “%s”", part, attempt->error->message);
}

char *
attempt_dup_hook (Attempt *attempt)
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
                         attempt->pebble->folder, attempt->pebble->dns_url);

  return pebble_dup_program (attempt->pebble, "hook", text);
}

char *
attempt_dup_calls (Attempt *attempt)
{
  g_autofree char *path = g_build_filename (attempt->pebble->folder, "calls", NULL);
  char *calls = NULL;

  return g_file_get_contents (path, &calls, NULL, NULL) ? calls : g_strdup ("");
}
