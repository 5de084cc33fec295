/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the engine keeps from run to run: settings, which others may change too, and devices. */

#include <glib/gstdio.h>
#include <string.h>

#include "tests/unit/engine/stage.h"
#include "tests/unit/ports.h"

static gboolean
is_broken (Stage *stage)
{
  return pl_engine_find_trouble (stage->engine, PL_TROUBLE_SETTINGS_BROKEN) != NULL;
}

static gboolean
is_mended (Stage *stage)
{
  return !is_broken (stage);
}

static gboolean
has_last_good (Stage *stage)
{
  g_autofree char *path = g_strconcat (stage->path, ".last-good", NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
refuses_a_setting (Stage *stage, gconstpointer data)
{
  guint16 taken = 0;
  g_autoptr (GSocketListener) other = port_take (0, &taken);
  g_autofree char *text = g_strdup_printf ("%u", taken);
  g_autoptr (GError) error = NULL;

  stage_write_settings (stage, STAGE_NOBODY);
  pl_engine_start (stage->engine);
  g_assert_false (pl_engine_set_setting (stage->engine, "listen", "port", "99999", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (pl_engine_set_setting (stage->engine, "listen", "port", text, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_clear_error (&error);
  g_assert_false (pl_engine_set_upstream (stage->engine, "ftp://a", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);

  g_assert_cmpuint (pl_engine_get_port (stage->engine), ==, stage->port);
  g_assert_false (stage_is_refused (stage));
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_COMPUTER);
  g_socket_listener_close (other);
}

static guint
get_keep (Stage *stage)
{
  guint keep;

  g_object_get (pl_engine_get_log (stage->engine), "keep", &keep, NULL);
  return keep;
}

static void
changes_settings (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  stage_write_settings (stage, STAGE_NOBODY);
  pl_engine_start (stage->engine);
  g_assert_true (pl_engine_set_setting (stage->engine, "log", "keep", "123", &error));
  g_assert_cmpuint (get_keep (stage), ==, 123);
  g_assert_true (pl_engine_set_setting (stage->engine, "log", "keep", NULL, &error));
  g_assert_cmpuint (get_keep (stage), ==, 5000);
  g_assert_true (pl_engine_set_setting (stage->engine, "listen", "workers", "2", &error));
  g_assert_false (stage_is_refused (stage));
  g_assert_true (pl_engine_set_upstream_parts (stage->engine, "http://127.0.0.1:1",
                                               "http://127.0.0.1:2", &error));
  g_assert_cmpuint (
      g_list_model_get_n_items (G_LIST_MODEL (pl_engine_get_upstreams (stage->engine))), ==, 2);
  g_assert_no_error (error);
}

/* The log cannot be opened, but people come in all the same. */
static void
takes_a_log_that_cannot_be (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  stage_write_settings (stage, STAGE_NOBODY);
  pl_engine_start (stage->engine);
  g_assert_true (
      pl_engine_set_setting (stage->engine, "log", "access-log", "/dev/null/at/all", &error));
  g_assert_no_error (error);
  PlTrouble *trouble = pl_engine_find_trouble (stage->engine, PL_TROUBLE_NO_ACCESS_LOG);
  g_assert_nonnull (trouble);
  g_assert_false (pl_trouble_is_fault (trouble));
  g_assert_false (stage_is_refused (stage));
}

static void
reads_the_file_again (Stage *stage, gconstpointer data)
{
  stage_write_settings (stage, STAGE_NOBODY);
  pl_engine_start (stage->engine);
  stage_wait_until (stage, has_last_good);
  stage_write_settings (stage, "exposure=everybody\n" STAGE_NOBODY);
  stage_wait_until (stage, is_broken);
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_COMPUTER);
  g_assert_false (stage_is_refused (stage));
  stage_write_settings (stage, STAGE_NOBODY "[log]\nkeep=777\n");
  stage_wait_until (stage, is_mended);
  g_assert_cmpuint (get_keep (stage), ==, 777);
}

static void
restores_settings (Stage *stage, gconstpointer data)
{
  stage_write_settings (stage, STAGE_NOBODY "[log]\nkeep=777\n");
  pl_engine_start (stage->engine);
  stage_wait_until (stage, has_last_good);
  stage_restart (stage);
  g_assert_true (g_file_set_contents (stage->path, "no settings", -1, NULL));
  pl_engine_start (stage->engine);
  g_assert_true (is_broken (stage));
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_FAULT);
  pl_engine_set_exposure (stage->engine, PL_EXPOSURE_NETWORK);
  g_assert_false (stage_is_saved (stage));

  const PlRemedy *remedy = pl_trouble_get_remedy (pl_engine_get_trouble (stage->engine), 0);
  g_assert_cmpint (remedy->kind, ==, PL_REMEDY_RESTORE_SETTINGS);
  pl_engine_remedy (stage->engine, remedy);
  g_assert_true (is_mended (stage));
  g_assert_false (stage_is_refused (stage));
  g_assert_cmpuint (get_keep (stage), ==, 777);
  g_autofree char *broken = g_strconcat (stage->path, ".broken", NULL);
  g_assert_true (g_file_test (broken, G_FILE_TEST_EXISTS));
}

/* Without a place for the broken file nothing is written over it. */
static void
keeps_the_broken_file (Stage *stage, gconstpointer data)
{
  g_autofree char *broken = g_strconcat (stage->path, ".broken", NULL);
  g_autofree char *good = g_strconcat (stage->path, ".last-good", NULL);
  g_autofree char *text = NULL;

  stage_write_settings (stage, STAGE_NOBODY);
  g_assert_cmpint (g_rename (stage->path, good), ==, 0);
  g_assert_cmpint (g_mkdir (broken, 0700), ==, 0);
  g_assert_true (g_file_set_contents (stage->path, "no settings", -1, NULL));
  pl_engine_start (stage->engine);
  pl_engine_remedy (stage->engine,
                    pl_trouble_get_remedy (pl_engine_get_trouble (stage->engine), 0));
  g_assert_true (is_broken (stage));
  stage_restart (stage);
  g_assert_true (g_file_get_contents (stage->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "no settings");
}

static void
begins_anew_without_the_broken_file (Stage *stage, gconstpointer data)
{
  g_assert_true (g_file_set_contents (stage->path, "no settings", -1, NULL));
  pl_engine_set_paused (stage->engine, TRUE);
  pl_engine_start (stage->engine);
  g_assert_true (is_broken (stage));
  g_assert_cmpint (g_unlink (stage->path), ==, 0);
  stage_wait_until (stage, is_mended);
  g_assert_true (g_file_set_contents (stage->path, "no settings", -1, NULL));
  stage_wait_until (stage, is_broken);
  g_assert_cmpint (g_unlink (stage->path), ==, 0);
  stage_wait_until (stage, is_mended);
  pl_engine_set_exposure (stage->engine, PL_EXPOSURE_NETWORK);
  stage_wait_until (stage, stage_is_saved);
}

/* The initial port may be somebody's here, or its neighbours on another address, so nothing is to
 * run. */
static void
starts_for_the_first_time (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  pl_engine_set_paused (stage->engine, TRUE);
  pl_engine_start (stage->engine);
  g_assert_true (pl_engine_is_first_start (stage->engine));
  g_assert_false (g_file_test (stage->path, G_FILE_TEST_EXISTS));
  pl_engine_set_exposure (stage->engine, PL_EXPOSURE_NETWORK);
  pl_engine_restore_defaults (stage->engine, &error);
  pl_engine_set_exposure (stage->engine, PL_EXPOSURE_NETWORK);
  stage_wait_until (stage, stage_is_saved);
  g_assert_true (pl_engine_is_first_start (stage->engine));
  pl_engine_write_settings (stage->engine);
  g_assert_false (pl_engine_is_first_start (stage->engine));
}

/* An empty file beside the program makes it portable; one that was emptied is a broken one. */
static void
begins_with_a_blank_file (Stage *stage, gconstpointer data)
{
  g_autofree char *good = g_strconcat (stage->path, ".last-good", NULL);

  for (gboolean was_used = FALSE; was_used <= TRUE; was_used++)
    {
      if (was_used)
        {
          stage_write_settings (stage, STAGE_NOBODY);
          g_assert_cmpint (g_rename (stage->path, good), ==, 0);
        }
      g_assert_true (g_file_set_contents (stage->path, "\r\n", -1, NULL));
      pl_engine_set_paused (stage->engine, TRUE);
      pl_engine_start (stage->engine);
      g_assert_cmpint (pl_engine_is_first_start (stage->engine), ==, !was_used);
      g_assert_cmpint (is_broken (stage), ==, was_used);
      stage_restart (stage);
    }
}

static void
arrived_cb (PlDeviceList *list,
            PlDeviceItem *device,
            gboolean is_other,
            gboolean is_new,
            gboolean *was_known)
{
  *was_known = !is_new;
}

static void
remembers_devices (Stage *stage, gconstpointer data)
{
  for (gboolean was_here = FALSE; was_here <= TRUE; was_here++)
    {
      gboolean was_known = !was_here;

      stage_write_settings (stage, STAGE_DEMO);
      g_signal_connect (pl_engine_get_devices (stage->engine), "device-arrived",
                        G_CALLBACK (arrived_cb), &was_known);
      pl_engine_start (stage->engine);
      stage_wait_until (stage, stage_is_answered);
      g_autofree char *answer = stage_ask (stage, "/api/server/ping");
      g_assert_nonnull (strstr (answer, "pong"));
      stage_wait_until (stage, stage_is_logged);
      g_assert_cmpint (was_known, ==, was_here);
      stage_restart (stage);
    }
}

int
main (int argc, char **argv)
{
  static const StageTest tests[] = {
    { "/keep/refuses", refuses_a_setting },
    { "/keep/changes", changes_settings },
    { "/keep/no-log", takes_a_log_that_cannot_be },
    { "/keep/rereads", reads_the_file_again },
    { "/keep/restores", restores_settings },
    { "/keep/broken-file", keeps_the_broken_file },
    { "/keep/broken-file-gone", begins_anew_without_the_broken_file },
    { "/keep/first-start", starts_for_the_first_time },
    { "/keep/blank-file", begins_with_a_blank_file },
    { "/keep/devices", remembers_devices },
  };

  return stage_run_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
