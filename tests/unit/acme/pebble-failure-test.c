/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where pebble makes no certificate: what is not proven, who is not there, and what is given up. */

#include "tests/unit/acme/attempt.h"

static const PebbleWays harsh = { .nonces_refused = 50 };
static const PebbleWays usual = { .nonces_refused = 5 };
static const PebbleWays slow = { .nonces_refused = 5, .sleeps = TRUE };

/* Failures */

static void
test_nobody (Attempt *attempt)
{
  attempt_go (attempt);
  g_assert_error (attempt->error, PL_ACME_ERROR, PL_ACME_ERROR_NOT_PROVEN);
  /* Pebble calls a closed port 443 “unauthorized”, Let's Encrypt “connection”. */
  attempt_assert_says (attempt, "ort 443 of photos.example");
  attempt_assert_says (attempt, "could not reach port 80 of photos.example from outside");
}

static void
test_somebody_else (Attempt *attempt)
{
  g_autoptr (Door) other = door_open (attempt->pebble->http_port, 0);

  attempt_go (attempt);
  g_assert_error (attempt->error, PL_ACME_ERROR, PL_ACME_ERROR_NOT_PROVEN);
  attempt_assert_says (attempt, "On port 80 of photos.example somebody else answers");
}

static void
test_no_record (Attempt *attempt)
{
  pebble_forget_address (attempt->pebble);
  attempt_go (attempt);
  g_assert_error (attempt->error, PL_ACME_ERROR, PL_ACME_ERROR_NOT_PROVEN);
  /* Pebble has no problem of type “dns”: problem-test has its words. */
  attempt_assert_says (attempt, "ould not resolve");
}

static void
test_unreachable (Attempt *attempt)
{
  g_free (attempt->wish->directory);
  attempt->wish->directory
      = g_strdup_printf ("https://127.0.0.1:%u/dir", attempt->pebble->http_port);
  attempt_go (attempt);
  g_assert_error (attempt->error, PL_ACME_ERROR, PL_ACME_ERROR_UNREACHABLE);
  attempt_assert_says (attempt, "nobody answers there");
}

/* Connections break off, and nobody takes new ones. */
static void
test_killed (Attempt *attempt)
{
  attempt->kill_at = PL_ACME_STEP_ACCOUNT;
  attempt_go (attempt);
  g_assert_error (attempt->error, PL_ACME_ERROR, PL_ACME_ERROR_UNREACHABLE);
}

/* The same while there is a proof, which is taken away. */
static void
test_killed_looking (Attempt *attempt)
{
  attempt->door = door_open (0, attempt->pebble->tls_port);
  attempt->kill_at = PL_ACME_STEP_PROVE;
  attempt_go (attempt);
  g_assert_error (attempt->error, PL_ACME_ERROR, PL_ACME_ERROR_UNREACHABLE);
}

static void
test_untrusted (Attempt *attempt)
{
  g_clear_pointer (&attempt->wish->authorities, g_free);
  attempt_go (attempt);
  g_assert_error (attempt->error, PL_ACME_ERROR, PL_ACME_ERROR_UNREACHABLE);
  attempt_assert_says (attempt, "not one that this computer trusts");
}

static void
test_not_a_directory (Attempt *attempt)
{
  g_autofree char *directory = attempt->wish->directory;

  attempt->wish->directory = g_strconcat (directory, "ectory", NULL);
  attempt_go (attempt);
  g_assert_error (attempt->error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER);
}

/* Cancellation */

static void
test_cancel (Attempt *attempt)
{
  attempt->door = door_open (0, attempt->pebble->tls_port);
  for (int step = PL_ACME_STEP_ACCOUNT; step <= PL_ACME_STEP_FINISH; step++)
    {
      attempt->cancel_at = step;
      g_object_unref (attempt->cancellable);
      attempt->cancellable = g_cancellable_new ();
      attempt_go (attempt);
      g_assert_error (attempt->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (attempt->last_step, ==, step);
    }
}

static void
test_cancelled_before (Attempt *attempt)
{
  g_cancellable_cancel (attempt->cancellable);
  attempt_go (attempt);
  g_assert_error (attempt->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (attempt->n_steps_seen, ==, 0);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (((Attempt *) user_data)->cancellable);
  return G_SOURCE_REMOVE;
}

/* While the authority takes its time. */
static void
test_cancel_waiting (Attempt *attempt)
{
  gint64 begin_us = g_get_monotonic_time ();

  attempt->door = door_open (0, attempt->pebble->tls_port);
  attempt_begin (attempt);
  while (door_count_shown (attempt->door) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_timeout_add (100, cancel_cb, attempt);
  while (!attempt->is_back)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (attempt->certificate == NULL);
  g_assert_error (attempt->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (door_count_shown (attempt->door), ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 20 * G_USEC_PER_SEC);
}

static void
test_cancel_hook (Attempt *attempt)
{
  g_autofree char *calls = NULL;
  g_autofree char *text = NULL;

  text = g_strdup_printf ("import sys, time\n"
                          "open('%s/calls', 'a').write(sys.argv[1] + '\\n')\n"
                          "time.sleep(600 if sys.argv[1] == 'add' else 0)\n",
                          attempt->pebble->folder);
  attempt->wish->dns_hook = pebble_dup_program (attempt->pebble, "hook", text);
  attempt_begin (attempt);
  while ((calls = attempt_dup_calls (attempt)) != NULL && *calls == '\0')
    {
      g_clear_pointer (&calls, g_free);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10 * 1000);
    }
  g_cancellable_cancel (attempt->cancellable);
  while (!attempt->is_back)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (attempt->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_pointer (&calls, g_free);
  calls = attempt_dup_calls (attempt);
  g_assert_cmpstr (calls, ==, "add\nremove\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  attempt_add ("/acme/pebble/nobody", &usual, test_nobody);
  attempt_add ("/acme/pebble/somebody-else", &usual, test_somebody_else);
  attempt_add ("/acme/pebble/no-record", &usual, test_no_record);
  attempt_add ("/acme/pebble/unreachable", &usual, test_unreachable);
  attempt_add ("/acme/pebble/killed", &usual, test_killed);
  attempt_add ("/acme/pebble/killed-looking", &slow, test_killed_looking);
  attempt_add ("/acme/pebble/untrusted", &usual, test_untrusted);
  attempt_add ("/acme/pebble/not-a-directory", &usual, test_not_a_directory);
  attempt_add ("/acme/pebble/cancel", &harsh, test_cancel);
  attempt_add ("/acme/pebble/cancelled-before", &usual, test_cancelled_before);
  attempt_add ("/acme/pebble/cancel-waiting", &slow, test_cancel_waiting);
  attempt_add ("/acme/pebble/cancel-hook", &usual, test_cancel_hook);
  return attempt_run_all ();
}
