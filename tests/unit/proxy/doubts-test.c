/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/proxy/doubts.c: what workers doubt comes to the thread that asked for it, once however often
 * it is said, and not more often than it may be woken. */

#include "net/proxy/doubts.h"

#define N_THREADS 4

/* Who is told, and of what, in order: "upstream endpoint, ". */
typedef struct
{
  GMainContext *context;
  GThread *thread;
  PlDoubts *doubts;
  GString *told;
} Reader;

static void
on_doubt (const char *upstream, const char *endpoint, gpointer user_data)
{
  Reader *reader = user_data;

  g_assert_true (g_thread_self () == reader->thread);
  g_string_append_printf (reader->told, "%s %s, ", upstream, endpoint);
}

static void
set_up (Reader *reader, gconstpointer data)
{
  reader->context = g_main_context_new ();
  reader->thread = g_thread_self ();
  reader->told = g_string_new (NULL);
  g_main_context_push_thread_default (reader->context);
  reader->doubts = pl_doubts_new (on_doubt, reader);
}

static void
tear_down (Reader *reader, gconstpointer data)
{
  g_clear_pointer (&reader->doubts, pl_doubts_free);
  g_main_context_pop_thread_default (reader->context);
  g_main_context_unref (reader->context);
  g_string_free (reader->told, TRUE);
}

static gpointer
put_many (gpointer user_data)
{
  for (guint i = 0; i < 100; i++)
    {
      pl_doubts_put (user_data, "server", "nas:2283");
      pl_doubts_put (user_data, "server", "nas:2284");
      pl_doubts_put (user_data, "web", "nas:2283");
    }
  return NULL;
}

static void
test_each_is_told_once (Reader *reader, gconstpointer data)
{
  GThread *threads[N_THREADS];

  pl_doubts_put (reader->doubts, "server", "nas:2283");
  pl_doubts_put (reader->doubts, "server", "nas:2284");
  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("worker", put_many, reader->doubts);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  g_main_context_iteration (reader->context, TRUE);
  g_assert_cmpstr (reader->told->str, ==, "server nas:2283, server nas:2284, web nas:2283, ");
}

static void
test_told_again_when_said_again (Reader *reader, gconstpointer data)
{
  gint64 began_us = g_get_monotonic_time ();

  for (guint i = 0; i < 2; i++)
    {
      pl_doubts_put (reader->doubts, "web", "nas:80");
      g_main_context_iteration (reader->context, TRUE);
    }
  g_assert_cmpstr (reader->told->str, ==, "web nas:80, web nas:80, ");
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 60 * 1000);
}

static void
test_freed_tells_nothing (Reader *reader, gconstpointer data)
{
  pl_doubts_put (reader->doubts, "web", "nas:80");
  g_clear_pointer (&reader->doubts, pl_doubts_free);
  g_usleep (50 * 1000);
  g_assert_false (g_main_context_iteration (reader->context, FALSE));
  g_assert_cmpstr (reader->told->str, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/proxy/doubts/each-is-told-once", Reader, NULL, set_up, test_each_is_told_once,
              tear_down);
  g_test_add ("/proxy/doubts/told-again-when-said-again", Reader, NULL, set_up,
              test_told_again_when_said_again, tear_down);
  g_test_add ("/proxy/doubts/freed-tells-nothing", Reader, NULL, set_up, test_freed_tells_nothing,
              tear_down);
  return g_test_run ();
}
