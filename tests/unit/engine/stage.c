/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/engine/stage.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tests/unit/ports.h"

#define PATIENCE_US (20 * G_USEC_PER_SEC)

/* Main loop */

void
stage_wait_until (Stage *stage, StagePredicate is_so)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (!is_so (stage))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

/* Sockets */

GSocketConnection *
stage_try_connect (Stage *stage)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, 5);
  return g_socket_client_connect_to_host (client, "127.0.0.1", stage->port, NULL, NULL);
}

/* The answer comes in whole, as the relay is on other threads. */
char *
stage_ask (Stage *stage, const char *target)
{
  g_autoptr (GSocketConnection) connection = stage_try_connect (stage);
  g_autofree char *request
      = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: photos.lan\r\nConnection: close\r\n"
                         "User-Agent: Immich_Android_1.135.3\r\nCookie: token=x\r\n\r\n",
                         target);
  char answer[4096] = "";
  gsize length = 0;

  g_assert_nonnull (connection);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_assert_true (g_output_stream_write_all (output, request, strlen (request), NULL, NULL, NULL));
  g_input_stream_read_all (input, answer, sizeof answer - 1, &length, NULL, NULL);
  return g_strndup (answer, length);
}

GSocketConnection *
stage_begin_upload (Stage *stage)
{
  g_autoptr (GSocketConnection) slow = stage_try_connect (stage);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (slow));
  const char *part = "POST /api/assets HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1";

  g_assert_true (g_output_stream_write_all (output, part, strlen (part), NULL, NULL, NULL));
  return g_steal_pointer (&slow);
}

/* Stage */

void
stage_write_settings (Stage *stage, const char *more)
{
  g_autofree char *text = g_strdup_printf ("[listen]\nport=%u\nworkers=1\n%s", stage->port, more);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (stage->path, text, -1, &error);
  g_assert_no_error (error);
}

/* The name of this computer is not to be made known in whatever network it is in. */
static void
leave_system_bus (void)
{
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
}

static void
set_up (Stage *stage, gconstpointer data)
{
  leave_system_bus ();
  stage->folder = g_dir_make_tmp ("porchlight-engine-XXXXXX", NULL);
  stage->path = g_build_filename (stage->folder, "porchlight.ini", NULL);
  stage->port = port_find_free ();
  stage->engine = pl_engine_new (stage->path);
}

/* With what is below it; folders are few. */
static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        remove_folder (file);
      else
        g_remove (file);
    }
  g_rmdir (path);
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  pl_engine_stop_finish (PL_ENGINE (source), result);
  *(gboolean *) user_data = TRUE;
}

static void
stop (Stage *stage)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;
  gboolean is_stopped = FALSE;

  pl_engine_stop_async (stage->engine, 5000, stopped_cb, &is_stopped);
  while (!is_stopped && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (is_stopped);
}

void
stage_restart (Stage *stage)
{
  stop (stage);
  g_assert_finalize_object (stage->engine);
  stage->engine = pl_engine_new (stage->path);
}

void
stage_start_demo (Stage *stage)
{
  stage_write_settings (stage, STAGE_DEMO);
  pl_engine_start (stage->engine);
  stage_wait_until (stage, stage_is_answered);
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  stop (stage);
  g_assert_finalize_object (stage->engine);
  remove_folder (stage->folder);
  g_free (stage->folder);
  g_free (stage->path);
}

/* What may be so */

gboolean
stage_is_answered (Stage *stage)
{
  g_autoptr (PlUpstreamItem) item
      = g_list_model_get_item (G_LIST_MODEL (pl_engine_get_upstreams (stage->engine)), 0);
  return item != NULL && pl_upstream_item_get_health (item) == PL_HEALTH_WELL;
}

gboolean
stage_is_immich_down (Stage *stage)
{
  return pl_engine_find_trouble (stage->engine, PL_TROUBLE_IMMICH_DOWN) != NULL;
}

gboolean
stage_is_logged (Stage *stage)
{
  PlRequestLog *log = pl_engine_get_log (stage->engine);
  return pl_request_log_get_n (log) > 0
         && !pl_request_item_is_running (pl_request_log_get (log, pl_request_log_get_n (log) - 1));
}

gboolean
stage_is_refused (Stage *stage)
{
  g_autoptr (GSocketConnection) connection = stage_try_connect (stage);
  return connection == NULL;
}

gboolean
stage_is_saved (Stage *stage)
{
  g_autofree char *data = NULL;
  return g_file_get_contents (stage->path, &data, NULL, NULL)
         && strstr (data, "exposure=network") != NULL;
}

/* Tests */

int
stage_run_tests (int argc, char **argv, const StageTest *tests, guint n_tests)
{
  g_autofree char *data_folder = g_dir_make_tmp ("porchlight-data-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", data_folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n_tests; i++)
    g_test_add (tests[i].name, Stage, NULL, set_up, tests[i].func, tear_down);
  int result = g_test_run ();
  remove_folder (data_folder);
  return result;
}
