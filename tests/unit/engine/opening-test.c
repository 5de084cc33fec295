/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is open for a while: what runs, what is told, and that nothing keeps it open. The clocks are
 * the test's own. */

#include <glib/gstdio.h>
#include <string.h>

#include "app/engine/engine_private.h"
#include "tests/unit/engine/stage.h"

#define HOUR_S 3600

static gint64 passed_s;

static gint64
get_wall_us (void)
{
  return g_get_real_time () + passed_s * G_USEC_PER_SEC;
}

static gint64
get_steady_us (void)
{
  return g_get_monotonic_time () + passed_s * G_USEC_PER_SEC;
}

static const PlOpeningClock hands = { get_wall_us, get_steady_us };

static const PlWelcome network = { PL_EXPOSURE_NETWORK, PL_DOOR_LINKS };
static const PlWelcome links = { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS };
static const PlWelcome everything = { PL_EXPOSURE_INTERNET, PL_DOOR_EVERYTHING };

static void
use_hands (Stage *stage)
{
  pl_opening_keeper_set_clock (stage->engine->opening, &hands);
}

static void
start (Stage *stage)
{
  passed_s = 0;
  use_hands (stage);
  stage_start_demo (stage);
}

/* As the timer would. */
static void
pass (Stage *stage, gint64 seconds)
{
  passed_s += seconds;
  pl_opening_keeper_look (stage->engine->opening);
}

static gint64
get_now_s (void)
{
  return get_wall_us () / G_USEC_PER_SEC;
}

static void
open_for (Stage *stage, const PlWelcome *welcome, gint64 length_s)
{
  g_autoptr (GError) error = NULL;

  pl_engine_open_until (stage->engine, welcome, get_now_s () + length_s, &error);
  g_assert_no_error (error);
}

/* What is told and what runs are the same. */
static void
assert_welcome (Stage *stage, PlExposure exposure, PlDoorRule world)
{
  const PlConfig *config = pl_runner_get_config (stage->engine->runner);
  g_autoptr (PlDoor) door = pl_door_new ();

  pl_door_set_rule (door, PL_CIRCLE_WORLD, world);
  g_assert_cmpint (pl_engine_get_exposure (stage->engine), ==, exposure);
  g_assert_cmpint (pl_engine_get_world (stage->engine), ==, world);
  g_assert_cmpint (config->exposure, ==, exposure);
  g_assert_cmpint (pl_door_get_rule (config->door, PL_CIRCLE_WORLD), ==,
                   pl_door_get_rule (door, PL_CIRCLE_WORLD));
}

static char *
dup_file (Stage *stage)
{
  char *data = NULL;

  g_assert_true (g_file_get_contents (stage->path, &data, NULL, NULL));
  return data;
}

static void
count_cb (guint *n_told)
{
  ++*n_told;
}

static void
goes_back_by_itself (Stage *stage, gconstpointer data)
{
  guint n_told = 0;

  start (stage);
  g_signal_connect_swapped (stage->engine, "notify::exposure", G_CALLBACK (count_cb), &n_told);
  g_autofree char *before = dup_file (stage);
  open_for (stage, &network, HOUR_S);
  g_assert_cmpuint (n_told, ==, 1);
  assert_welcome (stage, PL_EXPOSURE_NETWORK, PL_DOOR_LINKS);
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_NETWORK);
  const char *words = pl_engine_get_open_words (stage->engine);
  g_assert_true (g_str_has_prefix (words, "Open to your network until "));
  g_assert_nonnull (strstr (words, "1 h left; then to this computer only"));

  pass (stage, HOUR_S - 120);
  assert_welcome (stage, PL_EXPOSURE_NETWORK, PL_DOOR_LINKS);
  g_assert_nonnull (strstr (pl_engine_get_open_words (stage->engine), "2 min left"));
  pass (stage, 120);
  g_assert_cmpuint (n_told, ==, 2);
  assert_welcome (stage, PL_EXPOSURE_COMPUTER, PL_DOOR_LINKS);
  g_assert_null (pl_engine_get_open_words (stage->engine));
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_COMPUTER);

  g_autofree char *after = dup_file (stage);
  g_assert_cmpstr (after, ==, before);
}

static void
is_closed_at_once (Stage *stage, gconstpointer data)
{
  start (stage);
  open_for (stage, &everything, HOUR_S);
  assert_welcome (stage, PL_EXPOSURE_INTERNET, PL_DOOR_EVERYTHING);
  pl_engine_end_opening (stage->engine);
  assert_welcome (stage, PL_EXPOSURE_COMPUTER, PL_DOOR_LINKS);
  pl_engine_end_opening (stage->engine);
}

static void
outlasts_the_program (Stage *stage, gconstpointer data)
{
  start (stage);
  open_for (stage, &links, HOUR_S);
  stage_restart (stage);
  passed_s += 600;
  use_hands (stage);
  pl_engine_start (stage->engine);
  stage_wait_until (stage, stage_is_answered);
  assert_welcome (stage, PL_EXPOSURE_INTERNET, PL_DOOR_LINKS);

  stage_restart (stage);
  passed_s += HOUR_S;
  use_hands (stage);
  pl_engine_start (stage->engine);
  stage_wait_until (stage, stage_is_answered);
  assert_welcome (stage, PL_EXPOSURE_COMPUTER, PL_DOOR_LINKS);
}

/* Other settings may change meanwhile, and what is built anew is open as well. */
static void
stays_while_other_settings_change (Stage *stage, gconstpointer data)
{
  g_autofree char *port = g_strdup_printf ("%u", stage->port + 1);

  start (stage);
  open_for (stage, &links, HOUR_S);
  g_assert_true (pl_engine_set_setting (stage->engine, "listen", "port", port, NULL));
  assert_welcome (stage, PL_EXPOSURE_INTERNET, PL_DOOR_LINKS);
  pl_engine_set_paused (stage->engine, TRUE);
  pl_engine_set_paused (stage->engine, FALSE);
  assert_welcome (stage, PL_EXPOSURE_INTERNET, PL_DOOR_LINKS);
  pass (stage, HOUR_S);
  assert_welcome (stage, PL_EXPOSURE_COMPUTER, PL_DOOR_LINKS);
  g_assert_cmpuint (pl_runner_get_config (stage->engine->runner)->port, ==, stage->port + 1);
}

/* Be it another exposure, the one that is open, or the one it would go back to. */
static void
ends_with_the_switch (Stage *stage, gconstpointer data)
{
  start (stage);
  for (PlExposure chosen = PL_EXPOSURE_COMPUTER; chosen <= PL_EXPOSURE_INTERNET; chosen++)
    {
      pl_engine_set_exposure (stage->engine, PL_EXPOSURE_COMPUTER);
      open_for (stage, &network, HOUR_S);
      pl_engine_set_exposure (stage->engine, chosen);
      g_assert_null (pl_engine_get_opening (stage->engine));
      assert_welcome (stage, chosen, PL_DOOR_LINKS);
      g_assert_cmpint (pl_engine_get_settled_welcome (stage->engine).exposure, ==, chosen);
    }
}

static void
ends_with_a_setting (Stage *stage, gconstpointer data)
{
  start (stage);
  open_for (stage, &links, HOUR_S);
  g_assert_true (pl_engine_set_setting (stage->engine, "listen", "exposure", "network", NULL));
  assert_welcome (stage, PL_EXPOSURE_NETWORK, PL_DOOR_LINKS);
  open_for (stage, &links, HOUR_S);
  g_assert_true (pl_engine_set_setting (stage->engine, "door", "world", "everything", NULL));
  assert_welcome (stage, PL_EXPOSURE_NETWORK, PL_DOOR_EVERYTHING);
}

/* Where it may come in for a while alone it sees more for that while; where it may anyway, what it
 * sees is chosen for good. */
static void
shows_other_things (Stage *stage, gconstpointer data)
{
  start (stage);
  open_for (stage, &links, HOUR_S);
  pl_engine_set_world (stage->engine, PL_DOOR_EVERYTHING);
  assert_welcome (stage, PL_EXPOSURE_INTERNET, PL_DOOR_EVERYTHING);
  g_assert_nonnull (pl_engine_get_opening (stage->engine));
  pass (stage, HOUR_S);
  assert_welcome (stage, PL_EXPOSURE_COMPUTER, PL_DOOR_LINKS);

  pl_engine_let_internet_in (stage->engine, PL_DOOR_LINKS);
  open_for (stage, &everything, HOUR_S);
  assert_welcome (stage, PL_EXPOSURE_INTERNET, PL_DOOR_EVERYTHING);
  pl_engine_set_world (stage->engine, PL_DOOR_LINKS);
  g_assert_null (pl_engine_get_opening (stage->engine));
  assert_welcome (stage, PL_EXPOSURE_INTERNET, PL_DOOR_LINKS);
}

static void
refuses_what_is_none (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  PlWelcome alone = { PL_EXPOSURE_COMPUTER, PL_DOOR_LINKS };

  start (stage);
  g_assert_false (pl_engine_open_until (stage->engine, &alone, get_now_s () + HOUR_S, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_false (pl_engine_open_until (stage->engine, &network, get_now_s (), NULL));
  assert_welcome (stage, PL_EXPOSURE_COMPUTER, PL_DOOR_LINKS);
}

/* A file that has become unreadable keeps nothing open. */
static void
goes_back_whatever_became_of_files (Stage *stage, gconstpointer data)
{
  start (stage);
  open_for (stage, &links, HOUR_S);
  g_assert_true (g_file_set_contents (stage->path, "[listen\n", -1, NULL));
  while (pl_settings_keeper_get_state (stage->engine->keeper) != PL_KEPT_BROKEN)
    g_main_context_iteration (NULL, TRUE);
  assert_welcome (stage, PL_EXPOSURE_INTERNET, PL_DOOR_LINKS);
  pass (stage, HOUR_S);
  assert_welcome (stage, PL_EXPOSURE_COMPUTER, PL_DOOR_LINKS);
}

/* While paused nobody comes in; what is over then is so when it goes on. */
static void
is_over_during_a_pause (Stage *stage, gconstpointer data)
{
  start (stage);
  pl_engine_set_paused (stage->engine, TRUE);
  open_for (stage, &links, HOUR_S);
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_PAUSED);
  pass (stage, HOUR_S);
  pl_engine_set_paused (stage->engine, FALSE);
  assert_welcome (stage, PL_EXPOSURE_COMPUTER, PL_DOOR_LINKS);
}

int
main (int argc, char **argv)
{
  static const StageTest tests[] = {
    { "/engine/opening/goes-back", goes_back_by_itself },
    { "/engine/opening/closed", is_closed_at_once },
    { "/engine/opening/restart", outlasts_the_program },
    { "/engine/opening/others", stays_while_other_settings_change },
    { "/engine/opening/switch", ends_with_the_switch },
    { "/engine/opening/setting", ends_with_a_setting },
    { "/engine/opening/world", shows_other_things },
    { "/engine/opening/none", refuses_what_is_none },
    { "/engine/opening/files", goes_back_whatever_became_of_files },
    { "/engine/opening/pause", is_over_during_a_pause },
  };

  return stage_run_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
