/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the engine tells of Immich: where it should be is Porchlight itself, or something else; it
 * is in maintenance, gone, or back. */

#include <string.h>

#include "app/demo/demo.h"
#include "tests/unit/engine/stage.h"
#include "tests/unit/ports.h"

/* Whoever is at the address of Immich: answers with what @user_data has for a path. */

typedef struct
{
  const char *path;
  const char *answer;
} Page;

#define NOT_FOUND "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

static const Page nothing[] = { { NULL, NOT_FOUND } };

static const Page in_maintenance[] = {
  { " /api/server/config ",
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 24\r\n"
    "Connection: close\r\n\r\n{\"maintenanceMode\":true}" },
  { " / ", "HTTP/1.1 302 Found\r\nLocation: /maintenance\r\nContent-Length: 0\r\n"
           "Connection: close\r\n\r\n" },
  { NULL, NOT_FOUND },
};

static gboolean
answer_cb (GThreadedSocketService *service,
           GSocketConnection *connection,
           GObject *source,
           const Page *pages)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char octets[4096] = "";

  if (g_input_stream_read (input, octets, sizeof octets - 1, NULL, NULL) <= 0)
    return TRUE;
  while (pages->path != NULL && strstr (octets, pages->path) == NULL)
    pages++;
  g_output_stream_write_all (output, pages->answer, strlen (pages->answer), NULL, NULL, NULL);
  return TRUE;
}

static void
write_upstream (Stage *stage, guint16 port, const char *health_path)
{
  g_autofree char *text = g_strdup_printf ("[upstream immich]\nurls=http://127.0.0.1:%u\n"
                                           "health-path=%s\nhealth-interval-s=1\n",
                                           port, health_path);
  stage_write_settings (stage, text);
}

static GSocketService *
start_with (Stage *stage, const Page *pages)
{
  GSocketService *service = g_threaded_socket_service_new (10);
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);

  g_signal_connect (service, "run", G_CALLBACK (answer_cb), (gpointer) pages);
  write_upstream (stage, port, "/api/server/ping");
  pl_engine_start (stage->engine);
  return service;
}

static gboolean
leads_back (Stage *stage)
{
  return pl_engine_find_trouble (stage->engine, PL_TROUBLE_LEADS_BACK) != NULL;
}

static gboolean
is_not_immich (Stage *stage)
{
  return pl_engine_find_trouble (stage->engine, PL_TROUBLE_NOT_IMMICH) != NULL;
}

static gboolean
is_in_maintenance (Stage *stage)
{
  return pl_engine_find_trouble (stage->engine, PL_TROUBLE_MAINTENANCE) != NULL;
}

/* With a health path the check notices it; without, only looking does. */
static void
notices_itself (Stage *stage, gconstpointer data)
{
  static const char *const health_paths[] = { "/api/server/ping", "" };

  for (guint i = 0; i < G_N_ELEMENTS (health_paths); i++)
    {
      write_upstream (stage, stage->port, health_paths[i]);
      pl_engine_start (stage->engine);
      stage_wait_until (stage, leads_back);

      PlTrouble *trouble = pl_engine_get_trouble (stage->engine);
      g_assert_cmpint (pl_trouble_get_kind (trouble), ==, PL_TROUBLE_LEADS_BACK);
      g_assert_cmpint (pl_trouble_get_remedy (trouble, 0)->kind, ==, PL_REMEDY_CHANGE_IMMICH);
      g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_FAULT);
      g_assert_false (stage_is_immich_down (stage));
      stage_restart (stage);
    }
}

static void
notices_somebody_else (Stage *stage, gconstpointer data)
{
  g_autoptr (GSocketService) other = start_with (stage, nothing);

  stage_wait_until (stage, is_not_immich);
  g_assert_false (stage_is_immich_down (stage));
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_FAULT);
  g_assert_nonnull (strstr (pl_engine_get_detail_words (stage->engine), "no Immich"));
}

/* Its admin needs the address to end it. */
static void
knows_maintenance (Stage *stage, gconstpointer data)
{
  g_autoptr (GSocketService) immich = start_with (stage, in_maintenance);

  stage_wait_until (stage, is_in_maintenance);
  g_assert_false (stage_is_immich_down (stage));
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_COMPUTER);
  g_assert_cmpstr (pl_engine_get_state_words (stage->engine), ==, "Immich is in maintenance");
}

/* Of two addresses one is Porchlight's: photos can be reached by the other. */
static void
is_served_by_another (Stage *stage, gconstpointer data)
{
  g_autoptr (PlDemo) demo = pl_demo_new (PL_DEMO_ERA_NOW, 0, NULL);
  g_autofree char *text = g_strdup_printf ("[upstream immich]\nurls=%s;http://127.0.0.1:%u\n"
                                           "health-path=/api/server/ping\nhealth-interval-s=1\n",
                                           pl_demo_get_url (demo), stage->port);

  stage_write_settings (stage, text);
  pl_engine_start (stage->engine);
  stage_wait_until (stage, leads_back);
  stage_wait_until (stage, stage_is_answered);
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_COMPUTER);
}

static void
write_two_upstreams (Stage *stage, guint16 first, guint16 second)
{
  g_autofree char *text
      = g_strdup_printf ("[upstream immich]\nurls=http://127.0.0.1:%u;http://127.0.0.1:%u\n"
                         "health-path=/api/server/ping\nhealth-interval-s=1\n",
                         first, second);
  stage_write_settings (stage, text);
}

static PlEndpointHealth
get_health (Stage *stage, guint index)
{
  g_autoptr (PlUpstreamItem) item
      = g_list_model_get_item (G_LIST_MODEL (pl_engine_get_upstreams (stage->engine)), index);
  return pl_upstream_item_get_health (item);
}

static gboolean
second_is_not_well (Stage *stage)
{
  return get_health (stage, 0) == PL_HEALTH_WELL && get_health (stage, 1) == PL_HEALTH_NOT_WELL;
}

/* A spare that is off is no trouble while the other one serves. */
static void
does_not_miss_a_spare (Stage *stage, gconstpointer data)
{
  g_autoptr (PlDemo) demo = pl_demo_new (PL_DEMO_ERA_NOW, 0, NULL);
  g_autoptr (GUri) uri = g_uri_parse (pl_demo_get_url (demo), G_URI_FLAGS_NONE, NULL);

  write_two_upstreams (stage, (guint16) g_uri_get_port (uri), port_find_free ());
  pl_engine_start (stage->engine);
  stage_wait_until (stage, second_is_not_well);
  g_assert_null (pl_engine_get_trouble (stage->engine));
}

static gboolean
second_is_in_maintenance (Stage *stage)
{
  return get_health (stage, 0) == PL_HEALTH_WELL && get_health (stage, 1) == PL_HEALTH_MAINTENANCE;
}

/* Nor is one that is in maintenance. */
static void
does_not_miss_one_in_maintenance (Stage *stage, gconstpointer data)
{
  g_autoptr (PlDemo) demo = pl_demo_new (PL_DEMO_ERA_NOW, 0, NULL);
  g_autoptr (GUri) uri = g_uri_parse (pl_demo_get_url (demo), G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (10);
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);

  g_signal_connect (service, "run", G_CALLBACK (answer_cb), (gpointer) in_maintenance);
  write_two_upstreams (stage, (guint16) g_uri_get_port (uri), port);
  pl_engine_start (stage->engine);
  stage_wait_until (stage, second_is_in_maintenance);
  g_assert_false (is_in_maintenance (stage));
}

static gboolean
none_is_well (Stage *stage)
{
  return get_health (stage, 0) == PL_HEALTH_NOT_WELL && get_health (stage, 1) == PL_HEALTH_NOT_WELL;
}

/* Of several that are gone the first is named, and there is one trouble. */
static void
names_the_first_that_is_gone (Stage *stage, gconstpointer data)
{
  guint16 first = port_find_free (), second = port_find_free ();
  g_autofree char *name = g_strdup_printf ("127.0.0.1:%u", first);

  write_two_upstreams (stage, first, second);
  pl_engine_start (stage->engine);
  stage_wait_until (stage, none_is_well);
  PlTrouble *trouble = pl_engine_find_trouble (stage->engine, PL_TROUBLE_IMMICH_DOWN);
  g_assert_nonnull (strstr (pl_trouble_get_words (trouble), name));
}

/* Whoever hears that Immich is back finds the words that go with it. */
static void
health_changed_cb (PlUpstreamList *list, PlUpstreamItem *item, Stage *stage)
{
  gboolean is_well = pl_upstream_item_get_health (item) == PL_HEALTH_WELL;
  const char *words = pl_engine_get_state_words (stage->engine);

  g_assert_cmpint (is_well, ==, pl_engine_get_trouble (stage->engine) == NULL);
  g_assert_cmpint (is_well, ==, strstr (words, "cannot be reached") == NULL);
}

static gboolean
is_well (Stage *stage)
{
  return stage_is_answered (stage) && !stage_is_immich_down (stage);
}

static void
has_its_words_ready (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  PlDemo *demo = pl_demo_new (PL_DEMO_ERA_NOW, 0, &error);
  g_autoptr (GUri) uri = g_uri_parse (pl_demo_get_url (demo), G_URI_FLAGS_NONE, NULL);

  write_upstream (stage, (guint16) g_uri_get_port (uri), "/api/server/ping");
  g_signal_connect (pl_engine_get_upstreams (stage->engine), "health-changed",
                    G_CALLBACK (health_changed_cb), stage);
  pl_engine_start (stage->engine);
  stage_wait_until (stage, is_well);
  pl_demo_free (demo);
  stage_wait_until (stage, stage_is_immich_down);
  g_autoptr (PlDemo) again = pl_demo_new (PL_DEMO_ERA_NOW, (guint16) g_uri_get_port (uri), &error);
  g_assert_no_error (error);
  stage_wait_until (stage, is_well);
}

static gboolean
is_asked (Stage *stage)
{
  g_autoptr (PlUpstreamItem) item
      = g_list_model_get_item (G_LIST_MODEL (pl_engine_get_upstreams (stage->engine)), 0);
  return pl_upstream_item_get_health (item) != PL_HEALTH_UNKNOWN;
}

/* Before the person has said anything, nothing is wrong with Immich; after that, it is. The initial
 * port may be somebody's here, and there may be an Immich. */
static void
alarms_nobody_at_first (Stage *stage, gconstpointer data)
{
  pl_engine_start (stage->engine);
  g_assert_true (pl_engine_is_first_start (stage->engine));
  if (pl_engine_get_trouble (stage->engine) == NULL)
    stage_wait_until (stage, is_asked);
  if (pl_engine_get_trouble (stage->engine) != NULL || stage_is_answered (stage))
    {
      g_test_skip ("the port, or Immich's, is somebody's here");
      return;
    }
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_COMPUTER);
  g_assert_cmpstr (pl_engine_get_state_words (stage->engine), ==, "Let us find your Immich");
  pl_engine_write_settings (stage->engine);
  g_assert_true (stage_is_immich_down (stage));
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_FAULT);
}

int
main (int argc, char **argv)
{
  static const StageTest tests[] = {
    { "/immich/itself", notices_itself },
    { "/immich/somebody-else", notices_somebody_else },
    { "/immich/maintenance", knows_maintenance },
    { "/immich/another", is_served_by_another },
    { "/immich/spare", does_not_miss_a_spare },
    { "/immich/spare-in-maintenance", does_not_miss_one_in_maintenance },
    { "/immich/first-of-two", names_the_first_that_is_gone },
    { "/immich/words", has_its_words_ready },
    { "/immich/first-start", alarms_nobody_at_first },
  };

  return stage_run_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
