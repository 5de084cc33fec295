/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The check-up of a program that really runs, with the demo behind it. */

#include <glib/gstdio.h>

#include "app/checkup/checkup.h"
#include "app/demo/demo.h"
#include "app/finder/interfaces.h"
#include "tests/unit/ports.h"

typedef struct
{
  char *folder;
  char *settings;
  PlEngine *engine;
} Fixture;

#define SETTINGS_OF_DEMO                                                                           \
  "[window]\ndemo=true\n[upstream immich]\nurls=http://127.0.0.1:1\n"                              \
  "[route everything]\nupstream=immich\n"

/* @data: what stands in the settings beside the port */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text
      = g_strdup_printf ("[listen]\nport=%u\n%s", port_find_free (), (const char *) data);

  fixture->folder = g_dir_make_tmp (NULL, NULL);
  fixture->settings = g_build_filename (fixture->folder, "porchlight.ini", NULL);
  g_assert_true (g_file_set_contents (fixture->settings, text, -1, NULL));
  fixture->engine = pl_engine_new (fixture->settings);
  pl_engine_start (fixture->engine);
  while (pl_engine_get_lamp (fixture->engine) != PL_LAMP_COMPUTER
         || g_list_model_get_n_items (G_LIST_MODEL (pl_engine_get_upstreams (fixture->engine)))
                == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
stopped_cb (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  pl_engine_stop_finish (PL_ENGINE (engine), result);
  *(gboolean *) user_data = TRUE;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gboolean is_stopped = FALSE;

  pl_engine_stop_async (fixture->engine, 1000, stopped_cb, &is_stopped);
  while (!is_stopped)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (fixture->engine);
  g_unlink (fixture->settings);
  g_rmdir (fixture->folder);
  g_free (fixture->settings);
  g_free (fixture->folder);
}

/* (transfer full): a check-up that has run. */
static PlCheckup *
check (PlCheckSite *site)
{
  PlCheckup *checkup = pl_checkup_new ();
  g_autofree char *report = NULL;

  pl_checkup_start (checkup, site);
  while (pl_checkup_get_running (checkup))
    g_main_context_iteration (NULL, TRUE);
  report = pl_checkup_dup_report (checkup);
  g_test_message ("%s", report);
  return checkup;
}

static void
test_demo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlCheckup) checkup = check (pl_check_site_new (fixture->engine));

  g_assert_cmpuint (pl_checkup_count (checkup, PL_CHECK_FAULT), ==, 0);
  g_assert_cmpuint (pl_checkup_count (checkup, PL_CHECK_WARNING), ==, 0);
  g_assert_cmpuint (pl_checkup_count (checkup, PL_CHECK_PASS), >=, 10);
}

/* The demo takes uploads from everybody, and the log stands still: both cannot be seen. */
static void
test_paused_log (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlCheckup) checkup = NULL;

  pl_request_log_set_paused (pl_engine_get_log (fixture->engine), TRUE);
  checkup = check (pl_check_site_new (fixture->engine));
  g_assert_cmpuint (pl_checkup_count (checkup, PL_CHECK_FAULT), ==, 0);
  g_assert_cmpuint (pl_checkup_count (checkup, PL_CHECK_SKIPPED), >=, 2);
}

/* A single upstream needs no route, and odd ones lead there, too. */
static void
test_routes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlDemo) demo = pl_demo_new (PL_DEMO_ERA_NOW, 0, NULL);
  g_autoptr (PlCheckup) checkup = NULL;

  g_assert_true (pl_engine_set_setting (fixture->engine, "upstream immich", "urls",
                                        pl_demo_get_url (demo), NULL));
  checkup = check (pl_check_site_new (fixture->engine));
  g_assert_cmpuint (pl_checkup_count (checkup, PL_CHECK_FAULT), ==, 0);
  g_assert_cmpuint (pl_checkup_count (checkup, PL_CHECK_PASS), >=, 7);
}

/* The settings file says nothing, and somebody else is at the usual port. */
static void
test_nothing_known (void)
{
  g_autoptr (PlDemo) demo = pl_demo_new (PL_DEMO_ERA_NOW, 0, NULL);
  g_autoptr (PlCheckup) checkup = NULL;
  PlCheckSite *site = g_new0 (PlCheckSite, 1);

  site->local_url = g_strdup (pl_demo_get_url (demo));
  site->addresses = g_new0 (char *, 1);
  site->upstream_urls = g_new0 (char *, 1);
  site->interfaces = pl_interfaces_read ();
  checkup = check (site);
  g_assert_cmpuint (pl_checkup_count (checkup, PL_CHECK_SKIPPED), >=, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/checkup/engine/demo", Fixture, SETTINGS_OF_DEMO, set_up, test_demo, tear_down);
  g_test_add ("/checkup/engine/paused-log", Fixture, SETTINGS_OF_DEMO, set_up, test_paused_log,
              tear_down);
  g_test_add ("/checkup/engine/no-route", Fixture, "[upstream immich]\nurls=http://127.0.0.1:1\n",
              set_up, test_routes, tear_down);
  g_test_add ("/checkup/engine/odd-routes", Fixture,
              "[upstream immich]\nurls=http://127.0.0.1:1\n[route server]\npath=/api/server\n"
              "upstream=immich\n[route socket]\npath=/api/socket.io\nupstream=immich\n",
              set_up, test_routes, tear_down);
  g_test_add_func ("/checkup/engine/nothing-known", test_nothing_known);
  return g_test_run ();
}
