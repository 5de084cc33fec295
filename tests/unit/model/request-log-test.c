/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The log of requests: what it keeps, what it tells, and what becomes of those that run. */

#include "app/model/kept_heads.h"
#include "app/model/request_log.h"
#include "tests/unit/model/sample.h"

typedef struct
{
  PlRequestLog *log;
  SampleWatch *watch;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->log = pl_request_log_new (10);
  fixture->watch = sample_watch_new (G_LIST_MODEL (fixture->log));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sample_watch_free (fixture->watch);
  g_object_unref (fixture->log);
}

static void
add (Fixture *fixture, guint64 first_id, guint n)
{
  g_autoptr (GPtrArray) records = sample_batch (first_id, n);
  pl_request_log_add (fixture->log, records, 0);
}

static void
add_one (Fixture *fixture, PlRecord *record)
{
  g_autoptr (GPtrArray) records = sample_batch_of_one (record);
  pl_request_log_add (fixture->log, records, 0);
}

static void
assert_ids (Fixture *fixture, guint64 first_id, guint n)
{
  g_assert_cmpuint (pl_request_log_get_n (fixture->log), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (pl_request_item_get_id (pl_request_log_get (fixture->log, i)), ==,
                      first_id + i);
}

static void
keeps_the_newest (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 4);
  sample_watch_expect (fixture->watch, "+0,4");
  add (fixture, 5, 6);
  sample_watch_expect (fixture->watch, "+4,6");
  add (fixture, 11, 3);
  sample_watch_expect (fixture->watch, "-0,3 +7,3");
  assert_ids (fixture, 4, 10);
  add (fixture, 14, 10);
  sample_watch_expect (fixture->watch, "-0,10 +0,10");
  assert_ids (fixture, 14, 10);
  g_assert_cmpuint (pl_request_log_get_n_forgotten (fixture->log), ==, 13);
}

static void
takes_more_than_it_keeps (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 3);
  add (fixture, 4, 35);
  sample_watch_expect (fixture->watch, "+0,3 -0,3 +0,10");
  assert_ids (fixture, 29, 10);
  g_assert_cmpuint (pl_request_log_get_n_forgotten (fixture->log), ==, 28);
}

static void
updates_in_place (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 2);
  add_one (fixture, sample_running (3, "/api/assets", 1000, 0));
  add (fixture, 4, 2);
  sample_watch_expect (fixture->watch, "+0,2 +2,1 +3,2");

  PlRequestItem *item = pl_request_log_get (fixture->log, 2);
  add_one (fixture, sample_running (3, "/api/assets", 2000, 0));
  sample_watch_expect (fixture->watch, "~2");
  g_assert_true (pl_request_log_get (fixture->log, 2) == item);
  g_assert_true (pl_request_item_is_running (item));
  g_assert_cmpuint (pl_request_item_get_up_bytes (item), ==, 2000);

  add_one (fixture, sample_record (3, "POST", "/api/assets", ""));
  sample_watch_expect (fixture->watch, "~2");
  g_assert_false (pl_request_item_is_running (item));
}

/* Begun and ended within one batch, among others that change. */
static void
updates_within_a_batch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = sample_batch (10, 2);

  add_one (fixture, sample_running (1, "/", 1, 0));
  add_one (fixture, sample_running (2, "/", 1, 0));
  g_ptr_array_add (records, sample_running (2, "/", 2, 0));
  g_ptr_array_add (records, sample_running (1, "/", 2, 0));
  g_ptr_array_add (records, sample_running (3, "/", 2, 0));
  g_ptr_array_add (records, sample_record (2, "GET", "/", ""));
  g_ptr_array_add (records, sample_record (3, "GET", "/", ""));
  sample_watch_expect (fixture->watch, NULL);
  pl_request_log_add (fixture->log, records, 0);
  sample_watch_expect (fixture->watch, "+2,3 ~0,1");
}

static void
ends_after_its_place_is_gone (Fixture *fixture, gconstpointer data)
{
  add_one (fixture, sample_running (1, "/", 1, 0));
  add (fixture, 2, 12);
  sample_watch_expect (fixture->watch, NULL);
  add_one (fixture, sample_running (1, "/", 2, 0));
  sample_watch_expect (fixture->watch, "");
  add_one (fixture, sample_record (1, "GET", "/", ""));
  sample_watch_expect (fixture->watch, "-0,1 +9,1");
  g_assert_cmpuint (pl_request_item_get_id (pl_request_log_get (fixture->log, 9)), ==, 1);
}

static void
clears (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 12);
  add_one (fixture, sample_running (20, "/", 1, 0));
  sample_watch_expect (fixture->watch, NULL);
  pl_request_log_clear (fixture->log);
  sample_watch_expect (fixture->watch, "-0,10");
  g_assert_cmpuint (pl_request_log_get_n_forgotten (fixture->log), ==, 0);
  add_one (fixture, sample_running (20, "/", 2, 0));
  sample_watch_expect (fixture->watch, "");
  add_one (fixture, sample_record (20, "GET", "/", ""));
  sample_watch_expect (fixture->watch, "+0,1");
  pl_request_log_clear (fixture->log);
  pl_request_log_clear (fixture->log);
  sample_watch_expect (fixture->watch, "-0,1");
}

static guint64
get_id (Fixture *fixture, guint position)
{
  return pl_request_item_get_id (pl_request_log_get (fixture->log, position));
}

/* What came since stands behind; what ran and has ended since is there once, in its first place. */
static void
takes_clearing_back (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 3);
  add_one (fixture, sample_running (4, "/", 1, 0));
  add_one (fixture, sample_running (5, "/", 1, 0));
  sample_watch_expect (fixture->watch, NULL);
  pl_request_log_clear (fixture->log);
  add_one (fixture, sample_record (4, "GET", "/", ""));
  add (fixture, 6, 2);
  sample_watch_expect (fixture->watch, "-0,5 +0,1 +1,2");
  pl_request_log_restore (fixture->log);
  sample_watch_expect (fixture->watch, "-0,3 +0,7");
  for (guint i = 0; i < 7; i++)
    g_assert_cmpuint (get_id (fixture, i), ==, i + 1);
  add_one (fixture, sample_record (5, "GET", "/", ""));
  sample_watch_expect (fixture->watch, "~4");
  pl_request_log_restore (fixture->log);
  sample_watch_expect (fixture->watch, "");
}

/* The oldest make room, and are counted. */
static void
takes_back_what_has_room (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 12);
  pl_request_log_clear (fixture->log);
  add (fixture, 13, 4);
  pl_request_log_restore (fixture->log);
  g_assert_cmpuint (pl_request_log_get_n (fixture->log), ==, 10);
  g_assert_cmpuint (get_id (fixture, 0), ==, 7);
  g_assert_cmpuint (get_id (fixture, 9), ==, 16);
  g_assert_cmpuint (pl_request_log_get_n_forgotten (fixture->log), ==, 6);
  sample_watch_expect (fixture->watch, NULL);

  pl_request_log_clear (fixture->log);
  pl_request_log_let_go (fixture->log);
  pl_request_log_restore (fixture->log);
  g_assert_cmpuint (pl_request_log_get_n (fixture->log), ==, 0);
}

static void
pauses (Fixture *fixture, gconstpointer data)
{
  add_one (fixture, sample_running (1, "/", 1, 0));
  pl_request_log_set_paused (fixture->log, TRUE);
  add (fixture, 2, 3);
  add_one (fixture, sample_record (1, "GET", "/", ""));
  sample_watch_expect (fixture->watch, "+0,1 ~0");
  g_assert_cmpuint (pl_request_log_get_n_waiting (fixture->log), ==, 3);
  add_one (fixture, sample_running (5, "/", 1, 0));
  pl_request_log_set_paused (fixture->log, FALSE);
  sample_watch_expect (fixture->watch, "+1,4");
  g_assert_cmpuint (pl_request_log_get_n_waiting (fixture->log), ==, 0);
  add_one (fixture, sample_record (5, "GET", "/", ""));
  sample_watch_expect (fixture->watch, "~4");
}

static void
holds_no_more_than_it_keeps (Fixture *fixture, gconstpointer data)
{
  pl_request_log_set_paused (fixture->log, TRUE);
  add_one (fixture, sample_running (1, "/", 1, 0));
  add (fixture, 2, 25);
  g_assert_cmpuint (pl_request_log_get_n_waiting (fixture->log), ==, 10);
  add_one (fixture, sample_record (1, "GET", "/", ""));
  pl_request_log_set_paused (fixture->log, FALSE);
  sample_watch_expect (fixture->watch, "+0,10");
  g_assert_cmpuint (pl_request_item_get_id (pl_request_log_get (fixture->log, 9)), ==, 1);
}

static void
loses_sight (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = sample_batch (0, 0);

  add_one (fixture, sample_running (1, "/", 1, 0));
  PlRequestItem *item = pl_request_log_get (fixture->log, 0);
  pl_request_log_add (fixture->log, none, 7);
  sample_watch_expect (fixture->watch, "+0,1 ~0");
  g_assert_false (pl_request_item_is_running (item));
  g_assert_cmpuint (pl_request_log_get_n_lost (fixture->log), ==, 7);

  add_one (fixture, sample_running (1, "/", 2, 0));
  g_assert_true (pl_request_item_is_running (item));
  add_one (fixture, sample_record (1, "GET", "/", ""));
  sample_watch_expect (fixture->watch, "~0 ~0");
}

/* It ended unseen, perhaps, and has lost its place. */
static void
forgets_what_it_lost (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = sample_batch (0, 0);
  PlRequestItem *item;

  add_one (fixture, sample_running (1, "/", 1, 0));
  item = pl_request_log_get (fixture->log, 0);
  g_object_add_weak_pointer (G_OBJECT (item), (gpointer *) &item);
  add (fixture, 2, 10);
  g_assert_nonnull (item);
  pl_request_log_add (fixture->log, none, 7);
  sample_watch_expect (fixture->watch, NULL);
  g_assert_null (item);
}

static void
keeps_another_number (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 15);
  add_one (fixture, sample_running (16, "/", 1, 0));
  sample_watch_expect (fixture->watch, NULL);
  pl_request_log_set_keep (fixture->log, 4);
  sample_watch_expect (fixture->watch, "-0,6");
  assert_ids (fixture, 13, 4);
  pl_request_log_set_keep (fixture->log, 6);
  add (fixture, 17, 3);
  sample_watch_expect (fixture->watch, "-0,1 +3,3");
  assert_ids (fixture, 14, 6);
  add_one (fixture, sample_record (16, "GET", "/", ""));
  sample_watch_expect (fixture->watch, "~2");
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
notifies_once_a_batch (Fixture *fixture, gconstpointer data)
{
  guint n_notified = 0;

  g_signal_connect (fixture->log, "notify::n-forgotten", G_CALLBACK (count_cb), &n_notified);
  add (fixture, 1, 10);
  g_assert_cmpuint (n_notified, ==, 0);
  add (fixture, 11, 8);
  g_assert_cmpuint (n_notified, ==, 1);
}

/* Not a measurement; it says whether something grew out of all proportion. */
static void
takes_a_flood (void)
{
  g_autoptr (PlRequestLog) log = pl_request_log_new (5000);
  gint64 began_us = g_get_monotonic_time ();

  for (guint batch = 0; batch < 300; batch++)
    {
      g_autoptr (GPtrArray) records = sample_batch (1 + batch * 170, 170);
      pl_request_log_add (log, records, 0);
    }
  g_test_message ("ten seconds of 5,100 requests/s: %" G_GINT64_FORMAT " µs",
                  g_get_monotonic_time () - began_us);
  g_assert_cmpuint (pl_request_log_get_n (log), ==, 5000);
  g_assert_cmpuint (pl_request_log_get_n_forgotten (log), ==, 300 * 170 - 5000);
}

/* A stranger decides how large they are. */

#define HEAD_BYTES (1024 * 1024)
#define N_LARGE    (PL_KEPT_HEADS_BYTES / HEAD_BYTES)

static void
add_large (Fixture *fixture, guint64 id, gboolean is_running_first)
{
  g_autofree char *head = g_strnfill (HEAD_BYTES, 'x');
  PlRecord *record = sample_record (id, "GET", "/share/x", "");

  if (is_running_first)
    add_one (fixture, sample_running (id, "/share/x", 0, 0));
  record->status = 404;
  pl_record_keep_head (&pl_record_ensure_heads (record)->request_in, pl_slice_from_string (head));
  add_one (fixture, record);
}

static gboolean
has_heads (Fixture *fixture, guint position)
{
  PlRequestItem *item = pl_request_log_get (fixture->log, position);
  PlRecordHeads *heads = pl_request_item_get_record (item)->heads;

  g_assert_true ((heads != NULL) == (pl_request_item_get_no_heads_words (item) == NULL));
  return heads != NULL;
}

static void
bounds_heads (Fixture *fixture, gconstpointer data)
{
  pl_request_log_set_keep (fixture->log, 2 * N_LARGE);
  for (guint i = 0; i < N_LARGE; i++)
    add_large (fixture, i + 1, i % 2 == 0);
  g_assert_true (has_heads (fixture, 0));
  add_large (fixture, N_LARGE + 1, FALSE);
  add_large (fixture, N_LARGE + 2, TRUE);
  g_assert_false (has_heads (fixture, 0));
  g_assert_false (has_heads (fixture, 1));
  g_assert_true (has_heads (fixture, 2));
  g_assert_true (has_heads (fixture, N_LARGE + 1));
  g_assert_cmpstr (pl_request_item_get_target (pl_request_log_get (fixture->log, 0)), ==,
                   "/share/***");
}

/* What left the list does not count. */
static void
counts_heads_of_those_that_are_there (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < N_LARGE + 5; i++)
    add_large (fixture, i + 1, FALSE);
  for (guint i = 0; i < 10; i++)
    g_assert_true (has_heads (fixture, i));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/request-log/newest", keeps_the_newest },
    { "/request-log/more-than-kept", takes_more_than_it_keeps },
    { "/request-log/in-place", updates_in_place },
    { "/request-log/within-a-batch", updates_within_a_batch },
    { "/request-log/place-gone", ends_after_its_place_is_gone },
    { "/request-log/clear", clears },
    { "/request-log/restore", takes_clearing_back },
    { "/request-log/restore-with-little-room", takes_back_what_has_room },
    { "/request-log/pause", pauses },
    { "/request-log/long-pause", holds_no_more_than_it_keeps },
    { "/request-log/lost", loses_sight },
    { "/request-log/lost-for-good", forgets_what_it_lost },
    { "/request-log/keep", keeps_another_number },
    { "/request-log/notify", notifies_once_a_batch },
    { "/request-log/heads", bounds_heads },
    { "/request-log/heads-gone", counts_heads_of_those_that_are_there },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].func, tear_down);
  g_test_add_func ("/request-log/flood", takes_a_flood);
  return g_test_run ();
}
