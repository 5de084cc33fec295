/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody guesses passwords, behind a proxy that is trusted: the engine tells of it, and that they
 * have come from outside, and lets them try again. */

#include <string.h>

#include "tests/unit/engine/stage.h"

#define GUESS                                                                                      \
  "GET /api/shared-links/me?slug=none&password=x HTTP/1.1\r\nHost: a\r\n"                          \
  "X-Forwarded-For: 203.0.113.9\r\nConnection: close\r\n\r\n"

static guint n_told;

static void
changed_cb (PlEngine *engine, gpointer user_data)
{
  n_told++;
}

static gboolean
is_waiting (Stage *stage)
{
  g_autoptr (GArray) waiting = pl_engine_dup_waiting (stage->engine);

  return n_told > 0 && waiting->len == 1;
}

/* The guard counts before the engine hears of it. */
static gboolean
is_said (Stage *stage)
{
  return is_waiting (stage)
         && g_str_has_prefix (pl_engine_get_detail_words (stage->engine), "Somebody outside");
}

static guint
guess (Stage *stage)
{
  g_autoptr (GSocketConnection) connection = stage_try_connect (stage);
  char head[sizeof "HTTP/1.1 200"] = "";
  gsize length;

  g_assert_true (
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), GUESS,
                                 strlen (GUESS), NULL, NULL, NULL));
  while (!g_socket_condition_check (g_socket_connection_get_socket (connection), G_IO_IN))
    g_main_context_iteration (NULL, FALSE); /* the demo runs on it */
  g_assert_true (g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                          head, sizeof head - 1, &length, NULL, NULL));
  return (guint) g_ascii_strtoull (head + strlen ("HTTP/1.1 "), NULL, 10);
}

static void
tells_who_guesses (Stage *stage, gconstpointer data)
{
  stage_write_settings (stage, STAGE_DEMO "[forwarding]\ntrusted-proxies=127.0.0.0/8\n");
  pl_engine_start (stage->engine);
  stage_wait_until (stage, stage_is_answered);
  g_assert_cmpint (pl_engine_get_reach_state (stage->engine, PL_REACH_WAY_IN), ==,
                   PL_REACH_NOT_KNOWN);
  n_told = 0;
  g_signal_connect (stage->engine, "waiting-changed", G_CALLBACK (changed_cb), NULL);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (guess (stage), ==, 401);
  g_assert_cmpuint (guess (stage), ==, 429);
  stage_wait_until (stage, is_said);

  g_autoptr (GArray) waiting = pl_engine_dup_waiting (stage->engine);
  g_autofree char *words = pl_waiting_dup_words (&g_array_index (waiting, PlWaiting, 0), NULL);
  g_assert_cmpstr (words, ==, "Somebody at 203.0.113.9 is guessing passwords of links: 6 tries");

  g_assert_cmpstr (pl_engine_get_detail_words (stage->engine), ==,
                   "Somebody outside is guessing passwords, and has to wait");

  g_assert_cmpint (pl_engine_get_reach_state (stage->engine, PL_REACH_WAY_IN), ==, PL_REACH_IS_SO);
  g_assert_true (g_str_has_prefix (pl_engine_get_reach_words (stage->engine)[PL_REACH_WAY_IN],
                                   "The internet has found the way in"));

  pl_engine_let_try_again (stage->engine, &g_array_index (waiting, PlWaiting, 0));
  g_assert_false (is_waiting (stage));
  g_assert_cmpstr (pl_engine_get_detail_words (stage->engine), ==,
                   "The built-in demo stands in for your Immich");
  g_assert_cmpuint (guess (stage), ==, 401);
}

int
main (int argc, char **argv)
{
  static const StageTest tests[] = { { "/engine/tells-who-guesses", tells_who_guesses } };

  return stage_run_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
