/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Amounts, times and endings in words, at the borders where the words change. */

#include "app/model/local_time.h"
#include "app/model/words.h"

typedef struct
{
  guint64 amount;
  const char *words;
} Case;

static const Case sizes[] = {
  { 0, "0 B" },
  { 92, "92 B" },
  { 999, "999 B" },
  { 1000, "1.0 kB" },
  { 9940, "9.9 kB" },
  { 9950, "10 kB" },
  { 18250, "18 kB" },
  { 999499, "999 kB" },
  { 999500, "1.0 MB" },
  { 340000000, "340 MB" },
  { 1240000000, "1.2 GB" },
  { 53700000000, "54 GB" },
  { 4000000000000, "4.0 TB" },
  { G_MAXUINT64, "18447 PB" },
};

static const Case durations[] = {
  { 0, "0.0 ms" },
  { 400, "0.4 ms" },
  { 12300, "12 ms" },
  { 999499, "999 ms" },
  { 999500, "1.0 s" },
  { 1240000, "1.2 s" },
  { 18000000, "18 s" },
  { 59499999, "59 s" },
  { 59500000, "1 min" },
  { 200000000, "3 min 20 s" },
  { 3599499999, "59 min 59 s" },
  { 3599500000, "1 h" },
  { 7500000000, "2 h 5 min" },
};

static void
test_sizes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      pl_words_append_size (text, sizes[i].amount);
      g_assert_cmpstr (text->str, ==, sizes[i].words);
    }
}

/* Where the locale has no groups. */
static void
test_numbers (void)
{
  static const struct
  {
    guint64 number;
    const char *words;
  } numbers[] = { { 0, "0" },
                  { 999, "999" },
                  { 1000, "1\u202f000" },
                  { 329466, "329\u202f466" },
                  { G_MAXUINT64, "18\u202f446\u202f744\u202f073\u202f709\u202f551\u202f615" } };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *words = pl_words_dup_number (numbers[i].number);
      g_assert_cmpstr (words, ==, numbers[i].words);
    }
}

static void
test_durations (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      pl_words_append_duration (text, (gint64) durations[i].amount);
      g_assert_cmpstr (text->str, ==, durations[i].words);
    }
}

typedef struct
{
  PlCloseReason reason;
  guint64 up_bytes;
  guint64 down_bytes;
  PlHttpFault http_fault;
  const char *words;
} ReasonCase;

static const ReasonCase reasons[] = {
  { PL_CLOSE_CLIENT_GONE, 340000000, 0, 0, "the device went away at 340 MB" },
  { PL_CLOSE_CLIENT_GONE, 500, 2000, 0, "the device went away at 2.0 kB" },
  { PL_CLOSE_DONE, 1, 1, 0, "finished" },
  { PL_CLOSE_TUNNEL_CLOSED, 100, 900, 0, "the live connection was closed after 900 B" },
  { PL_CLOSE_UPSTREAM_CLOSED, 0, 0, 0, "Immich closed the connection without an answer" },
  { PL_CLOSE_REQUEST_MALFORMED, 0, 0, PL_HTTP_FAULT_HOST_MISSING,
    "the request was malformed: the Host header is missing" },
  { PL_CLOSE_BODY_MALFORMED, 2000, 0, PL_HTTP_FAULT_CHUNK,
    "the upload was malformed after 2.0 kB: a chunk is malformed" },
};

static void
test_reasons (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      PlRecord record = { .reason = reasons[i].reason,
                          .up_bytes = reasons[i].up_bytes,
                          .down_bytes = reasons[i].down_bytes,
                          .http_fault = reasons[i].http_fault };
      g_autoptr (GString) text = g_string_new (NULL);
      pl_words_append_reason (text, &record);
      g_assert_cmpstr (text->str, ==, reasons[i].words);
    }
}

static void
test_progress_at_the_start (void)
{
  PlRecord record = { .up_total_bytes = 500, .down_total_bytes = -1 };
  PlWordsProgress progress = pl_words_get_progress (&record);
  g_assert_true (progress.is_upload);
  g_assert_cmpint (progress.total_bytes, ==, 500);

  record.up_total_bytes = -1;
  g_assert_false (pl_words_get_progress (&record).is_upload);
}

static void
test_days (void)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 11, 27, 14, 3, 7);
  g_autoptr (GDateTime) other = g_date_time_new_utc (2026, 2, 1, 0, 0, 0);
  g_autofree char *day = pl_local_time_dup_day (time);
  g_autofree char *other_day = pl_local_time_dup_day (other);
  g_autofree char *short_day = pl_local_time_dup_short_day (time);

  g_assert_cmpstr (day, ==, "Friday, 27 Nov 2026");
  g_assert_cmpstr (other_day, ==, "Sunday, 1 Feb 2026");
  g_assert_cmpstr (short_day, ==, "27 Nov");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/words/sizes", test_sizes);
  g_test_add_func ("/app/words/durations", test_durations);
  g_test_add_func ("/app/words/reasons", test_reasons);
  g_test_add_func ("/app/words/days", test_days);
  g_test_add_func ("/app/words/progress-at-the-start", test_progress_at_the_start);
  g_test_add_func ("/app/words/numbers", test_numbers);
  return g_test_run ();
}
