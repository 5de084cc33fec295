/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine as windows use it, with the real relay on loopback and the demo behind it. */

#include "app/engine/engine.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app/demo/demo.h"

#define PATIENCE_US (20 * G_USEC_PER_SEC)

typedef struct
{
  char *folder;
  char *path;
  guint16 port;
  PlEngine *engine;
} Fixture;

/* Main loop */

typedef gboolean (*Predicate) (Fixture *fixture);

static void
wait_until (Fixture *fixture, Predicate is_so)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (!is_so (fixture))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

/* Sockets */

static GSocketListener *
take_port (guint16 port, guint16 *taken)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr (GSocketAddress) effective = NULL;

  if (!g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &effective, NULL))
    return NULL;
  *taken = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  return g_steal_pointer (&listener);
}

/* Below those that connections are made from: one of them may have the next port. */
static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = NULL;
  guint16 port = 0;

  while (listener == NULL)
    listener = take_port ((guint16) g_random_int_range (20000, 30000), &port);
  g_socket_listener_close (listener);
  return port;
}

static GSocketConnection *
try_connect (Fixture *fixture)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, 5);
  return g_socket_client_connect_to_host (client, "127.0.0.1", fixture->port, NULL, NULL);
}

/* The answer comes in whole, as the relay is on other threads. */
static char *
ask (Fixture *fixture, const char *target)
{
  g_autoptr (GSocketConnection) connection = try_connect (fixture);
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

/* Fixture */

static void
write_settings (Fixture *fixture, const char *more)
{
  g_autofree char *text = g_strdup_printf ("[listen]\nport=%u\nworkers=1\n%s", fixture->port, more);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->path, text, -1, &error);
  g_assert_no_error (error);
}

#define DEMO "[upstream immich]\nurls=http://127.0.0.1:1\n[window]\ndemo=true\n"
#define NOBODY                                                                                     \
  "[upstream immich]\nurls=http://127.0.0.1:1\nhealth-path=/ping\nhealth-interval-s=1\n"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("porchlight-engine-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "porchlight.ini", NULL);
  fixture->port = find_free_port ();
  fixture->engine = pl_engine_new (fixture->path);
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
stop (Fixture *fixture)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;
  gboolean is_stopped = FALSE;

  pl_engine_stop_async (fixture->engine, 5000, stopped_cb, &is_stopped);
  while (!is_stopped && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (is_stopped);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stop (fixture);
  g_assert_finalize_object (fixture->engine);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* Predicates */

static gboolean
is_answered (Fixture *fixture)
{
  g_autoptr (PlUpstreamItem) item
      = g_list_model_get_item (G_LIST_MODEL (pl_engine_get_upstreams (fixture->engine)), 0);
  return item != NULL && pl_upstream_item_get_health (item) == PL_HEALTH_UP;
}

static const char *
get_version (Fixture *fixture)
{
  g_autoptr (PlUpstreamItem) item
      = g_list_model_get_item (G_LIST_MODEL (pl_engine_get_upstreams (fixture->engine)), 0);
  return item != NULL ? pl_upstream_item_get_version (item) : NULL;
}

static gboolean
is_now (Fixture *fixture)
{
  return g_strcmp0 (get_version (fixture), "1.135.3") == 0;
}

static gboolean
is_old (Fixture *fixture)
{
  return g_strcmp0 (get_version (fixture), "1.82.1") == 0;
}

static gboolean
is_immich_down (Fixture *fixture)
{
  return pl_engine_find_trouble (fixture->engine, PL_TROUBLE_IMMICH_DOWN) != NULL;
}

static gboolean
is_logged (Fixture *fixture)
{
  PlRequestLog *log = pl_engine_get_log (fixture->engine);
  return pl_request_log_get_n (log) > 0
         && !pl_request_item_is_running (pl_request_log_get (log, pl_request_log_get_n (log) - 1));
}

static gboolean
is_owner_known (Fixture *fixture)
{
  PlTrouble *trouble = pl_engine_find_trouble (fixture->engine, PL_TROUBLE_PORT_TAKEN);
  return trouble != NULL && strstr (pl_trouble_get_words (trouble), "process") != NULL;
}

static gboolean
is_broken (Fixture *fixture)
{
  return pl_engine_find_trouble (fixture->engine, PL_TROUBLE_SETTINGS_BROKEN) != NULL;
}

static gboolean
is_mended (Fixture *fixture)
{
  return !is_broken (fixture);
}

static gboolean
is_refused (Fixture *fixture)
{
  g_autoptr (GSocketConnection) connection = try_connect (fixture);
  return connection == NULL;
}

static gboolean
is_saved (Fixture *fixture)
{
  g_autofree char *data = NULL;
  return g_file_get_contents (fixture->path, &data, NULL, NULL)
         && strstr (data, "exposure=network") != NULL;
}

static gboolean
has_last_good (Fixture *fixture)
{
  g_autofree char *path = g_strconcat (fixture->path, ".last-good", NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Tests */

static void
arrived_cb (PlDeviceList *list,
            PlDeviceItem *device,
            gboolean is_other,
            gboolean is_new,
            guint *n_arrived)
{
  g_assert_false (is_other);
  g_assert_true (is_new);
  ++*n_arrived;
}

static void
shows_what_comes (Fixture *fixture, gconstpointer data)
{
  guint n_arrived = 0;

  write_settings (fixture, DEMO);
  g_signal_connect (pl_engine_get_devices (fixture->engine), "device-arrived",
                    G_CALLBACK (arrived_cb), &n_arrived);
  pl_engine_watch_heads (fixture->engine);
  pl_engine_watch_heads (fixture->engine);
  pl_engine_unwatch_heads (fixture->engine);
  pl_engine_start (fixture->engine);
  g_assert_false (pl_engine_is_first_start (fixture->engine));
  wait_until (fixture, is_answered);
  g_assert_cmpint (pl_engine_get_lamp (fixture->engine), ==, PL_LAMP_COMPUTER);
  g_assert_null (pl_engine_get_trouble (fixture->engine));
  g_assert_null (pl_engine_get_addresses (fixture->engine)[0]);

  g_autofree char *answer = ask (fixture, "/api/server/ping");
  g_assert_nonnull (strstr (answer, "pong"));
  wait_until (fixture, is_logged);
  PlRequestItem *item = pl_request_log_get (pl_engine_get_log (fixture->engine), 0);
  g_assert_cmpstr (pl_request_item_get_path_words (item), ==, "ping");
  g_assert_cmpuint (pl_request_item_get_status (item), ==, 200);
  g_assert_cmpuint (n_arrived, ==, 1);

  g_autoptr (PlHeaderDiff) diff = pl_request_item_new_diff (item, PL_HEAD_REQUEST);
  g_assert_nonnull (diff);
  gboolean is_forwarded = FALSE;
  for (guint i = 0; i < pl_header_diff_get_n_rows (diff); i++)
    {
      const PlHeaderRow *row = pl_header_diff_get_row (diff, i);
      if (g_ascii_strcasecmp (row->name, "X-Forwarded-For") == 0)
        is_forwarded = row->kind == PL_HEADER_ADDED && row->explanation != NULL;
    }
  g_assert_true (is_forwarded);
}

static void
pauses (Fixture *fixture, gconstpointer data)
{
  write_settings (fixture, DEMO);
  pl_engine_start (fixture->engine);
  wait_until (fixture, is_answered);
  pl_engine_set_paused (fixture->engine, TRUE);
  g_assert_cmpint (pl_engine_get_lamp (fixture->engine), ==, PL_LAMP_PAUSED);
  wait_until (fixture, is_refused);
  pl_engine_set_paused (fixture->engine, FALSE);
  g_assert_cmpint (pl_engine_get_lamp (fixture->engine), ==, PL_LAMP_COMPUTER);
  g_autofree char *answer = ask (fixture, "/api/server/ping");
  g_assert_nonnull (strstr (answer, "pong"));
}

/* While a pause still waits for one who does not go. */
static void
pauses_and_goes_on (Fixture *fixture, gconstpointer data)
{
  write_settings (fixture, DEMO);
  pl_engine_start (fixture->engine);
  wait_until (fixture, is_answered);
  g_autoptr (GSocketConnection) slow = try_connect (fixture);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (slow));
  const char *part = "POST /api/assets HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1";
  g_assert_true (g_output_stream_write_all (output, part, strlen (part), NULL, NULL, NULL));

  for (guint i = 0; i < 3; i++)
    {
      pl_engine_set_paused (fixture->engine, TRUE);
      wait_until (fixture, is_refused);
      pl_engine_set_paused (fixture->engine, FALSE);
      g_autofree char *answer = ask (fixture, "/api/server/ping");
      g_assert_nonnull (strstr (answer, "pong"));
    }
}

static void
is_open_to_the_network (Fixture *fixture, gconstpointer data)
{
  write_settings (fixture, NOBODY);
  pl_engine_start (fixture->engine);
  pl_engine_set_exposure (fixture->engine, PL_EXPOSURE_NETWORK);
  g_assert_cmpuint (pl_engine_get_exposure (fixture->engine), ==, PL_EXPOSURE_NETWORK);
  gboolean has_network = pl_engine_get_addresses (fixture->engine)[0] != NULL;
  g_assert_cmpint (has_network, ==,
                   pl_engine_find_trouble (fixture->engine, PL_TROUBLE_NO_NETWORK) == NULL);
  g_assert_cmpint (pl_engine_get_lamp (fixture->engine), ==,
                   has_network ? PL_LAMP_NETWORK : PL_LAMP_FAULT);
  wait_until (fixture, is_saved);

  wait_until (fixture, is_immich_down);
  g_assert_cmpint (pl_engine_get_lamp (fixture->engine), ==, PL_LAMP_FAULT);
  g_assert_nonnull (strstr (pl_engine_get_detail_words (fixture->engine), "127.0.0.1:1"));
}

static void
takes_another_port (Fixture *fixture, gconstpointer data)
{
  guint16 port = 0;
  g_autoptr (GSocketListener) other = take_port (fixture->port, &port);

  write_settings (fixture, NOBODY);
  pl_engine_start (fixture->engine);
  g_assert_cmpint (pl_engine_get_lamp (fixture->engine), ==, PL_LAMP_FAULT);
  wait_until (fixture, is_owner_known);

  PlTrouble *trouble = pl_engine_get_trouble (fixture->engine);
  const PlRemedy *remedy = pl_trouble_get_remedy (trouble, 0);
  g_assert_cmpint (remedy->kind, ==, PL_REMEDY_USE_PORT);
  fixture->port = remedy->port;
  pl_engine_remedy (fixture->engine, remedy);
  g_assert_null (pl_engine_find_trouble (fixture->engine, PL_TROUBLE_PORT_TAKEN));
  g_assert_cmpuint (pl_engine_get_port (fixture->engine), ==, fixture->port);
  g_assert_false (is_refused (fixture));
  g_socket_listener_close (other);
}

static void
refuses_a_setting (Fixture *fixture, gconstpointer data)
{
  guint16 taken = 0;
  g_autoptr (GSocketListener) other = take_port (0, &taken);
  g_autofree char *text = g_strdup_printf ("%u", taken);
  g_autoptr (GError) error = NULL;

  write_settings (fixture, NOBODY);
  pl_engine_start (fixture->engine);
  g_assert_false (pl_engine_set_setting (fixture->engine, "listen", "port", "99999", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (pl_engine_set_setting (fixture->engine, "listen", "port", text, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_clear_error (&error);
  g_assert_false (pl_engine_set_upstream (fixture->engine, "ftp://a", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);

  g_assert_cmpuint (pl_engine_get_port (fixture->engine), ==, fixture->port);
  g_assert_false (is_refused (fixture));
  g_assert_cmpint (pl_engine_get_lamp (fixture->engine), ==, PL_LAMP_COMPUTER);
  g_socket_listener_close (other);
}

static void
changes_settings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_settings (fixture, NOBODY);
  pl_engine_start (fixture->engine);
  g_assert_true (pl_engine_set_setting (fixture->engine, "log", "keep", "123", &error));
  g_assert_cmpuint (pl_request_log_get_keep (pl_engine_get_log (fixture->engine)), ==, 123);
  g_assert_true (pl_engine_set_setting (fixture->engine, "log", "keep", NULL, &error));
  g_assert_cmpuint (pl_request_log_get_keep (pl_engine_get_log (fixture->engine)), ==, 5000);
  g_assert_true (pl_engine_set_setting (fixture->engine, "listen", "workers", "2", &error));
  g_assert_false (is_refused (fixture));
  g_assert_true (pl_engine_set_upstream_parts (fixture->engine, "http://127.0.0.1:1",
                                               "http://127.0.0.1:2", &error));
  g_assert_cmpuint (
      g_list_model_get_n_items (G_LIST_MODEL (pl_engine_get_upstreams (fixture->engine))), ==, 2);
  g_assert_false (
      pl_engine_set_setting (fixture->engine, "log", "access-log", "/nowhere/at/all", &error)
      && pl_engine_find_trouble (fixture->engine, PL_TROUBLE_NO_ACCESS_LOG) == NULL);
}

static void
swaps_the_demo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_settings (fixture, NOBODY);
  pl_engine_start (fixture->engine);
  wait_until (fixture, is_immich_down);
  pl_engine_set_demo (fixture->engine, TRUE);
  wait_until (fixture, is_answered);
  g_assert_false (is_immich_down (fixture));
  g_autofree char *answer = ask (fixture, "/api/server/ping");
  g_assert_nonnull (strstr (answer, "pong"));
  g_assert_true (pl_engine_set_upstream (fixture->engine, "http://127.0.0.1:1", NULL, &error));
  g_assert_false (pl_engine_get_demo (fixture->engine));
  wait_until (fixture, is_immich_down);
}

/* What was there comes back as another version, at the same address. */
static void
follows_the_version (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  PlDemo *demo = pl_demo_new (PL_DEMO_ERA_NOW, 0, &error);
  g_autoptr (PlDemo) older = NULL;
  g_autoptr (GUri) uri = g_uri_parse (pl_demo_get_url (demo), G_URI_FLAGS_NONE, NULL);
  g_autofree char *upstream = g_strdup_printf (
      "[upstream immich]\nurls=%s\nhealth-path=/\nhealth-interval-s=1\n", pl_demo_get_url (demo));

  write_settings (fixture, upstream);
  pl_engine_start (fixture->engine);
  wait_until (fixture, is_now);
  pl_demo_free (demo);
  wait_until (fixture, is_immich_down);
  older = pl_demo_new (PL_DEMO_ERA_SPLIT, (guint16) g_uri_get_port (uri), &error);
  g_assert_no_error (error);
  wait_until (fixture, is_old);
}

static void
reads_the_file_again (Fixture *fixture, gconstpointer data)
{
  write_settings (fixture, NOBODY);
  pl_engine_start (fixture->engine);
  wait_until (fixture, has_last_good);
  write_settings (fixture, "exposure=everybody\n" NOBODY);
  wait_until (fixture, is_broken);
  g_assert_cmpint (pl_engine_get_lamp (fixture->engine), ==, PL_LAMP_COMPUTER);
  g_assert_false (is_refused (fixture));
  write_settings (fixture, NOBODY "[log]\nkeep=777\n");
  wait_until (fixture, is_mended);
  g_assert_cmpuint (pl_request_log_get_keep (pl_engine_get_log (fixture->engine)), ==, 777);
}

static void
restores_settings (Fixture *fixture, gconstpointer data)
{
  write_settings (fixture, NOBODY "[log]\nkeep=777\n");
  pl_engine_start (fixture->engine);
  wait_until (fixture, has_last_good);
  stop (fixture);
  g_assert_finalize_object (fixture->engine);

  g_assert_true (g_file_set_contents (fixture->path, "no settings", -1, NULL));
  fixture->engine = pl_engine_new (fixture->path);
  pl_engine_start (fixture->engine);
  g_assert_true (is_broken (fixture));
  g_assert_cmpint (pl_engine_get_lamp (fixture->engine), ==, PL_LAMP_FAULT);
  pl_engine_set_exposure (fixture->engine, PL_EXPOSURE_NETWORK);
  g_assert_false (is_saved (fixture));

  const PlRemedy *remedy = pl_trouble_get_remedy (pl_engine_get_trouble (fixture->engine), 0);
  g_assert_cmpint (remedy->kind, ==, PL_REMEDY_RESTORE_SETTINGS);
  pl_engine_remedy (fixture->engine, remedy);
  g_assert_true (is_mended (fixture));
  g_assert_false (is_refused (fixture));
  g_assert_cmpuint (pl_request_log_get_keep (pl_engine_get_log (fixture->engine)), ==, 777);
  g_autofree char *broken = g_strconcat (fixture->path, ".broken", NULL);
  g_assert_true (g_file_test (broken, G_FILE_TEST_EXISTS));
}

/* The initial port may be somebody's here, or its neighbours on another address, so nothing is to
 * run. */
static void
starts_for_the_first_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  pl_engine_set_paused (fixture->engine, TRUE);
  pl_engine_start (fixture->engine);
  g_assert_true (pl_engine_is_first_start (fixture->engine));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  pl_engine_set_exposure (fixture->engine, PL_EXPOSURE_NETWORK);
  pl_engine_restore_defaults (fixture->engine, &error);
  pl_engine_set_exposure (fixture->engine, PL_EXPOSURE_NETWORK);
  wait_until (fixture, is_saved);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/engine/shows", shows_what_comes },
    { "/engine/pause", pauses },
    { "/engine/pause-and-on", pauses_and_goes_on },
    { "/engine/network", is_open_to_the_network },
    { "/engine/port-taken", takes_another_port },
    { "/engine/refuses", refuses_a_setting },
    { "/engine/changes", changes_settings },
    { "/engine/demo", swaps_the_demo },
    { "/engine/version", follows_the_version },
    { "/engine/rereads", reads_the_file_again },
    { "/engine/restores", restores_settings },
    { "/engine/first-start", starts_for_the_first_time },
  };

  /* Devices are remembered there; none is the user's. */
  g_autofree char *data_folder = g_dir_make_tmp ("porchlight-data-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", data_folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].func, tear_down);
  int result = g_test_run ();
  remove_folder (data_folder);
  return result;
}
