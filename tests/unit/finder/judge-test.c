/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/judge.h"

#include <string.h>

#include "tests/unit/finder/fake.h"

typedef struct
{
  GMainLoop *loop;
  PlJudgment *judgment;
  GError *error;
} Outcome;

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->judgment = pl_judge_finish (result, &outcome->error);
  g_main_loop_quit (outcome->loop);
}

static void
list_judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->judgment = pl_judge_list_finish (result, &outcome->error);
  g_main_loop_quit (outcome->loop);
}

static PlJudgment *
judge (const char *text)
{
  Outcome outcome = { .loop = g_main_loop_new (NULL, FALSE) };

  pl_judge_async (text, 8080, NULL, NULL, judged_cb, &outcome);
  g_main_loop_run (outcome.loop);
  g_main_loop_unref (outcome.loop);
  g_assert_no_error (outcome.error);
  return outcome.judgment;
}

static PlJudgment *
judge_list (const char *text, const char *known)
{
  Outcome outcome = { .loop = g_main_loop_new (NULL, FALSE) };

  pl_judge_list_async (text, known, 8080, NULL, NULL, list_judged_cb, &outcome);
  g_main_loop_run (outcome.loop);
  g_main_loop_unref (outcome.loop);
  g_assert_no_error (outcome.error);
  return outcome.judgment;
}

/* Where several addresses may be meant, the one at which there is an Immich. */
static void
test_what_was_meant (void)
{
  g_autoptr (Fake) fake = fake_new_at (FAKE_NOW, "127.0.0.81", 80);

  if (fake == NULL)
    {
      g_test_skip ("port 80 of 127.0.0.81 cannot be had");
      return;
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (PlJudgment) judgment = judge (i == 0 ? "127.0.0.81" : "http://127.0.0.81");
      g_assert_cmpint (judgment->kind, ==, PL_VERDICT_IMMICH);
      g_assert_cmpstr (judgment->url, ==, "http://127.0.0.81:80");
      g_assert_nonnull (judgment->finding);
    }
}

/* Where there is none, the likeliest; and only what may be right is left to be insisted on. */
static void
test_what_may_be_insisted_on (void)
{
  g_autoptr (Fake) page = fake_new (FAKE_PAGE);
  g_autoptr (Fake) loop = fake_new (FAKE_LOOP);
  g_autofree char *closed = fake_dup_closed_url ();
  const struct
  {
    const char *text;
    gboolean is_doubtful;
    const char *url;
  } cases[] = {
    { closed, TRUE, closed },
    { fake_get_url (page), TRUE, fake_get_url (page) },
    { "127.0.0.82", TRUE, "http://127.0.0.82:2283" },
    { fake_get_url (loop), FALSE, fake_get_url (loop) },
    { "8080", FALSE, "http://127.0.0.1:8080" },
    { "nas:x", FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PlJudgment) judgment = judge (cases[i].text);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (pl_judgment_is_doubtful (judgment), ==, cases[i].is_doubtful);
      g_assert_cmpstr (judgment->url, ==, cases[i].url);
      g_assert_null (judgment->finding);
      g_assert_cmpuint (strlen (judgment->words), >, 0);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (Fake) silent = fake_new (FAKE_SILENT);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { .loop = g_main_loop_new (NULL, FALSE) };

  pl_judge_async (fake_get_url (silent), 8080, NULL, cancellable, judged_cb, &outcome);
  while (fake_get_n_requests (silent) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  g_main_loop_run (outcome.loop);
  g_main_loop_unref (outcome.loop);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (outcome.judgment);
  g_error_free (outcome.error);
}

static void
test_lists (void)
{
  g_autoptr (Fake) one = fake_new (FAKE_NOW);
  g_autoptr (Fake) two = fake_new (FAKE_FOLDED);
  g_autofree char *closed = fake_dup_closed_url ();
  g_autofree char *both = g_strjoin ("; ", fake_get_url (one), fake_get_url (two), NULL);
  g_autofree char *both_found = g_strjoin (";", fake_get_url (one), fake_get_url (two), NULL);
  g_autofree char *with_closed = g_strjoin (";", closed, fake_get_url (one), NULL);

  g_autoptr (PlJudgment) good = judge_list (both, "");
  g_assert_cmpint (good->kind, ==, PL_VERDICT_IMMICH);
  g_assert_cmpstr (good->url, ==, both_found);

  g_autoptr (PlJudgment) bad = judge_list (with_closed, fake_get_url (one));
  g_assert_cmpint (bad->kind, ==, PL_VERDICT_NOBODY);
  g_assert_cmpstr (bad->url, ==, with_closed);

  /* What is in use already is left alone, however it is written. */
  guint n_requests = fake_get_n_requests (one);
  g_autoptr (PlJudgment) known = judge_list (with_closed, with_closed + strlen ("http://"));
  g_assert_cmpint (known->kind, ==, PL_VERDICT_IMMICH);
  g_assert_cmpstr (known->url, ==, with_closed);
  g_assert_cmpuint (fake_get_n_requests (one), ==, n_requests);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finder/judge/what-was-meant", test_what_was_meant);
  g_test_add_func ("/finder/judge/what-may-be-insisted-on", test_what_may_be_insisted_on);
  g_test_add_func ("/finder/judge/cancelled", test_cancelled);
  g_test_add_func ("/finder/judge/lists", test_lists);
  return g_test_run ();
}
