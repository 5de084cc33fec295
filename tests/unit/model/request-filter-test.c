/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a filter shows, and that it is the same whether requests come one by one or all are looked
 * at anew. */

#include "app/model/request_filter.h"
#include "tests/unit/model/sample.h"

#define ANDROID "Immich_Android_1.135.3"
#define FIREFOX "Mozilla/5.0 (Windows NT 10.0; rv:139.0) Gecko/20100101 Firefox/139.0"

typedef struct
{
  const char *text;
  guint n_fitting; /* of the three requests of add_three() */
} Search;

static const Search searches[] = {
  { "", 3 },
  { "  ", 3 },
  { "thumbnail", 1 },
  { "THUMB", 1 },
  { "get", 2 },
  { "post", 1 },
  { "upload", 1 },
  { "firefox", 1 },
  { "android", 2 },
  { "192.168", 3 },
  { "192.168.1.23 firefox", 1 },
  { "photos.lan", 3 },
  { "404", 1 },
  { "200 immich", 2 },
  { "nothing-like-it", 0 },
  { "0", 3 },
};

static void
add_one (PlRequestLog *log, PlRecord *record)
{
  g_autoptr (GPtrArray) records = sample_batch_of_one (record);
  pl_request_log_add (log, records, 0);
}

static void
add_three (PlRequestLog *log)
{
  PlRecord *missing = sample_record (3, "GET", "/nowhere", FIREFOX);

  missing->status = 404;
  add_one (log, sample_record (1, "GET", "/api/assets/8f/thumbnail?size=preview", ANDROID));
  add_one (log, sample_running (2, "/api/assets", 5, 0));
  add_one (log, sample_record (2, "POST", "/api/assets", ANDROID));
  add_one (log, missing);
}

static void
searches_words (void)
{
  g_autoptr (PlRequestLog) log = pl_request_log_new (10);
  g_autoptr (PlRequestFilter) filter = pl_request_filter_new (log);
  g_autoptr (SampleWatch) watch = sample_watch_new (G_LIST_MODEL (filter));

  add_three (log);
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_test_message ("%s", searches[i].text);
      pl_request_filter_set_text (filter, searches[i].text);
      sample_watch_expect (watch, NULL);
      g_assert_cmpuint (pl_request_filter_get_n (filter), ==, searches[i].n_fitting);
    }
}

/* As it came and as it is shown, however it is composed; by the name the user gave the device. */
static void
searches_what_is_shown (void)
{
  static const struct
  {
    const char *text;
    guint n_fitting;
  } shown[] = { { "日本", 1 },      { "%E6%97%A5", 1 }, { "%e6%97%a5", 1 }, { "ÉTÉ", 1 },
                { "e\u0301te", 1 }, { "grandma", 2 },   { "GRANDMÄ", 0 },   { "été 日本", 1 } };
  g_autoptr (PlRequestLog) log = pl_request_log_new (10);
  g_autoptr (PlRequestFilter) filter = pl_request_filter_new (log);
  g_autoptr (PlDeviceList) devices = pl_device_list_new ();
  g_autoptr (PlRecord) record
      = sample_record (1, "GET", "/%E6%97%A5%E6%9C%AC/%C3%A9t%C3%A9.jpg", ANDROID);
  PlAddress address = sample_address ("192.168.1.23");

  pl_device_list_note (devices, record, 0, 0);
  pl_request_filter_set_devices (filter, devices);
  add_one (log, pl_record_ref (record));
  add_one (log, sample_record (2, "GET", "/", FIREFOX));
  PlRequestItem *item = pl_request_filter_get (filter, 0);
  g_autofree char *before = pl_request_filter_dup_who (filter, item);
  g_assert_cmpstr (before, ==, "Immich app (Android)");
  pl_request_filter_set_text (filter, "grandma");
  g_assert_cmpuint (pl_request_filter_get_n (filter), ==, 0);
  pl_device_list_rename (devices, pl_device_list_find (devices, &address), "Grandma's phone");
  g_assert_cmpuint (pl_request_filter_get_n (filter), ==, 2);
  g_autofree char *after = pl_request_filter_dup_who (filter, item);
  g_assert_cmpstr (after, ==, "Grandma's phone");
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_test_message ("%s", shown[i].text);
      pl_request_filter_set_text (filter, shown[i].text);
      g_assert_cmpuint (pl_request_filter_get_n (filter), ==, shown[i].n_fitting);
    }
}

static void
chooses_kinds (void)
{
  g_autoptr (PlRequestLog) log = pl_request_log_new (10);
  g_autoptr (PlRequestFilter) filter = pl_request_filter_new (log);
  g_autoptr (SampleWatch) watch = sample_watch_new (G_LIST_MODEL (filter));

  pl_request_filter_set_flags (filter, PL_REQUEST_ERROR);
  add_three (log);
  sample_watch_expect (watch, "+0,1");
  pl_request_filter_set_flags (filter, PL_REQUEST_UPLOAD | PL_REQUEST_MEDIA);
  sample_watch_expect (watch, "-0,1 +0,2");
  g_assert_false (pl_request_filter_is_open (filter));
  pl_request_filter_set_flags (filter, 0);
  sample_watch_expect (watch, "-0,2 +0,3");
  g_assert_true (pl_request_filter_is_open (filter));
}

static void
chooses_a_device (void)
{
  g_autoptr (PlRequestLog) log = pl_request_log_new (10);
  g_autoptr (PlRequestFilter) filter = pl_request_filter_new (log);
  PlAddress address = sample_address ("192.168.1.23"), other = sample_address ("192.168.1.24");
  g_autoptr (PlDeviceItem) phone = pl_device_item_new (&address);
  g_autoptr (PlDeviceItem) elsewhere = pl_device_item_new (&other);

  add_three (log);
  pl_request_filter_set_device (filter, phone);
  g_assert_cmpuint (pl_request_filter_get_n (filter), ==, 3);
  pl_request_filter_set_device (filter, elsewhere);
  g_assert_cmpuint (pl_request_filter_get_n (filter), ==, 0);
  pl_request_filter_set_device (filter, NULL);
  g_assert_cmpuint (pl_request_filter_get_n (filter), ==, 3);
}

/* One that runs is no error yet; its place is between those that are. */
static void
moves_with_updates (void)
{
  g_autoptr (PlRequestLog) log = pl_request_log_new (10);
  g_autoptr (PlRequestFilter) filter = pl_request_filter_new (log);
  g_autoptr (SampleWatch) watch = sample_watch_new (G_LIST_MODEL (filter));
  guint position;

  for (guint id = 1; id <= 5; id++)
    {
      PlRecord *record = sample_running (id, "/", 1, 0);
      record->state = id == 3 ? PL_RECORD_RUNNING : PL_RECORD_FINISHED;
      record->status = id == 3 ? 0 : 500;
      add_one (log, record);
    }
  sample_watch_expect (watch, NULL);
  add_one (log, sample_running (3, "/", 2, 0));
  sample_watch_expect (watch, "~2");

  pl_request_filter_set_flags (filter, PL_REQUEST_ERROR);
  sample_watch_expect (watch, "-0,5 +0,4");
  PlRecord *failed = sample_record (3, "GET", "/", "");
  failed->status = 502;
  add_one (log, failed);
  sample_watch_expect (watch, "+2,1");
  g_assert_true (pl_request_filter_find (filter, pl_request_log_get (log, 2), &position));
  g_assert_cmpuint (position, ==, 2);
}

static void
fits_no_more (void)
{
  g_autoptr (PlRequestLog) log = pl_request_log_new (10);
  g_autoptr (PlRequestFilter) filter = pl_request_filter_new (log);
  g_autoptr (SampleWatch) watch = sample_watch_new (G_LIST_MODEL (filter));
  PlRecord *record = sample_running (1, "/", 1, 0);

  record->status = 200;
  add_one (log, record);
  pl_request_filter_set_text (filter, "200");
  add_one (log, sample_running (1, "/", 2, 0));
  sample_watch_expect (watch, "+0,1 -0,1 +0,1 -0,1");
  g_assert_false (pl_request_filter_find (filter, pl_request_log_get (log, 0), &(guint){ 0 }));
}

/* The filter as it grew with its log, and one made of what the log has. */
static void
assert_same (PlRequestFilter *a, PlRequestLog *log)
{
  g_autoptr (PlRequestFilter) b = pl_request_filter_new (log);

  pl_request_filter_set_flags (b, pl_request_filter_get_flags (a));
  g_assert_cmpuint (pl_request_filter_get_n (a), ==, pl_request_filter_get_n (b));
  for (guint i = 0; i < pl_request_filter_get_n (a); i++)
    g_assert_true (pl_request_filter_get (a, i) == pl_request_filter_get (b, i));
}

static PlRecord *
random_record (guint64 newest_id)
{
  guint64 id = g_test_rand_bit () ? newest_id : (guint64) g_test_rand_int_range (1, 400);
  PlRecord *record = g_test_rand_bit () ? sample_running (id, "/api/assets", 1, 0)
                                        : sample_record (id, "GET", "/", "");

  if (g_test_rand_bit ())
    record->status = 404;
  return record;
}

static void
stays_true_at_random (void)
{
  g_autoptr (PlRequestLog) log = pl_request_log_new (50);
  g_autoptr (PlRequestFilter) filter = pl_request_filter_new (log);
  g_autoptr (SampleWatch) watch = sample_watch_new (G_LIST_MODEL (filter));

  pl_request_filter_set_flags (filter, PL_REQUEST_ERROR | PL_REQUEST_UPLOAD);
  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (GPtrArray) records = sample_batch (0, 0);
      guint n = (guint) g_test_rand_int_range (0, 70);

      for (guint i = 0; i < n; i++)
        g_ptr_array_add (records, random_record (1000 + round * 100 + i));
      pl_request_log_add (log, records, round % 50 == 49);
      if (round % 37 == 36)
        pl_request_log_clear (log);
      if (round % 41 == 40)
        pl_request_log_set_keep (log, (guint) g_test_rand_int_range (1, 90));
      if (round % 10 == 5)
        pl_request_log_set_paused (log, g_test_rand_bit ());
      sample_watch_expect (watch, NULL);
      assert_same (filter, log);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-filter/search", searches_words);
  g_test_add_func ("/request-filter/shown", searches_what_is_shown);
  g_test_add_func ("/request-filter/kinds", chooses_kinds);
  g_test_add_func ("/request-filter/device", chooses_a_device);
  g_test_add_func ("/request-filter/updates", moves_with_updates);
  g_test_add_func ("/request-filter/fits-no-more", fits_no_more);
  g_test_add_func ("/request-filter/random", stays_true_at_random);
  return g_test_run ();
}
