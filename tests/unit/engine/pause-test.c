/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A pause of the engine: who is under way, who has just asked, and who comes when it is over. */

#include <string.h>

#include "tests/unit/engine/stage.h"

static void
pauses (Stage *stage, gconstpointer data)
{
  stage_start_demo (stage);
  pl_engine_set_paused (stage->engine, TRUE);
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_PAUSED);
  stage_wait_until (stage, stage_is_refused);
  pl_engine_set_paused (stage->engine, FALSE);
  g_assert_cmpint (pl_engine_get_lamp (stage->engine), ==, PL_LAMP_COMPUTER);
  g_autofree char *answer = stage_ask (stage, "/api/server/ping");
  g_assert_nonnull (strstr (answer, "pong"));
}

/* While a pause still waits for one who does not go. */
static void
pauses_and_goes_on (Stage *stage, gconstpointer data)
{
  stage_start_demo (stage);
  GSocketConnection *slow = stage_begin_upload (stage);

  for (guint i = 0; i < 3; i++)
    {
      pl_engine_set_paused (stage->engine, TRUE);
      stage_wait_until (stage, stage_is_refused);
      pl_engine_set_paused (stage->engine, FALSE);
      g_autofree char *answer = stage_ask (stage, "/api/server/ping");
      g_assert_nonnull (strstr (answer, "pong"));
    }
  g_object_unref (slow);
}

/* Who taps twice. */
static void
pauses_for_a_blink (Stage *stage, gconstpointer data)
{
  stage_start_demo (stage);

  for (guint i = 0; i < 20; i++)
    {
      pl_engine_set_paused (stage->engine, TRUE);
      pl_engine_set_paused (stage->engine, FALSE);
      g_assert_null (pl_engine_find_trouble (stage->engine, PL_TROUBLE_PORT_TAKEN));
      g_autofree char *answer = stage_ask (stage, "/api/server/ping");
      g_assert_nonnull (strstr (answer, "pong"));
    }
}

/* Whoever has asked before a pause is answered, whichever worker has got it. */
static void
answers_before_a_pause (Stage *stage, gconstpointer data)
{
  const char *request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  stage_write_settings (stage, STAGE_DEMO "[listen]\nworkers=3\n");
  pl_engine_start (stage->engine);
  stage_wait_until (stage, stage_is_answered);
  for (guint i = 0; i < 40; i++)
    {
      GSocketConnection *clients[6];

      for (guint k = 0; k < G_N_ELEMENTS (clients); k++)
        {
          clients[k] = stage_try_connect (stage);
          g_assert_true (
              g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (clients[k])),
                                         request, strlen (request), NULL, NULL, NULL));
        }
      pl_engine_set_paused (stage->engine, TRUE);
      for (guint k = 0; k < G_N_ELEMENTS (clients); k++)
        {
          char octet = '\0';
          g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (clients[k])), &octet, 1,
                               NULL, NULL);
          g_assert_cmpint (octet, ==, 'H');
          g_object_unref (clients[k]);
        }
      pl_engine_set_paused (stage->engine, FALSE);
    }
}

/* An Immich that answers pings alone. */
static gboolean
ping_cb (GThreadedSocketService *service,
         GSocketConnection *connection,
         GObject *source,
         gint *n_pings)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  const char *pong = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  char octets[1024] = "";

  if (g_input_stream_read (input, octets, sizeof octets - 1, NULL, NULL) > 0 && octets[0] == 'G')
    {
      g_atomic_int_add (n_pings, strstr (octets, "health check") != NULL);
      g_output_stream_write_all (output, pong, strlen (pong), NULL, NULL, NULL);
      return TRUE;
    }
  while (g_input_stream_read (input, octets, sizeof octets, NULL, NULL) > 0)
    ;
  return TRUE;
}

static gboolean
are_seconds_over (Stage *stage)
{
  static gint64 begun_us = 0;

  if (begun_us == 0)
    begun_us = g_get_monotonic_time ();
  return g_get_monotonic_time () - begun_us > 3 * G_USEC_PER_SEC;
}

/* However often a pause has left something under way. */
static void
asks_once_a_second (Stage *stage, gconstpointer data)
{
  g_autoptr (GSocketService) immich = g_threaded_socket_service_new (10);
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (immich), NULL, NULL);
  g_autofree char *upstream = g_strdup_printf (
      "[upstream immich]\nurls=http://127.0.0.1:%u\nhealth-path=/\nhealth-interval-s=1\n", port);
  GSocketConnection *slow[3];
  gint n_pings = 0;

  g_signal_connect (immich, "run", G_CALLBACK (ping_cb), &n_pings);
  stage_write_settings (stage, upstream);
  pl_engine_start (stage->engine);
  stage_wait_until (stage, stage_is_answered);
  for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
    {
      slow[i] = stage_begin_upload (stage);
      pl_engine_set_paused (stage->engine, TRUE);
      pl_engine_set_paused (stage->engine, FALSE);
    }
  stage_wait_until (stage, stage_is_answered);
  g_atomic_int_set (&n_pings, 0);
  stage_wait_until (stage, are_seconds_over);
  g_assert_cmpint (g_atomic_int_get (&n_pings), >, 0);
  g_assert_cmpint (g_atomic_int_get (&n_pings), <=, 5);
  for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
    g_object_unref (slow[i]);
}

int
main (int argc, char **argv)
{
  static const StageTest tests[] = {
    { "/pause/shut", pauses },
    { "/pause/and-on", pauses_and_goes_on },
    { "/pause/a-blink", pauses_for_a_blink },
    { "/pause/answers-before", answers_before_a_pause },
    { "/pause/asks-once-a-second", asks_once_a_second },
  };

  return stage_run_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
