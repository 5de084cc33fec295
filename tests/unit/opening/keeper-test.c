/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An opening over time: with clocks of the test's own that go, sleep and are set. */

#include "app/opening/keeper.h"

#include <glib/gstdio.h>

#define START_S 1795604400
#define HOUR_S  3600

typedef struct
{
  char *folder;
  char *settings_path;
  char *path;
  PlOpeningKeeper *keeper;
  gboolean is_loaded;
  guint n_looks;
  guint n_over;
  PlOpening over;
} Fixture;

static gint64 wall_s;
static gint64 steady_s;

static gint64
get_wall_us (void)
{
  return wall_s * G_USEC_PER_SEC;
}

static gint64
get_steady_us (void)
{
  return steady_s * G_USEC_PER_SEC;
}

static const PlOpeningClock hands = { get_wall_us, get_steady_us };

static const PlWelcome links = { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS };
static const PlWelcome network = { PL_EXPOSURE_NETWORK, PL_DOOR_LINKS };
static const PlWelcome computer = { PL_EXPOSURE_COMPUTER, PL_DOOR_LINKS };

static void
told_cb (const PlOpening *over, gpointer user_data)
{
  Fixture *fixture = user_data;

  if (over == NULL)
    {
      fixture->n_looks++;
      return;
    }
  fixture->n_over++;
  fixture->over = *over;
}

static void
start (Fixture *fixture)
{
  fixture->keeper = pl_opening_keeper_new (fixture->settings_path, &hands, told_cb, fixture);
  fixture->is_loaded = pl_opening_keeper_load (fixture->keeper);
}

static void
restart (Fixture *fixture)
{
  pl_opening_keeper_free (fixture->keeper);
  start (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  wall_s = START_S;
  steady_s = 1000;
  fixture->folder = g_dir_make_tmp ("porchlight-opening-XXXXXX", NULL);
  fixture->settings_path = g_build_filename (fixture->folder, "porchlight.ini", NULL);
  fixture->path = pl_opening_dup_path (fixture->settings_path);
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  pl_opening_keeper_free (fixture->keeper);
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->settings_path);
  g_free (fixture->path);
}

static void
open_for (Fixture *fixture, gint64 length_s)
{
  PlOpening opening = { links, network, wall_s, wall_s + length_s };

  g_assert_true (pl_opening_check (&opening, NULL));
  pl_opening_keeper_begin (fixture->keeper, &opening);
}

static void
pass (gint64 wall_passed_s, gint64 steady_passed_s)
{
  wall_s += wall_passed_s;
  steady_s += steady_passed_s;
}

static gboolean
is_open (Fixture *fixture)
{
  PlWelcome now = pl_opening_keeper_find_welcome (fixture->keeper, &network);

  return pl_welcome_equal (&now, &links);
}

static gboolean
has_file (Fixture *fixture)
{
  return g_file_test (fixture->path, G_FILE_TEST_EXISTS);
}

static void
ends_by_itself (Fixture *fixture, gconstpointer data)
{
  g_assert_false (is_open (fixture));
  open_for (fixture, HOUR_S);
  g_assert_true (is_open (fixture));
  g_assert_cmpint (pl_opening_keeper_get_left_s (fixture->keeper), ==, HOUR_S);
  g_assert_null (pl_opening_keeper_flush (fixture->keeper));
  g_assert_true (has_file (fixture));

  pass (HOUR_S - 1, HOUR_S - 1);
  pl_opening_keeper_look (fixture->keeper);
  g_assert_cmpuint (fixture->n_looks, ==, 1);
  g_assert_true (is_open (fixture));
  g_assert_cmpint (pl_opening_keeper_get_left_s (fixture->keeper), ==, 1);

  pass (1, 1);
  pl_opening_keeper_look (fixture->keeper);
  g_assert_cmpuint (fixture->n_over, ==, 1);
  g_assert_true (pl_welcome_equal (&fixture->over.before, &network));
  g_assert_false (is_open (fixture));
  g_assert_false (has_file (fixture));
  pl_opening_keeper_look (fixture->keeper);
  g_assert_cmpuint (fixture->n_over, ==, 1);
}

/* The timer alone, by the system's own time. */
static void
is_looked_at (Fixture *fixture, gconstpointer data)
{
  open_for (fixture, 1);
  pass (1, 1);
  while (fixture->n_over == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_open (fixture));
}

static void
ends_when_it_is_wished (Fixture *fixture, gconstpointer data)
{
  open_for (fixture, HOUR_S);
  pl_opening_keeper_end (fixture->keeper);
  g_assert_false (is_open (fixture));
  g_assert_false (has_file (fixture));
  g_assert_cmpuint (fixture->n_over, ==, 0);
  restart (fixture);
  g_assert_false (is_open (fixture));
}

static void
is_replaced (Fixture *fixture, gconstpointer data)
{
  open_for (fixture, HOUR_S);
  open_for (fixture, 60);
  g_assert_cmpint (pl_opening_keeper_get_left_s (fixture->keeper), ==, 60);
  restart (fixture);
  g_assert_cmpint (pl_opening_keeper_get_left_s (fixture->keeper), ==, 60);
  open_for (fixture, 2 * HOUR_S);
  g_assert_cmpint (pl_opening_keeper_get_left_s (fixture->keeper), ==, 2 * HOUR_S);
}

/* The steady clock may begin anew with the computer. */
static void
outlasts_a_restart (Fixture *fixture, gconstpointer data)
{
  open_for (fixture, HOUR_S);
  pass (600, 600);
  pl_opening_keeper_flush (fixture->keeper);
  steady_s = 5;
  restart (fixture);
  g_assert_true (fixture->is_loaded);
  g_assert_true (is_open (fixture));
  g_assert_cmpint (pl_opening_keeper_get_left_s (fixture->keeper), ==, HOUR_S - 600);

  pass (HOUR_S, HOUR_S);
  restart (fixture);
  g_assert_false (fixture->is_loaded);
  g_assert_false (is_open (fixture));
  g_assert_false (has_file (fixture));
  restart (fixture);
  g_assert_true (fixture->is_loaded);
}

/* Whatever timers did meanwhile. */
static void
ends_while_asleep (Fixture *fixture, gconstpointer data)
{
  open_for (fixture, HOUR_S);
  pass (8 * HOUR_S, 0); /* a system whose steady clock sleeps, too */
  pl_opening_keeper_look (fixture->keeper);
  g_assert_false (is_open (fixture));
}

static void
is_not_longer_by_a_clock_set_back (Fixture *fixture, gconstpointer data)
{
  open_for (fixture, HOUR_S);
  pass (-5 * HOUR_S, 0);
  pl_opening_keeper_look (fixture->keeper);
  g_assert_false (is_open (fixture)); /* far before its beginning: nothing is known of the time */

  open_for (fixture, HOUR_S);
  pass (-240 + 1800, 1800);
  pl_opening_keeper_look (fixture->keeper);
  g_assert_true (is_open (fixture));
  g_assert_cmpint (pl_opening_keeper_get_left_s (fixture->keeper), ==, HOUR_S - 1800);
  pass (1800, 1800);
  pl_opening_keeper_look (fixture->keeper);
  g_assert_false (is_open (fixture));
}

static void
is_put_back_as_it_was (Fixture *fixture, gconstpointer data)
{
  g_autofree PlKeptOpening *none = pl_opening_keeper_dup (fixture->keeper);
  g_autofree PlKeptOpening *before = NULL;

  g_assert_null (none);
  open_for (fixture, HOUR_S);
  pass (-240 + 1800, 1800);
  before = pl_opening_keeper_dup (fixture->keeper);
  open_for (fixture, 60);
  pl_opening_keeper_put_back (fixture->keeper, before);
  g_assert_cmpint (pl_opening_keeper_get_left_s (fixture->keeper), ==, HOUR_S - 1800);
  pl_opening_keeper_end (fixture->keeper);
  pl_opening_keeper_put_back (fixture->keeper, before);
  g_assert_true (is_open (fixture));
  g_assert_null (pl_opening_keeper_flush (fixture->keeper));
  g_assert_true (has_file (fixture));

  pl_opening_keeper_put_back (fixture->keeper, none);
  g_assert_false (is_open (fixture));
  g_assert_false (has_file (fixture));
}

static void
ends_by_a_clock_set_forward (Fixture *fixture, gconstpointer data)
{
  open_for (fixture, HOUR_S);
  pass (HOUR_S, 1);
  pl_opening_keeper_look (fixture->keeper);
  g_assert_false (is_open (fixture));
}

/* Set back before a start it lasts no longer than it was to in all, and only if that is a little.
 */
static void
is_bounded_over_a_restart (Fixture *fixture, gconstpointer data)
{
  open_for (fixture, HOUR_S);
  pl_opening_keeper_flush (fixture->keeper);
  pass (-200, 10);
  restart (fixture);
  g_assert_cmpint (pl_opening_keeper_get_left_s (fixture->keeper), ==, HOUR_S);
  pass (HOUR_S, HOUR_S);
  pl_opening_keeper_look (fixture->keeper);
  g_assert_false (is_open (fixture));

  open_for (fixture, HOUR_S);
  pl_opening_keeper_flush (fixture->keeper);
  pass (-HOUR_S, 10);
  restart (fixture);
  g_assert_false (is_open (fixture));
}

static void
is_over_when_the_settings_are_others (Fixture *fixture, gconstpointer data)
{
  PlWelcome now;

  open_for (fixture, HOUR_S);
  g_assert_false (pl_opening_keeper_settle (fixture->keeper, &network));
  now = pl_opening_keeper_find_welcome (fixture->keeper, &computer);
  g_assert_true (pl_welcome_equal (&now, &computer));
  g_assert_true (pl_opening_keeper_settle (fixture->keeper, &computer));
  g_assert_false (is_open (fixture));
  g_assert_false (has_file (fixture));
  g_assert_false (pl_opening_keeper_settle (fixture->keeper, &computer));
}

/* It holds, but for this run alone. */
static void
tells_that_it_cannot_be_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *below = g_build_filename (fixture->settings_path, "below", "a.ini", NULL);
  g_autoptr (PlOpeningKeeper) keeper = pl_opening_keeper_new (below, &hands, told_cb, fixture);
  PlOpening opening = { links, network, wall_s, wall_s + HOUR_S };

  g_assert_true (g_file_set_contents (fixture->settings_path, "", 0, NULL));
  pl_opening_keeper_begin (keeper, &opening);
  g_assert_nonnull (pl_opening_keeper_flush (keeper));
  g_assert_nonnull (pl_opening_keeper_get (keeper));
  g_remove (fixture->settings_path);
}

static void
forgets_a_bad_file (Fixture *fixture, gconstpointer data)
{
  g_assert_true (g_file_set_contents (fixture->path, "[opening]\nexposure=internet\n", -1, NULL));
  restart (fixture);
  g_assert_null (pl_opening_keeper_get (fixture->keeper));
  g_assert_false (has_file (fixture));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/opening/keeper/ends", ends_by_itself },
    { "/opening/keeper/timer", is_looked_at },
    { "/opening/keeper/wished", ends_when_it_is_wished },
    { "/opening/keeper/replaced", is_replaced },
    { "/opening/keeper/restart", outlasts_a_restart },
    { "/opening/keeper/asleep", ends_while_asleep },
    { "/opening/keeper/set-back", is_not_longer_by_a_clock_set_back },
    { "/opening/keeper/put-back", is_put_back_as_it_was },
    { "/opening/keeper/set-forward", ends_by_a_clock_set_forward },
    { "/opening/keeper/bounded", is_bounded_over_a_restart },
    { "/opening/keeper/others", is_over_when_the_settings_are_others },
    { "/opening/keeper/not-kept", tells_that_it_cannot_be_kept },
    { "/opening/keeper/bad-file", forgets_a_bad_file },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
