/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What devices brought on the last days: over midnight, clocks that jump, a flood of addresses, and
 * from run to run. */

#include "app/model/device_days.h"

#include "app/model/device_list.h"
#include "app/model/local_time.h"
#include "tests/unit/model/sample.h"

#define TODAY 739500u

static void
add (PlDeviceDays *days, guint32 day, guint64 up_bytes)
{
  pl_device_days_add (days, &(PlDeviceDay){ day, up_bytes, 10 * up_bytes });
}

static void
assert_sums (const PlDeviceDays *days, guint32 day, guint64 of_today, guint64 of_days)
{
  PlDeviceDay today = pl_device_days_sum (days, day, 1);
  PlDeviceDay last = pl_device_days_sum (days, day, PL_DEVICE_DAYS);

  g_assert_cmpuint (today.up_bytes, ==, of_today);
  g_assert_cmpuint (today.down_bytes, ==, 10 * of_today);
  g_assert_cmpuint (last.up_bytes, ==, of_days);
  g_assert_cmpuint (last.down_bytes, ==, 10 * of_days);
}

static void
seven_days_are_known (void)
{
  PlDeviceDays days = { 0 };

  assert_sums (&days, TODAY, 0, 0);
  for (guint i = 0; i < 30; i++)
    {
      add (&days, TODAY + i, 1);
      add (&days, TODAY + i, i);
    }
  assert_sums (&days, TODAY + 29, 30, 30 + 29 + 28 + 27 + 26 + 25 + 24);
  assert_sums (&days, TODAY + 31, 0, 30 + 29 + 28 + 27 + 26);
  assert_sums (&days, TODAY + 36, 0, 0);
}

/* A clock of another year takes one place, for a week; one that is ahead is not believed. */
static void
clocks_jump (void)
{
  PlDeviceDays days = { 0 };

  for (guint i = 0; i < PL_DEVICE_DAYS; i++)
    add (&days, TODAY + i, 1);
  add (&days, TODAY - 20000, 100);
  assert_sums (&days, TODAY + 6, (TODAY - 20000) % 7 == (TODAY + 6) % 7 ? 0 : 1, 6);
  add (&days, TODAY + 9, 1000);
  assert_sums (&days, TODAY + 6, (TODAY - 20000) % 7 == (TODAY + 6) % 7 ? 0 : 1, 5);
  for (guint i = 7; i < 14; i++)
    add (&days, TODAY + i, i == 9 ? 0 : 1);
  assert_sums (&days, TODAY + 13, 1, 1006);
}

static void
lines_say_the_same (void)
{
  static const char *const bad[] = {
    "",
    "2026-11-27",
    "2026-11-27 1",
    "2026-11-27 1 2 3",
    "2026-02-30 1 2",
    "2026-13-01 1 2",
    "0-1-1 1 2",
    "99999-01-01 1 2",
    "2026-11-27 -1 2",
    "2026-11-27 1 99999999999999999999",
    "2026-11-27 x 2",
  };
  PlDeviceDays days = { 0 }, again = { 0 };

  add (&days, TODAY + 1, 5);
  add (&days, TODAY, 7);
  g_auto (GStrv) lines = pl_device_days_dup_lines (&days);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_cmpint (g_strcmp0 (lines[0], lines[1]), <, 0);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    pl_device_days_add_line (&again, bad[i]);
  assert_sums (&again, TODAY + 1, 0, 0);
  for (guint i = 0; lines[i] != NULL; i++)
    pl_device_days_add_line (&again, lines[i]);
  g_assert_cmpmem (&again, sizeof again, &days, sizeof days);
}

/* The zone is New York's, by its rules, for Windows knows it by another name: five hours behind,
 * and four in summer. */
static void
days_begin_at_midnight (void)
{
  gint64 midnight_s = 1764219600; /* 2025-11-27 00:00 there */
  gint64 spring_s = 1772946000;   /* 2026-03-08 00:00: that day has 23 hours */
  guint32 day = pl_local_time_get_day (midnight_s * G_USEC_PER_SEC);

  g_assert_cmpuint (pl_local_time_get_day (midnight_s * G_USEC_PER_SEC - 1), ==, day - 1);
  g_assert_cmpuint (pl_local_time_get_day (midnight_s * G_USEC_PER_SEC), ==, day);
  g_assert_cmpuint (pl_local_time_get_day ((midnight_s + 86399) * G_USEC_PER_SEC), ==, day);
  g_assert_cmpuint (pl_local_time_get_day ((midnight_s + 86400) * G_USEC_PER_SEC), ==, day + 1);

  day = pl_local_time_get_day (spring_s * G_USEC_PER_SEC);
  g_assert_cmpuint (pl_local_time_get_day ((spring_s + 23 * 3600 - 1) * G_USEC_PER_SEC), ==, day);
  g_assert_cmpuint (pl_local_time_get_day ((spring_s + 23 * 3600) * G_USEC_PER_SEC), ==, day + 1);
}

static void
note (PlDeviceList *list, const char *address, gint64 wall_us, guint64 bytes)
{
  g_autoptr (PlRecord) record = sample_record (1, "GET", "/", "");

  record->client = sample_address (address);
  record->started_us = wall_us;
  record->duration_us = 0;
  pl_device_list_note (list, record, bytes, 0);
}

static void
assert_amounts (PlDeviceList *list, const char *address, const char *words)
{
  PlAddress where = sample_address (address);
  g_autofree char *amounts = pl_device_item_dup_amounts (pl_device_list_find (list, &where), FALSE);

  g_assert_cmpstr (amounts, ==, words);
}

static void
devices_tell_of_their_days (void)
{
  g_autoptr (PlDeviceList) list = pl_device_list_new ();
  g_autoptr (PlDeviceList) again = pl_device_list_new ();
  static const char old[] = "[device 1]\naddress=192.168.1.23\nup-bytes=1000\n";
  gint64 now_us = g_get_real_time ();
  gsize length;

  pl_device_list_load (list, old, sizeof old - 1);
  assert_amounts (list, "192.168.1.23", "Today 0 B, in the last 7 days 0 B, in all 1.0 kB");
  note (list, "192.168.1.23", now_us - 20 * G_TIME_SPAN_DAY, 2000);
  note (list, "192.168.1.23", now_us - 3 * G_TIME_SPAN_DAY, 4000);
  note (list, "192.168.1.23", now_us, 8000);
  assert_amounts (list, "192.168.1.23", "Today 8.0 kB, in the last 7 days 12 kB, in all 15 kB");

  g_autofree char *data = pl_device_list_dup_data (list, &length);
  pl_device_list_load (again, data, length);
  assert_amounts (again, "192.168.1.23", "Today 8.0 kB, in the last 7 days 12 kB, in all 15 kB");
}

/* The file stays small, whoever knocks. */
static void
a_flood_of_addresses_is_bounded (void)
{
  g_autoptr (PlDeviceList) list = pl_device_list_new ();
  gint64 now_us = g_get_real_time ();
  gsize length;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *address = g_strdup_printf ("203.%u.%u.1", i / 250, i % 250);
      note (list, address, now_us - (i % 9) * G_TIME_SPAN_DAY, 1);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 200);
  g_autofree char *data = pl_device_list_dup_data (list, &length);
  g_assert_cmpuint (length, <, 200 * 400);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "EST5EDT,M3.2.0,M11.1.0", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/device-days/seven-days-are-known", seven_days_are_known);
  g_test_add_func ("/model/device-days/clocks-jump", clocks_jump);
  g_test_add_func ("/model/device-days/lines-say-the-same", lines_say_the_same);
  g_test_add_func ("/model/device-days/days-begin-at-midnight", days_begin_at_midnight);
  g_test_add_func ("/model/device-days/devices-tell-of-their-days", devices_tell_of_their_days);
  g_test_add_func ("/model/device-days/a-flood-of-addresses-is-bounded",
                   a_flood_of_addresses_is_bounded);
  return g_test_run ();
}
