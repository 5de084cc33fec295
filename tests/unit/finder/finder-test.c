/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "app/finder/finder.h"
#include "app/finder/verdict.h"
#include "tests/unit/finder/fake.h"

static void
add_place (GPtrArray *places, PlPlaceKind kind, guint16 port)
{
  g_ptr_array_add (places, pl_place_new (kind, "127.0.0.1", port));
}

static GPtrArray *
new_places (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) pl_place_free);
}

static void
run (PlFinder *finder)
{
  while (pl_finder_get_running (finder))
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_found (PlFinder *finder, guint position, const char *format, guint port)
{
  g_autoptr (PlFinding) finding = g_list_model_get_item (G_LIST_MODEL (finder), position);
  g_autofree char *words = pl_finding_dup_words (finding);
  g_autofree char *suffix = g_strdup_printf (", port %u", port);
  g_autofree char *expected = g_strconcat (format, suffix, NULL);

  g_assert_cmpstr (words, ==, expected);
}

static guint
count (PlFinder *finder)
{
  return g_list_model_get_n_items (G_LIST_MODEL (finder));
}

static void
test_search (void)
{
  g_autoptr (Fake) now = fake_new (FAKE_NOW);
  g_autoptr (Fake) folded = fake_new (FAKE_FOLDED);
  g_autoptr (Fake) page = fake_new (FAKE_PAGE);
  g_autoptr (PlFinder) finder = pl_finder_new ();
  GPtrArray *places = new_places ();
  g_autofree char *words = NULL;

  add_place (places, PL_PLACE_COMPUTER, fake_get_port (page));
  add_place (places, PL_PLACE_NETWORK, fake_get_port (folded));
  add_place (places, PL_PLACE_COMPUTER, fake_get_port (now));
  pl_finder_start (finder, places);
  g_assert_true (pl_finder_get_running (finder));
  run (finder);

  g_assert_cmpfloat (pl_finder_get_progress (finder), ==, 1);
  g_assert_cmpuint (count (finder), ==, 2);
  assert_found (finder, 0, "Immich 1.100 at 127.0.0.1", fake_get_port (folded));
  assert_found (finder, 1, "Immich 1.135 on this computer", fake_get_port (now));
  words = pl_finder_dup_words (finder);
  g_assert_cmpstr (words, ==, "Found 2 Immich servers");
}

/* A container's own address and its published port lead to one Immich; the port is better. */
static void
test_same (void)
{
  g_autoptr (Fake) published = fake_new (FAKE_NOW);
  g_autoptr (Fake) container = fake_new (FAKE_NOW);
  g_autoptr (Fake) other = fake_new (FAKE_FOLDED);

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (PlFinder) finder = pl_finder_new ();
      GPtrArray *places = new_places ();
      add_place (places, PL_PLACE_COMPUTER, fake_get_port (published));
      add_place (places, PL_PLACE_CONTAINER, fake_get_port (container));
      add_place (places, PL_PLACE_CONTAINER, fake_get_port (other));
      add_place (places, PL_PLACE_COMPUTER, fake_get_port (published));
      pl_finder_start (finder, places);
      run (finder);
      g_assert_cmpuint (count (finder), ==, 2);
      assert_found (finder, 0, "Immich 1.135 on this computer", fake_get_port (published));
      assert_found (finder, 1, "Immich 1.100 in a container on this computer",
                    fake_get_port (other));
    }
}

static void
test_again (void)
{
  g_autoptr (Fake) now = fake_new (FAKE_NOW);
  g_autoptr (PlFinder) finder = pl_finder_new ();

  for (guint i = 0; i < 2; i++)
    {
      GPtrArray *places = new_places ();
      add_place (places, PL_PLACE_COMPUTER, fake_get_port (now));
      pl_finder_start (finder, places);
      run (finder);
      g_assert_cmpuint (count (finder), ==, 1);
    }
  pl_finder_clear (finder);
  g_assert_cmpuint (count (finder), ==, 0);
  pl_finder_start (finder, new_places ());
  g_assert_false (pl_finder_get_running (finder));
}

/* More than are asked at once; what was found before the end stays. */
static void
test_cancel (void)
{
  g_autoptr (Fake) silent = fake_new (FAKE_SILENT);
  g_autoptr (Fake) now = fake_new (FAKE_NOW);
  g_autoptr (PlFinder) finder = pl_finder_new ();
  GPtrArray *places = new_places ();
  g_autofree char *words = NULL;

  add_place (places, PL_PLACE_COMPUTER, fake_get_port (now));
  for (guint i = 0; i < 200; i++)
    add_place (places, PL_PLACE_NETWORK, fake_get_port (silent));
  pl_finder_start (finder, places);
  while (count (finder) == 0)
    g_main_context_iteration (NULL, TRUE);
  pl_finder_cancel (finder);
  g_assert_false (pl_finder_get_running (finder));
  g_assert_cmpuint (count (finder), ==, 1);
  pl_finder_clear (finder);
  words = pl_finder_dup_words (finder);
  g_assert_cmpstr (words, ==, "The search was stopped.");
}

static void
cancel_cb (PlFinder *finder)
{
  pl_finder_cancel (finder);
}

static void
test_cancel_from_within (void)
{
  g_autoptr (Fake) now = fake_new (FAKE_NOW);
  g_autoptr (PlFinder) finder = pl_finder_new ();
  GPtrArray *places = new_places ();

  g_signal_connect (finder, "items-changed", G_CALLBACK (cancel_cb), NULL);
  add_place (places, PL_PLACE_COMPUTER, fake_get_port (now));
  pl_finder_start (finder, places);
  run (finder);
  g_assert_cmpuint (count (finder), ==, 1);
}

static void
test_dropped (void)
{
  g_autoptr (Fake) silent = fake_new (FAKE_SILENT);
  GPtrArray *places = new_places ();

  {
    g_autoptr (PlFinder) finder = pl_finder_new ();
    add_place (places, PL_PLACE_COMPUTER, fake_get_port (silent));
    pl_finder_start (finder, places);
    g_main_context_iteration (NULL, FALSE);
  }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static PlVerdictKind
judge (PlVerdict *verdict, const char *text)
{
  pl_verdict_set_text (verdict, text);
  while (pl_verdict_get_kind (verdict) == PL_VERDICT_ASKING)
    g_main_context_iteration (NULL, TRUE);
  return pl_verdict_get_kind (verdict);
}

static void
test_verdicts (void)
{
  g_autoptr (Fake) now = fake_new (FAKE_NOW);
  g_autoptr (Fake) page = fake_new (FAKE_PAGE);
  g_autoptr (Fake) half = fake_new_at (FAKE_SERVER, "127.0.0.79", 0);
  g_autoptr (Fake) parts = fake_new (FAKE_SERVER | FAKE_WEB);
  g_autoptr (Fake) own = fake_new (FAKE_NOW);
  g_autoptr (Fake) loop = fake_new (FAKE_LOOP);
  g_autoptr (Fake) resting = fake_new (FAKE_MAINTENANCE);
  g_autofree char *closed = fake_dup_closed_url ();
  const struct
  {
    const char *text;
    PlVerdictKind kind;
    const char *words;
  } cases[] = {
    { "192.168.", PL_VERDICT_NO_ADDRESS, "not an address yet" },
    { "ftp://photos.example", PL_VERDICT_NO_ADDRESS, "begins with http://" },
    { closed, PL_VERDICT_NOBODY, "nobody answers there" },
    { fake_get_url (page), PL_VERDICT_OTHER, "“Nextcloud”" },
    { "127.0.0.1:99999", PL_VERDICT_NO_ADDRESS, "from 1 to 65535" },
    { fake_get_url (half), PL_VERDICT_PART, "server part of Immich 1.82" },
    { fake_get_url (own), PL_VERDICT_PORCHLIGHT, "Porchlight itself" },
    { fake_get_url (loop), PL_VERDICT_PORCHLIGHT, "Porchlight itself" },
    { fake_get_url (parts), PL_VERDICT_IMMICH, "server and web apart" },
    { fake_get_url (now), PL_VERDICT_IMMICH, "Immich 1.135 on this computer" },
    { fake_get_url (resting), PL_VERDICT_IMMICH, "in maintenance; its admin can end it there" },
    { "  ", PL_VERDICT_NONE, "" },
  };
  g_autoptr (PlVerdict) verdict = pl_verdict_new (fake_get_port (own));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (judge (verdict, cases[i].text), ==, cases[i].kind);
      g_assert_nonnull (strstr (pl_verdict_get_words (verdict), cases[i].words));
      g_assert_cmpint (pl_verdict_get_judgment (verdict) != NULL, ==,
                       cases[i].kind != PL_VERDICT_NONE);
    }
  g_assert_cmpuint (fake_get_n_requests (own), ==, 0);
}

static void
test_finding (void)
{
  g_autoptr (Fake) parts = fake_new (FAKE_SERVER | FAKE_WEB);
  g_autoptr (PlVerdict) verdict = pl_verdict_new (8080);
  PlFinding *finding;

  judge (verdict, fake_get_url (parts));
  finding = pl_verdict_get_judgment (verdict)->finding;
  g_assert_cmpstr (pl_finding_get_url (finding), ==, fake_get_url (parts));
  g_assert_cmpstr (pl_finding_get_web_url (finding), ==, fake_get_url (parts));
  g_assert_cmpstr (pl_finding_get_health_path (finding), ==, "/server-info/ping");
}

/* Only what stands still is asked for, and an answer to what stood there before is not heard. */
static void
test_typing (void)
{
  g_autoptr (Fake) now = fake_new (FAKE_NOW);
  g_autoptr (Fake) silent = fake_new (FAKE_SILENT);
  g_autoptr (PlVerdict) verdict = pl_verdict_new (8080);
  const char *url = fake_get_url (now);

  for (gsize length = 1; length <= strlen (url); length++)
    {
      g_autofree char *part = g_strndup (url, length);
      pl_verdict_set_text (verdict, part);
      g_main_context_iteration (NULL, FALSE);
      g_assert_cmpint (pl_verdict_get_kind (verdict), ==, PL_VERDICT_ASKING);
    }
  g_assert_cmpuint (fake_get_n_requests (now), ==, 0);

  pl_verdict_set_text (verdict, fake_get_url (silent));
  while (fake_get_n_requests (silent) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (judge (verdict, url), ==, PL_VERDICT_IMMICH);
}

/* Who presses Return does not wait for the text to stand still. */
static void
test_hurry (void)
{
  g_autoptr (Fake) now = fake_new (FAKE_NOW);
  g_autoptr (PlVerdict) verdict = pl_verdict_new (8080);
  gint64 started_us = g_get_monotonic_time ();

  pl_verdict_hurry (verdict);
  g_assert_cmpint (pl_verdict_get_kind (verdict), ==, PL_VERDICT_NONE);
  pl_verdict_set_text (verdict, fake_get_url (now));
  pl_verdict_hurry (verdict);
  while (fake_get_n_requests (now) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - started_us, <, 300 * 1000);
  pl_verdict_hurry (verdict);
  while (pl_verdict_get_kind (verdict) == PL_VERDICT_ASKING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (pl_verdict_get_kind (verdict), ==, PL_VERDICT_IMMICH);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finder/search", test_search);
  g_test_add_func ("/finder/same", test_same);
  g_test_add_func ("/finder/again", test_again);
  g_test_add_func ("/finder/cancel", test_cancel);
  g_test_add_func ("/finder/cancel-from-within", test_cancel_from_within);
  g_test_add_func ("/finder/dropped", test_dropped);
  g_test_add_func ("/finder/verdicts", test_verdicts);
  g_test_add_func ("/finder/finding", test_finding);
  g_test_add_func ("/finder/typing", test_typing);
  g_test_add_func ("/finder/hurry", test_hurry);
  return g_test_run ();
}
