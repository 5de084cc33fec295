/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine as windows use it, with the real relay on loopback and the demo behind it. */

#include <string.h>

#include "app/demo/demo.h"
#include "app/engine/refusal.h"
#include "tests/unit/engine/stage.h"
#include "tests/unit/ports.h"

static const char *
get_version (Stage *stage)
{
  g_autoptr (PlUpstreamItem) item
      = g_list_model_get_item (G_LIST_MODEL (pl_engine_get_upstreams (stage->engine)), 0);
  return item != NULL ? pl_upstream_item_get_version (item) : NULL;
}

static gboolean
is_now (Stage *stage)
{
  return g_strcmp0 (get_version (stage), "1.135.3") == 0;
}

static gboolean
is_old (Stage *stage)
{
  return g_strcmp0 (get_version (stage), "1.82.1") == 0;
}

/* As far as this system tells. */
static gboolean
is_owner_known (Stage *stage)
{
  PlTrouble *trouble = pl_engine_find_trouble (stage->engine, PL_TROUBLE_PORT_TAKEN);
  g_autofree char *owner = pl_port_dup_owner_words (pl_engine_get_port (stage->engine));

  return trouble != NULL && strstr (pl_trouble_get_words (trouble), owner) != NULL;
}

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
shows_what_comes (Stage *stage, gconstpointer data)
{
  guint n_arrived = 0;

  stage_write_settings (stage, STAGE_DEMO);
  g_signal_connect (pl_engine_get_devices (stage->engine), "device-arrived",
                    G_CALLBACK (arrived_cb), &n_arrived);
  pl_engine_watch_heads (stage->engine);
  pl_engine_watch_heads (stage->engine);
  pl_engine_unwatch_heads (stage->engine);
  pl_engine_start (stage->engine);
  g_assert_false (pl_engine_is_first_start (stage->engine));
  stage_wait_until (stage, stage_is_answered);
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_COMPUTER);
  g_assert_null (pl_engine_get_trouble (stage->engine));
  g_assert_null (pl_engine_get_addresses (stage->engine)[0]);

  g_autofree char *answer = stage_ask (stage, "/api/server/ping");
  g_assert_nonnull (strstr (answer, "pong"));
  stage_wait_until (stage, stage_is_logged);
  PlRequestItem *item = pl_request_log_get (pl_engine_get_log (stage->engine), 0);
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

/* What was just closed is opened again. */
static void
flips_exposure (Stage *stage, gconstpointer data)
{
  stage_start_demo (stage);
  pl_engine_set_exposure (stage->engine, PL_EXPOSURE_NETWORK);

  for (guint i = 0; i < 20; i++)
    {
      pl_engine_set_exposure (stage->engine, PL_EXPOSURE_COMPUTER);
      pl_engine_set_exposure (stage->engine, PL_EXPOSURE_NETWORK);
      g_assert_null (pl_engine_find_trouble (stage->engine, PL_TROUBLE_PORT_TAKEN));
    }
}

static void
flips_port (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *here = g_strdup_printf ("%u", stage->port);
  g_autofree char *there = g_strdup_printf ("%u", stage->port + 1);
  stage_start_demo (stage);

  for (guint i = 0; i < 20; i++)
    {
      pl_engine_set_setting (stage->engine, "listen", "port", there, &error);
      g_assert_no_error (error);
      pl_engine_set_setting (stage->engine, "listen", "port", here, &error);
      g_assert_no_error (error);
    }
}

static gboolean
has_log_trouble (Stage *stage)
{
  return pl_engine_find_trouble (stage->engine, PL_TROUBLE_NO_ACCESS_LOG) != NULL;
}

/* A disk that was full before a change is so after it. */
static void
keeps_log_trouble (Stage *stage, gconstpointer data)
{
  stage_write_settings (stage, STAGE_DEMO "[log]\naccess-log=/dev/full\n");
  pl_engine_start (stage->engine);
  stage_wait_until (stage, stage_is_answered);
  g_autofree char *answer = stage_ask (stage, "/api/server/ping");
  stage_wait_until (stage, has_log_trouble);
  pl_engine_set_exposure (stage->engine, PL_EXPOSURE_NETWORK);
  g_assert_true (has_log_trouble (stage));
  g_assert_true (pl_engine_set_setting (stage->engine, "log", "access-log", NULL, NULL));
  g_assert_false (has_log_trouble (stage));
}

/* Without a stop, and with records on the way. */
static void
is_let_go (Stage *stage, gconstpointer data)
{
  stage_start_demo (stage);
  g_autofree char *answer = stage_ask (stage, "/api/server/ping");
  g_assert_finalize_object (stage->engine);
  stage->engine = pl_engine_new (stage->path);
}

static void
is_open_to_the_network (Stage *stage, gconstpointer data)
{
  stage_write_settings (stage, STAGE_NOBODY);
  pl_engine_start (stage->engine);
  pl_engine_set_exposure (stage->engine, PL_EXPOSURE_NETWORK);
  g_assert_cmpuint (pl_engine_get_exposure (stage->engine), ==, PL_EXPOSURE_NETWORK);
  gboolean has_network = pl_engine_get_addresses (stage->engine)[0] != NULL;
  g_assert_cmpint (has_network, ==,
                   pl_engine_find_trouble (stage->engine, PL_TROUBLE_NO_NETWORK) == NULL);
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==,
                   has_network ? PL_LAMP_NETWORK : PL_LAMP_FAULT);
  stage_wait_until (stage, stage_is_saved);

  stage_wait_until (stage, stage_is_immich_down);
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_FAULT);
  g_assert_nonnull (strstr (pl_engine_get_detail_words (stage->engine), "127.0.0.1:1"));
}

static void
takes_another_port (Stage *stage, gconstpointer data)
{
  guint16 port = 0;
  g_autoptr (GSocketListener) other = port_take (stage->port, &port);

  stage_write_settings (stage, STAGE_NOBODY);
  pl_engine_start (stage->engine);
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_FAULT);
  stage_wait_until (stage, is_owner_known);

  PlTrouble *trouble = pl_engine_get_trouble (stage->engine);
  const PlRemedy *remedy = pl_trouble_get_remedy (trouble, 0);
  g_assert_cmpint (remedy->kind, ==, PL_REMEDY_USE_PORT);
  stage->port = remedy->port;
  pl_engine_remedy (stage->engine, remedy);
  g_assert_null (pl_engine_find_trouble (stage->engine, PL_TROUBLE_PORT_TAKEN));
  g_assert_cmpuint (pl_engine_get_port (stage->engine), ==, stage->port);
  g_assert_false (stage_is_refused (stage));
  g_socket_listener_close (other);
}

/* Nobody's address (RFC 5737). */
static void
tells_of_the_last_refusal (Stage *stage, gconstpointer data)
{
  guint16 port = 0;
  g_autoptr (GSocketListener) other = port_take (stage->port, &port);
  g_autoptr (GError) error = NULL;

  stage_write_settings (stage, STAGE_NOBODY);
  pl_engine_start (stage->engine);
  stage_wait_until (stage, is_owner_known);
  pl_engine_set_setting (stage->engine, "listen", "bind", "192.0.2.1", &error);
  g_assert_no_error (error);
  g_assert_nonnull (pl_engine_find_trouble (stage->engine, PL_TROUBLE_NOT_LISTENING));
  g_assert_null (pl_engine_find_trouble (stage->engine, PL_TROUBLE_PORT_TAKEN));
  g_socket_listener_close (other);
}

static gboolean
is_second_part_down (Stage *stage)
{
  PlTrouble *trouble = pl_engine_find_trouble (stage->engine, PL_TROUBLE_IMMICH_DOWN);
  return trouble != NULL && strstr (pl_trouble_get_words (trouble), "127.0.0.1:2.") != NULL;
}

/* Of two that were down one is back. */
static void
tells_who_is_down (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlDemo) demo = pl_demo_new (PL_DEMO_ERA_NOW, 0, &error);

  stage_write_settings (stage, STAGE_NOBODY
                        "[upstream web]\nurls=http://127.0.0.1:2\nhealth-path=/\n"
                        "health-interval-s=1\n[route api]\npath=/api\nupstream=immich\n"
                        "[route web]\npath=/\nupstream=web\n");
  pl_engine_start (stage->engine);
  stage_wait_until (stage, stage_is_immich_down);
  pl_engine_set_setting (stage->engine, "upstream immich", "urls", pl_demo_get_url (demo), &error);
  g_assert_no_error (error);
  stage_wait_until (stage, is_second_part_down);
}

static void
count_cb (guint *n_calls)
{
  ++*n_calls;
}

static void
tells_once (Stage *stage, gconstpointer data)
{
  guint n_told = 0;

  stage_write_settings (stage, STAGE_DEMO);
  pl_engine_start (stage->engine);
  pl_engine_set_exposure (stage->engine, PL_EXPOSURE_NETWORK);
  stage_wait_until (stage, stage_is_answered);
  g_signal_connect_swapped (stage->engine, "notify::trouble", G_CALLBACK (count_cb), &n_told);
  pl_engine_watch (stage->engine);
  pl_engine_unwatch (stage->engine);
  g_assert_cmpuint (n_told, ==, 0);
}

/* Each change is told once, and what is no change is not. */
static void
tells_of_exposure (Stage *stage, gconstpointer data)
{
  guint n_told = 0;

  stage_start_demo (stage);
  g_signal_connect_swapped (stage->engine, "notify::exposure", G_CALLBACK (count_cb), &n_told);
  pl_engine_set_exposure (stage->engine, PL_EXPOSURE_NETWORK);
  g_assert_cmpuint (n_told, ==, 1);
  pl_engine_set_exposure (stage->engine, PL_EXPOSURE_NETWORK);
  g_assert_cmpuint (n_told, ==, 1);
  pl_engine_set_exposure (stage->engine, PL_EXPOSURE_COMPUTER);
  g_assert_cmpuint (n_told, ==, 2);
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  pl_engine_stop_finish (PL_ENGINE (source), result);
  *(gboolean *) user_data = TRUE;
}

/* Somebody changes the file while the last request is waited for. */
static void
stays_stopped (Stage *stage, gconstpointer data)
{
  gboolean is_stopped = FALSE;

  stage_start_demo (stage);
  GSocketConnection *slow = stage_begin_upload (stage);

  pl_engine_stop_async (stage->engine, 1500, stopped_cb, &is_stopped);
  stage_write_settings (stage, STAGE_DEMO "[log]\nkeep=777\n");
  while (!is_stopped)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (stage_is_refused (stage));
  g_object_unref (slow);
}

static void
swaps_the_demo (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  stage_write_settings (stage, STAGE_NOBODY);
  pl_engine_start (stage->engine);
  stage_wait_until (stage, stage_is_immich_down);
  pl_engine_set_demo (stage->engine, TRUE);
  stage_wait_until (stage, stage_is_answered);
  g_assert_false (stage_is_immich_down (stage));
  g_autofree char *answer = stage_ask (stage, "/api/server/ping");
  g_assert_nonnull (strstr (answer, "pong"));
  g_assert_true (pl_engine_set_upstream (stage->engine, "http://127.0.0.1:1", NULL, &error));
  g_assert_false (pl_engine_get_demo (stage->engine));
  stage_wait_until (stage, stage_is_immich_down);
}

/* Whoever wants the demo need not say where an Immich is. */
static void
needs_no_immich_for_the_demo (Stage *stage, gconstpointer data)
{
  stage_write_settings (stage, "[window]\ndemo=true\n");
  pl_engine_start (stage->engine);
  g_assert_null (pl_engine_get_trouble (stage->engine));
  stage_wait_until (stage, stage_is_answered);
}

/* What was there comes back as another version, at the same address. */
static void
follows_the_version (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  PlDemo *demo = pl_demo_new (PL_DEMO_ERA_NOW, 0, &error);
  g_autoptr (PlDemo) older = NULL;
  g_autoptr (GUri) uri = g_uri_parse (pl_demo_get_url (demo), G_URI_FLAGS_NONE, NULL);
  g_autofree char *upstream = g_strdup_printf (
      "[upstream immich]\nurls=%s\nhealth-path=/\nhealth-interval-s=1\n", pl_demo_get_url (demo));

  stage_write_settings (stage, upstream);
  pl_engine_start (stage->engine);
  stage_wait_until (stage, is_now);
  pl_demo_free (demo);
  stage_wait_until (stage, stage_is_immich_down);
  older = pl_demo_new (PL_DEMO_ERA_SPLIT, (guint16) g_uri_get_port (uri), &error);
  g_assert_no_error (error);
  stage_wait_until (stage, is_old);
}

/* Who comes after a change meets it, however busy the relay is: two routes take turns to be there,
 * and it is always the one that is not which is asked for. */
static void
obeys_at_once (Stage *stage, gconstpointer data)
{
  static const char *const paths[] = { "/odd", "/even" };

  stage_write_settings (stage, "[upstream immich]\nurls=http://127.0.0.1:1\n"
                               "[route one]\npath=/even\nupstream=immich\n");
  pl_engine_start (stage->engine);
  for (guint i = 0; i < 100; i++)
    {
      g_assert_true (
          pl_engine_set_setting (stage->engine, "route one", "path", paths[i % 2], NULL));
      g_autofree char *answer = stage_ask (stage, paths[(i + 1) % 2]);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 404 "));
    }
}

int
main (int argc, char **argv)
{
  static const StageTest tests[] = {
    { "/engine/shows", shows_what_comes },
    { "/engine/exposure-there-and-back", flips_exposure },
    { "/engine/exposure-is-told", tells_of_exposure },
    { "/engine/port-there-and-back", flips_port },
    { "/engine/log-trouble", keeps_log_trouble },
    { "/engine/let-go", is_let_go },
    { "/engine/network", is_open_to_the_network },
    { "/engine/port-taken", takes_another_port },
    { "/engine/demo", swaps_the_demo },
    { "/engine/demo-alone", needs_no_immich_for_the_demo },
    { "/engine/version", follows_the_version },
    { "/engine/last-refusal", tells_of_the_last_refusal },
    { "/engine/who-is-down", tells_who_is_down },
    { "/engine/told-once", tells_once },
    { "/engine/stays-stopped", stays_stopped },
    { "/engine/obeys-at-once", obeys_at_once },
  };

  return stage_run_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
