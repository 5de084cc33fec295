/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The states of what runs, and what becomes of a configuration in each. */

#include "app/engine/runner.h"
#include "tests/unit/engine/stage.h"
#include "tests/unit/ports.h"

/**
 * Fixture:
 * @taken: a port that somebody else has
 * @is_ended: the runner has told that it is
 */
typedef struct
{
  PlRunner *runner;
  GSocketListener *other;
  guint16 taken;
  gboolean is_ended;
} Fixture;

static void
records_cb (GPtrArray *records, guint64 n_dropped, gpointer user_data)
{
}

static void
status_cb (const PlEndpointStatus *status, gpointer user_data)
{
}

static void
turned_away_cb (const PlTurnedAwayList *batch, gpointer user_data)
{
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->other = port_take (0, &fixture->taken);
  fixture->runner = pl_runner_new (records_cb, status_cb, turned_away_cb, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  pl_runner_free (fixture->runner);
  g_socket_listener_close (fixture->other);
  g_object_unref (fixture->other);
}

static PlConfig *
make_config (guint16 port)
{
  PlConfig *config = pl_config_new ();
  PlUpstreamConfig *upstream = pl_config_add_upstream (config, "immich");

  pl_config_set_listen (config, port, PL_EXPOSURE_COMPUTER, 1);
  g_assert_true (pl_upstream_config_add (upstream, "127.0.0.1", 1, NULL));
  g_assert_true (pl_route_table_add (config->routes, "all", NULL, "/", FALSE, 0, NULL));
  return config;
}

static PlRunResult
try (Fixture *fixture, guint16 port)
{
  g_autoptr (PlConfig) config = make_config (port);
  g_autoptr (GError) error = NULL;
  PlRunResult result = pl_runner_try (fixture->runner, config, &error);

  g_assert_cmpint (error == NULL, ==, result == PL_RUN_TAKEN);
  return result;
}

static guint16
get_port (Fixture *fixture)
{
  return pl_runner_get_config (fixture->runner)->port;
}

static void
assert_state (Fixture *fixture, PlRunState state)
{
  g_auto (GStrv) addresses = pl_runner_dup_addresses (fixture->runner);

  g_assert_cmpint (pl_runner_get_state (fixture->runner), ==, state);
  g_assert_cmpint (addresses[0] != NULL, ==, state == PL_RUN_OPEN);
}

static void
is_refused_and_tried_again (Fixture *fixture, gconstpointer data)
{
  guint16 port = port_find_free ();

  assert_state (fixture, PL_RUN_IDLE);
  g_assert_cmpint (try (fixture, fixture->taken), ==, PL_RUN_REFUSED);
  assert_state (fixture, PL_RUN_SHUT);
  g_assert_cmpuint (get_port (fixture), ==, fixture->taken);
  g_assert_cmpint (try (fixture, port), ==, PL_RUN_TAKEN);
  assert_state (fixture, PL_RUN_OPEN);
}

static void
keeps_what_runs (Fixture *fixture, gconstpointer data)
{
  guint16 port = port_find_free ();

  g_assert_cmpint (try (fixture, port), ==, PL_RUN_TAKEN);
  g_assert_cmpint (try (fixture, fixture->taken), ==, PL_RUN_KEPT);
  assert_state (fixture, PL_RUN_OPEN);
  g_assert_cmpuint (get_port (fixture), ==, port);
}

static void
takes_anything_in_a_pause (Fixture *fixture, gconstpointer data)
{
  guint16 port = port_find_free ();
  g_autoptr (GError) error = NULL;

  pl_runner_pause (fixture->runner);
  assert_state (fixture, PL_RUN_PAUSED);
  g_assert_cmpint (pl_runner_resume (fixture->runner, &error), ==, PL_RUN_TAKEN);
  assert_state (fixture, PL_RUN_IDLE);

  g_assert_cmpint (try (fixture, port), ==, PL_RUN_TAKEN);
  pl_runner_pause (fixture->runner);
  assert_state (fixture, PL_RUN_PAUSED);
  g_assert_cmpint (try (fixture, fixture->taken), ==, PL_RUN_TAKEN);
  assert_state (fixture, PL_RUN_PAUSED);
  g_assert_cmpint (pl_runner_resume (fixture->runner, &error), ==, PL_RUN_REFUSED);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  assert_state (fixture, PL_RUN_SHUT);
}

/* Networks come and go in every state, and change none. */
static void
follows_networks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlTrust) home = pl_trust_new ();
  g_autoptr (PlTrust) elsewhere = pl_trust_new ();
  guint16 port = port_find_free ();

  g_assert_true (pl_trust_add (home, "2001:db8:1::/64", NULL));
  pl_runner_set_home (fixture->runner, home);
  assert_state (fixture, PL_RUN_IDLE);

  g_assert_cmpint (try (fixture, port), ==, PL_RUN_TAKEN);
  g_assert_true (pl_trust_equal (pl_runner_get_config (fixture->runner)->home, elsewhere));
  pl_runner_set_home (fixture->runner, elsewhere);
  assert_state (fixture, PL_RUN_OPEN);
  g_assert_cmpuint (get_port (fixture), ==, port);

  pl_runner_pause (fixture->runner);
  pl_runner_set_home (fixture->runner, home);
  assert_state (fixture, PL_RUN_PAUSED);
}

static void
ended_cb (gpointer user_data)
{
  Fixture *fixture = user_data;
  fixture->is_ended = TRUE;
}

static void
ends_for_good (Fixture *fixture, gconstpointer data)
{
  guint16 port = port_find_free ();

  g_assert_cmpint (try (fixture, port), ==, PL_RUN_TAKEN);
  pl_runner_end (fixture->runner, 1000, ended_cb, fixture);
  g_assert_false (fixture->is_ended); /* what runs is waited for */
  assert_state (fixture, PL_RUN_ENDED);
  while (!fixture->is_ended)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (try (fixture, port), ==, PL_RUN_TAKEN);
  assert_state (fixture, PL_RUN_ENDED);
}

static void
ends_idle (Fixture *fixture, gconstpointer data)
{
  pl_runner_end (fixture->runner, 1000, ended_cb, fixture);
  g_assert_true (fixture->is_ended);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/runner/refused", is_refused_and_tried_again },
    { "/runner/kept", keeps_what_runs },
    { "/runner/pause", takes_anything_in_a_pause },
    { "/runner/networks", follows_networks },
    { "/runner/end", ends_for_good },
    { "/runner/end-idle", ends_idle },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
