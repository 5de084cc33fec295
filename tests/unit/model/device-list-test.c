/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who came in, what they are called, and what is remembered of them. */

#include <string.h>

#include "app/model/device_list.h"
#include "tests/unit/model/sample.h"

static void
expect_device (PlDeviceList *list, guint position, const char *title, const char *details)
{
  g_autoptr (PlDeviceItem) device = g_list_model_get_item (G_LIST_MODEL (list), position);
  g_autofree char *actual_title = pl_device_item_dup_title (device);
  g_autofree char *actual_details = pl_device_item_dup_details (device);

  g_assert_cmpstr (actual_title, ==, title);
  g_assert_cmpstr (actual_details, ==, details);
}

/* An address is a device, whatever programs are on it; this computer is one with all of its own. */
static void
devices_arrive (void)
{
  g_autoptr (PlDeviceList) list = pl_device_list_new ();
  g_autoptr (SampleWatch) watch = sample_watch_new (G_LIST_MODEL (list));
  g_autoptr (GString) told = sample_tell_arrivals (list);
  PlAddress own = sample_address ("192.168.1.20");

  pl_device_list_set_own (list, &own, 1);
  sample_see (list, "127.0.0.1", PL_USER_AGENT, 1);
  sample_see (list, "192.168.1.20", PL_USER_AGENT, 1);
  sample_see (list, "127.0.0.1", "curl/8.0", 1);
  sample_see (list, "192.168.1.20", SAMPLE_FIREFOX, 1);
  sample_see (list, "::1", "curl/8.0", 1);
  sample_see (list, "192.168.1.23", "", 100);
  sample_see (list, "192.168.1.23", "curl/8.0", 10);
  sample_see (list, "192.168.1.23", SAMPLE_FIREFOX, 5);
  sample_see (list, "192.168.1.23", SAMPLE_ANDROID, 5);
  sample_see (list, "192.168.1.24", PL_USER_AGENT, 1);
  sample_see (list, "fd00::5", "", 1);
  g_assert_cmpstr (told->str, ==,
                   "This computer new;192.168.1.23 other new;Porchlight other new;"
                   "fd00::5 other new;");
  sample_watch_expect (watch, "+0,1 +1,1 +2,1 +3,1");
  expect_device (list, 0, "This computer", "Firefox on Windows, curl");
  expect_device (list, 1, "Immich app (Android)", "192.168.1.23 · Firefox on Windows, curl");
  expect_device (list, 3, "fd00::5", "");

  g_autoptr (PlDeviceItem) phone = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_cmpuint (pl_device_item_get_up_bytes (phone), ==, 120);
  g_assert_cmpuint (pl_device_item_get_down_bytes (phone), ==, 240);
  g_assert_cmpuint (pl_device_list_get_n_others_since (list, SAMPLE_STARTED_US), ==, 3);
  g_assert_cmpuint (pl_device_list_get_n_others_since (list, SAMPLE_STARTED_US * 2), ==, 0);
}

static void
renamed_cb (PlDeviceList *list, PlDeviceItem *device, guint *n)
{
  (*n)++;
}

static void
devices_are_renamed (void)
{
  g_autoptr (PlDeviceList) list = pl_device_list_new ();
  PlAddress address = sample_address ("192.168.1.23");
  guint n_told = 0;

  sample_see (list, "127.0.0.1", "curl/8.0", 1);
  sample_see (list, "192.168.1.23", SAMPLE_ANDROID, 1);
  PlDeviceItem *phone = pl_device_list_find (list, &address);
  g_signal_connect (list, "renamed", G_CALLBACK (renamed_cb), &n_told);
  pl_device_list_rename (list, phone, "  Grandma's phone ");
  expect_device (list, 1, "Grandma's phone", "192.168.1.23 · Immich app (Android)");
  pl_device_list_rename (list, phone, " ");
  expect_device (list, 1, "Immich app (Android)", "192.168.1.23");
  g_autoptr (PlDeviceItem) own = g_list_model_get_item (G_LIST_MODEL (list), 0);
  pl_device_list_rename (list, own, "The laptop");
  expect_device (list, 0, "The laptop", "this computer · curl");
  g_assert_cmpuint (n_told, ==, 3);
}

/* As when the network comes up after the file was read. */
static void
devices_turn_out_to_be_this_computer (void)
{
  g_autoptr (PlDeviceList) list = pl_device_list_new ();
  g_autoptr (SampleWatch) watch = sample_watch_new (G_LIST_MODEL (list));
  PlAddress own[] = { sample_address ("192.168.1.20"), sample_address ("fd00::20") };
  PlAddress loopback = sample_address ("::1");

  sample_see (list, "192.168.1.20", "curl/8.0", 1);
  sample_see (list, "fd00::20", SAMPLE_FIREFOX, 10);
  sample_see (list, "192.168.1.23", SAMPLE_ANDROID, 100);
  sample_watch_expect (watch, "+0,1 +1,1 +2,1");
  pl_device_list_set_own (list, own, 2);
  sample_watch_expect (watch, "-1,1 +2,1 -0,1");
  expect_device (list, 1, "This computer", "Firefox on Windows, curl");
  PlDeviceItem *here = pl_device_list_find (list, &loopback);
  g_assert_true (pl_device_list_find (list, &own[0]) == here);
  g_assert_true (pl_device_item_is_at (here, &own[1]));
  g_assert_true (pl_device_item_is_at (here, &loopback));
  g_assert_cmpuint (pl_device_item_get_up_bytes (here), ==, 11);

  pl_device_list_set_own (list, NULL, 0);
  g_assert_false (pl_device_item_is_at (here, &own[1]));
}

static void
devices_are_remembered (void)
{
  g_autoptr (PlDeviceList) before = pl_device_list_new ();
  g_autoptr (PlDeviceList) after = pl_device_list_new ();
  g_autoptr (GString) told = sample_tell_arrivals (after);
  g_autofree char *data = NULL;
  PlAddress odd = sample_address ("fd00::5");
  gsize length = 0;

  sample_see (before, "192.168.1.23", SAMPLE_ANDROID, 100);
  sample_see (before, "192.168.1.23", SAMPLE_FIREFOX, 0);
  sample_see (before, "fd00::5", "odd\"=[x]\\/1", 1);
  pl_device_list_rename (before, pl_device_list_find (before, &odd), "[odd] = \"; \\ #");
  data = pl_device_list_dup_data (before, &length);
  pl_device_list_load (after, data, length);
  pl_device_list_load (after, "[device 1]\naddress=nowhere\nname=x\n[device 2]\n", 45);
  pl_device_list_load (after, "no file", 7);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (after)), ==, 2);
  expect_device (after, 0, "Immich app (Android)", "192.168.1.23 · Firefox on Windows");
  expect_device (after, 1, "[odd] = \"; \\ #", "fd00::5 · odd\"=[x]\\");

  sample_see (after, "192.168.1.23", SAMPLE_ANDROID, 11);
  sample_see (after, "192.168.1.23", SAMPLE_ANDROID, 11);
  g_assert_cmpstr (told->str, ==, "Immich app (Android) other;");
  g_autoptr (PlDeviceItem) phone = g_list_model_get_item (G_LIST_MODEL (after), 0);
  g_assert_cmpuint (pl_device_item_get_up_bytes (phone), ==, 122);
}

/* Files of earlier versions had a device for each program at an address. */
static void
devices_of_one_address_are_one (void)
{
  static const char data[] = "[device 1]\naddress=192.168.1.23\nname=curl\nup-bytes=5\n"
                             "[device 2]\naddress=192.168.1.23\nname=\nup-bytes=6\n";
  g_autoptr (PlDeviceList) list = pl_device_list_new ();

  pl_device_list_load (list, data, sizeof data - 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_autoptr (PlDeviceItem) device = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpuint (pl_device_item_get_up_bytes (device), ==, 11);
  expect_device (list, 0, "192.168.1.23", "");
}

static void
strangers_make_room (void)
{
  g_autoptr (PlDeviceList) list = pl_device_list_new ();
  g_autoptr (SampleWatch) watch = sample_watch_new (G_LIST_MODEL (list));
  PlAddress kept = sample_address ("192.168.1.23");

  sample_see (list, "192.168.1.23", SAMPLE_ANDROID, 1);
  pl_device_list_rename (list, pl_device_list_find (list, &kept), "Grandma's phone");
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *address = g_strdup_printf ("203.0.%u.%u", i / 200, i % 200);
      sample_see (list, address, "scanner/1.0", 1);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 200);
  g_assert_nonnull (pl_device_list_find (list, &kept));
  sample_watch_expect (watch, NULL);
}

static void
device_says_when (void)
{
  PlAddress address = sample_address ("192.168.1.23");
  g_autoptr (PlDeviceItem) device = pl_device_item_new (&address);
  gint64 now_us = g_get_real_time ();

  pl_device_item_note (device, now_us - 3 * G_TIME_SPAN_DAY, 0, 0);
  g_autofree char *days = pl_device_item_dup_last_seen (device);
  g_assert_null (strchr (days, ':'));
  pl_device_item_note (device, now_us - 150 * G_TIME_SPAN_SECOND, 0, 0);
  g_autofree char *minutes = pl_device_item_dup_last_seen (device);
  g_assert_cmpstr (minutes, ==, "2 minutes ago");
  pl_device_item_note (device, now_us + G_TIME_SPAN_SECOND, 0, 0);
  g_autofree char *now = pl_device_item_dup_last_seen (device);
  g_assert_cmpstr (now, ==, "now");
}

/* One that booted with the clock of another year, until the network knew better. */
static void
device_is_seen_by_a_clock_put_right (void)
{
  g_autoptr (PlDeviceList) list = pl_device_list_new ();
  g_autoptr (PlDeviceList) again = pl_device_list_new ();
  g_autoptr (PlRecord) ahead = sample_record (1, "GET", "/", "");
  g_autoptr (PlRecord) right = sample_record (2, "GET", "/", "");
  g_autofree char *data = NULL;
  gint64 now_us = g_get_real_time ();
  gsize length;

  ahead->started_us = now_us + 400 * G_TIME_SPAN_DAY;
  pl_device_list_note (list, ahead, 0, 0);
  data = pl_device_list_dup_data (list, &length);
  pl_device_list_load (again, data, length);
  g_autoptr (PlDeviceItem) loaded = g_list_model_get_item (G_LIST_MODEL (again), 0);
  g_assert_cmpint (pl_device_item_get_last_seen_us (loaded), <=, g_get_real_time ());

  right->started_us = now_us - 150 * G_TIME_SPAN_SECOND;
  pl_device_list_note (list, right, 0, 0);
  g_autoptr (PlDeviceItem) device = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_autofree char *minutes = pl_device_item_dup_last_seen (device);
  g_assert_cmpstr (minutes, ==, "2 minutes ago");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/devices/arrive", devices_arrive);
  g_test_add_func ("/devices/renamed", devices_are_renamed);
  g_test_add_func ("/devices/own", devices_turn_out_to_be_this_computer);
  g_test_add_func ("/devices/remembered", devices_are_remembered);
  g_test_add_func ("/devices/one-address", devices_of_one_address_are_one);
  g_test_add_func ("/devices/strangers", strangers_make_room);
  g_test_add_func ("/devices/when", device_says_when);
  g_test_add_func ("/devices/clock", device_is_seen_by_a_clock_put_right);
  return g_test_run ();
}
