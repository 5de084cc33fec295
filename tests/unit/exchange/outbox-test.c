/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/exchange/outbox.c: every record that is put in comes out, once and in order, or is counted;
 * and the reader is not woken for each. */

#include "net/exchange/outbox.h"

/* More than is kept for a reader that does not look. */
#define FLOOD 20000

/* Thirty times a second, and a little for a clock that ticks unevenly. */
#define LEAST_INTERVAL_US (30 * 1000)

#define N_THREADS          4
#define RECORDS_PER_THREAD 2000

/* A reader and what it got. */
typedef struct
{
  GMainContext *context;
  PlOutbox *outbox;
  GThread *thread;
  GPtrArray *records;
  guint64 n_dropped;
  guint n_batches;
} Reader;

static void
on_records (GPtrArray *records, guint64 n_dropped, gpointer user_data)
{
  Reader *reader = user_data;

  g_assert_true (g_thread_self () == reader->thread);
  g_assert_cmpuint (records->len, >, 0);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (reader->records, pl_record_ref (records->pdata[i]));
  reader->n_dropped += n_dropped;
  reader->n_batches++;
}

static void
set_up (Reader *reader, gconstpointer data)
{
  *reader = (Reader){ .context = g_main_context_new (), .thread = g_thread_self () };
  reader->records = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_record_unref);
  g_main_context_push_thread_default (reader->context);
  reader->outbox = pl_outbox_new (on_records, reader);
}

static void
tear_down (Reader *reader, gconstpointer data)
{
  g_clear_pointer (&reader->outbox, pl_outbox_free);
  g_main_context_pop_thread_default (reader->context);
  g_main_context_unref (reader->context);
  g_ptr_array_unref (reader->records);
}

static void
put (PlOutbox *outbox, guint64 id, PlRecordState state)
{
  PlRecordText text = { .method = PL_SLICE ("GET") };
  PlRecord *record = pl_record_new (&text);

  record->id = id;
  record->state = state;
  pl_outbox_put (outbox, record);
}

static void
wait_for_batch (Reader *reader)
{
  guint n_batches = reader->n_batches;

  while (reader->n_batches == n_batches)
    g_main_context_iteration (reader->context, TRUE);
}

static guint64
get_id (const Reader *reader, guint index)
{
  return ((PlRecord *) reader->records->pdata[index])->id;
}

static void
test_one_batch_in_order (Reader *reader, gconstpointer data)
{
  for (guint i = 0; i < 100; i++)
    put (reader->outbox, i, i % 2 == 0 ? PL_RECORD_RUNNING : PL_RECORD_FINISHED);
  g_assert_cmpuint (reader->n_batches, ==, 0);
  wait_for_batch (reader);
  g_assert_cmpuint (reader->n_batches, ==, 1);
  g_assert_cmpuint (reader->n_dropped, ==, 0);
  g_assert_cmpuint (reader->records->len, ==, 100);
  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (get_id (reader, i), ==, i);
}

/* Nobody is woken for nothing. */
static void
test_silent_while_empty (Reader *reader, gconstpointer data)
{
  gint64 end_us = g_get_monotonic_time () + 2 * LEAST_INTERVAL_US;

  put (reader->outbox, 1, PL_RECORD_FINISHED);
  wait_for_batch (reader);
  while (g_get_monotonic_time () < end_us)
    {
      g_assert_false (g_main_context_iteration (reader->context, FALSE));
      g_usleep (1000);
    }
  g_assert_cmpuint (reader->n_batches, ==, 1);
}

static void
test_thirty_times_a_second_at_most (Reader *reader, gconstpointer data)
{
  gint64 started_us = g_get_monotonic_time (), end_us = started_us + 400 * 1000;
  guint64 id = 0;

  while (g_get_monotonic_time () < end_us)
    {
      put (reader->outbox, id++, PL_RECORD_FINISHED);
      g_main_context_iteration (reader->context, FALSE);
      g_usleep (200);
    }
  g_assert_cmpuint (reader->n_batches, >, 0);
  g_assert_cmpuint (reader->n_batches, <=,
                    (g_get_monotonic_time () - started_us) / LEAST_INTERVAL_US);
  while (reader->records->len < id) /* unless the last batch has come already */
    g_main_context_iteration (reader->context, TRUE);
  g_assert_cmpuint (reader->records->len, ==, id);
}

/* Those that only say how far something is are not missed: another will come. */
static void
test_oldest_are_dropped_and_counted (Reader *reader, gconstpointer data)
{
  guint n_finished = 0;

  for (guint i = 0; i < FLOOD; i++)
    put (reader->outbox, i, i % 4 == 0 ? PL_RECORD_RUNNING : PL_RECORD_FINISHED);
  wait_for_batch (reader);
  g_assert_cmpuint (reader->records->len, >=, 1000);
  g_assert_cmpuint (reader->records->len, <, FLOOD);
  for (guint i = 0; i < reader->records->len; i++)
    {
      const PlRecord *record = reader->records->pdata[i];

      n_finished += record->state == PL_RECORD_FINISHED;
      g_assert_cmpuint (record->id, ==, FLOOD - reader->records->len + i);
    }
  g_assert_cmpuint (n_finished + reader->n_dropped, ==, FLOOD / 4 * 3);

  /* What was told is not told again. */
  put (reader->outbox, FLOOD, PL_RECORD_FINISHED);
  wait_for_batch (reader);
  g_assert_cmpuint (n_finished + reader->n_dropped, ==, FLOOD / 4 * 3);
}

static void
test_free_delivers_what_is_inside (Reader *reader, gconstpointer data)
{
  put (reader->outbox, 1, PL_RECORD_FINISHED);
  put (reader->outbox, 2, PL_RECORD_FINISHED);
  g_clear_pointer (&reader->outbox, pl_outbox_free);
  g_assert_cmpuint (reader->n_batches, ==, 1);
  g_assert_cmpuint (reader->records->len, ==, 2);
  g_assert_cmpuint (get_id (reader, 1), ==, 2);
  g_assert_false (g_main_context_iteration (reader->context, FALSE));
}

static void
test_free_when_empty (Reader *reader, gconstpointer data)
{
  g_clear_pointer (&reader->outbox, pl_outbox_free);
  g_assert_cmpuint (reader->n_batches, ==, 0);
}

typedef struct
{
  PlOutbox *outbox;
  guint number;
} Worker;

static gpointer
run_worker (gpointer data)
{
  const Worker *worker = data;

  for (guint i = 0; i < RECORDS_PER_THREAD; i++)
    {
      put (worker->outbox, (guint64) worker->number << 32 | i, PL_RECORD_FINISHED);
      if (i % 100 == 0)
        g_usleep (1000);
    }
  return NULL;
}

/* Between workers there is no order; each one's is kept. */
static void
test_from_several_threads (Reader *reader, gconstpointer data)
{
  GThread *threads[N_THREADS];
  Worker workers[N_THREADS];
  guint next[N_THREADS] = { 0 };

  for (guint i = 0; i < N_THREADS; i++)
    {
      workers[i] = (Worker){ reader->outbox, i };
      threads[i] = g_thread_new ("worker", run_worker, &workers[i]);
    }
  while (reader->records->len + reader->n_dropped < N_THREADS * RECORDS_PER_THREAD)
    g_main_context_iteration (reader->context, TRUE);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (reader->n_dropped, ==, 0);
  for (guint i = 0; i < reader->records->len; i++)
    g_assert_cmpuint (get_id (reader, i) & G_MAXUINT32, ==, next[get_id (reader, i) >> 32]++);
}

static gpointer
ask_for_heads (gpointer data)
{
  return GINT_TO_POINTER (pl_outbox_wants_heads (data));
}

static void
test_wants_heads (Reader *reader, gconstpointer data)
{
  g_assert_false (pl_outbox_wants_heads (reader->outbox));
  pl_outbox_set_wants_heads (reader->outbox, TRUE);
  g_assert_nonnull (g_thread_join (g_thread_new ("worker", ask_for_heads, reader->outbox)));
  pl_outbox_set_wants_heads (reader->outbox, FALSE);
  g_assert_null (g_thread_join (g_thread_new ("worker", ask_for_heads, reader->outbox)));
}

typedef struct
{
  PlTurnedAwayList all;
  guint n_batches;
} Refused;

static void
turned_away_cb (const PlTurnedAwayList *batch, gpointer user_data)
{
  Refused *refused = user_data;

  g_assert_cmpuint (batch->n_connections, >, 0);
  pl_turned_away_add_all (&refused->all, batch);
  refused->n_batches++;
}

/* However many are refused, the reader is woken no more often than for records; and for these
 * alone, too. */
static void
test_turned_away_come_in_batches (Reader *reader, gconstpointer data)
{
  PlAddress address = pl_address_from_ipv4 ((const guint8[]){ 203, 0, 113, 5 }, 1);
  gint64 began_us = g_get_monotonic_time ();
  Refused refused = { 0 };
  guint64 n_sent = 0;

  pl_outbox_set_turned_away_func (reader->outbox, turned_away_cb, &refused);
  while (g_get_monotonic_time () - began_us < G_USEC_PER_SEC / 5)
    {
      for (guint i = 0; i < 100; i++)
        pl_outbox_turn_away (reader->outbox, &address, ++n_sent);
      g_main_context_iteration (reader->context, FALSE);
    }
  while (refused.all.n_connections < n_sent)
    g_main_context_iteration (reader->context, TRUE);

  g_assert_cmpuint (refused.n_batches, >=, 1);
  g_assert_cmpint (refused.n_batches, <=,
                   2 + (g_get_monotonic_time () - began_us) * 30 / G_USEC_PER_SEC);
  g_assert_cmpuint (refused.all.n_places, ==, 1);
  g_assert_cmpuint (refused.all.places[0].n_connections, ==, n_sent);
  g_assert_cmpuint (refused.all.places[0].last_us, ==, n_sent);
  g_assert_cmpuint (reader->records->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Reader *reader, gconstpointer data);
  } tests[] = {
    { "/exchange/outbox/one-batch-in-order", test_one_batch_in_order },
    { "/exchange/outbox/silent-while-empty", test_silent_while_empty },
    { "/exchange/outbox/thirty-times-a-second-at-most", test_thirty_times_a_second_at_most },
    { "/exchange/outbox/oldest-are-dropped-and-counted", test_oldest_are_dropped_and_counted },
    { "/exchange/outbox/free-delivers-what-is-inside", test_free_delivers_what_is_inside },
    { "/exchange/outbox/free-when-empty", test_free_when_empty },
    { "/exchange/outbox/from-several-threads", test_from_several_threads },
    { "/exchange/outbox/wants-heads", test_wants_heads },
    { "/exchange/outbox/turned-away-come-in-batches", test_turned_away_come_in_batches },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Reader, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
