/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The short lists: transfers, devices, addresses of Immich. */

#include <string.h>

#include "app/model/device_list.h"
#include "app/model/transfer_list.h"
#include "app/model/trouble.h"
#include "app/model/upstream_list.h"
#include "tests/unit/model/sample.h"

#define ANDROID "Immich_Android_1.135.3"
#define FIREFOX "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"

/* Transfers */

static void
add_transfer (PlTransferList *list, PlRecord *record)
{
  g_autoptr (GPtrArray) records = sample_batch_of_one (record);
  pl_transfer_list_add (list, records, 0);
}

static PlRecord *
uploading (guint64 bytes, gint64 duration_us)
{
  PlRecord *record = sample_running (1, "/api/assets", bytes, 0);

  record->up_total_bytes = 512000000;
  record->duration_us = duration_us;
  return record;
}

static void
transfers_come_and_go (void)
{
  g_autoptr (PlTransferList) list = pl_transfer_list_new ();
  g_autoptr (SampleWatch) watch = sample_watch_new (G_LIST_MODEL (list));
  g_autoptr (PlTransferItem) item = NULL;
  PlRecord *tunnel = sample_running (9, "/api/socket.io/", 10, 10);
  tunnel->protocol = PL_PROTOCOL_TUNNEL;

  add_transfer (list, sample_record (5, "GET", "/", ""));
  add_transfer (list, sample_running (6, "/api/search", 0, 0));
  add_transfer (list, tunnel);
  sample_watch_expect (watch, "");
  add_transfer (list, uploading (322000000, 18 * G_USEC_PER_SEC));
  add_transfer (list, sample_running (2, "/api/assets/a/video/playback", 0, 5000));
  sample_watch_expect (watch, "+0,1 +1,1");
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_autofree char *unknown = pl_transfer_item_dup_speed (item);
  g_assert_cmpstr (unknown, ==, "");
  add_transfer (list, uploading (340000000, 19 * G_USEC_PER_SEC));
  sample_watch_expect (watch, "");

  g_autofree char *title = pl_transfer_item_dup_title (item);
  g_autofree char *progress = pl_transfer_item_dup_progress (item);
  g_autofree char *speed = pl_transfer_item_dup_speed (item);
  g_assert_cmpstr (title, ==, "uploading a photo or video");
  g_assert_cmpstr (progress, ==, "340 of 512 MB");
  g_assert_cmpstr (speed, ==, "18 MB/s");
  g_assert_cmpfloat_with_epsilon (pl_transfer_item_get_fraction (item), 0.664, 0.001);
  g_assert_true (pl_transfer_item_is_upload (item));

  add_transfer (list, sample_record (1, "POST", "/api/assets", ""));
  sample_watch_expect (watch, "-0,1");
  g_autoptr (GPtrArray) none = sample_batch (0, 0);
  pl_transfer_list_add (list, none, 3);
  sample_watch_expect (watch, "-0,1");
}

/* Devices */

static void
arrived_cb (PlDeviceList *list,
            PlDeviceItem *device,
            gboolean is_other,
            gboolean is_new,
            GString *told)
{
  g_autofree char *title = pl_device_item_dup_title (device);
  g_string_append_printf (told, "%s%s%s;", title, is_other ? " other" : "", is_new ? " new" : "");
}

static void
see (PlDeviceList *list, const char *address, const char *user_agent, guint64 bytes)
{
  g_autoptr (PlRecord) record = sample_record (1, "GET", "/", user_agent);

  record->client = sample_address (address);
  pl_device_list_note (list, record, bytes, 2 * bytes);
}

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
  g_autoptr (GString) told = g_string_new (NULL);
  PlAddress own = sample_address ("192.168.1.20");

  g_signal_connect (list, "device-arrived", G_CALLBACK (arrived_cb), told);
  pl_device_list_set_own (list, &own, 1);
  see (list, "127.0.0.1", PL_USER_AGENT, 1);
  see (list, "192.168.1.20", PL_USER_AGENT, 1);
  see (list, "127.0.0.1", "curl/8.0", 1);
  see (list, "192.168.1.20", FIREFOX, 1);
  see (list, "::1", "curl/8.0", 1);
  see (list, "192.168.1.23", "", 100);
  see (list, "192.168.1.23", "curl/8.0", 10);
  see (list, "192.168.1.23", FIREFOX, 5);
  see (list, "192.168.1.23", ANDROID, 5);
  see (list, "192.168.1.24", PL_USER_AGENT, 1);
  see (list, "fd00::5", "", 1);
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

  see (list, "127.0.0.1", "curl/8.0", 1);
  see (list, "192.168.1.23", ANDROID, 1);
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

  see (list, "192.168.1.20", "curl/8.0", 1);
  see (list, "fd00::20", FIREFOX, 10);
  see (list, "192.168.1.23", ANDROID, 100);
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
  g_autoptr (GString) told = g_string_new (NULL);
  g_autofree char *data = NULL;
  PlAddress odd = sample_address ("fd00::5");
  gsize length = 0;

  see (before, "192.168.1.23", ANDROID, 100);
  see (before, "192.168.1.23", FIREFOX, 0);
  see (before, "fd00::5", "odd\"=[x]\\/1", 1);
  pl_device_list_rename (before, pl_device_list_find (before, &odd), "[odd] = \"; \\ #");
  data = pl_device_list_dup_data (before, &length);
  pl_device_list_load (after, data, length);
  pl_device_list_load (after, "[device 1]\naddress=nowhere\nname=x\n[device 2]\n", 45);
  pl_device_list_load (after, "no file", 7);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (after)), ==, 2);
  expect_device (after, 0, "Immich app (Android)", "192.168.1.23 · Firefox on Windows");
  expect_device (after, 1, "[odd] = \"; \\ #", "fd00::5 · odd\"=[x]\\");

  g_signal_connect (after, "device-arrived", G_CALLBACK (arrived_cb), told);
  see (after, "192.168.1.23", ANDROID, 11);
  see (after, "192.168.1.23", ANDROID, 11);
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

  see (list, "192.168.1.23", ANDROID, 1);
  pl_device_list_rename (list, pl_device_list_find (list, &kept), "Grandma's phone");
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *address = g_strdup_printf ("203.0.%u.%u", i / 200, i % 200);
      see (list, address, "scanner/1.0", 1);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 200);
  g_assert_nonnull (pl_device_list_find (list, &kept));
  sample_watch_expect (watch, NULL);
}

/* A guest of whose link's page something was not known is one all the same. */
static void
who_is_kept_out_is_no_device (void)
{
  g_autoptr (PlDeviceList) list = pl_device_list_new ();
  g_autoptr (PlRecord) stranger = sample_record (1, "GET", "/.env", "scanner/1.0");
  g_autoptr (PlRecord) guest = sample_record (2, "GET", "/api/tiles?key=***", "");

  stranger->reason = guest->reason = PL_CLOSE_NOT_SHARED;
  pl_device_list_note (list, stranger, 0, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  pl_device_list_note (list, guest, 0, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
}

static void
turn_away (PlDeviceList *list, const char *first, const char *second)
{
  g_autoptr (PlTrust) turned_away = pl_trust_new ();

  g_assert_true (first == NULL || pl_trust_add (turned_away, first, NULL));
  g_assert_true (second == NULL || pl_trust_add (turned_away, second, NULL));
  pl_device_list_set_turned_away (list, turned_away);
}

static void
assert_access (PlDeviceList *list, const char *text, PlDeviceAccess access)
{
  PlAddress address = sample_address (text);
  PlDeviceItem *device = pl_device_list_find (list, &address);

  g_assert_nonnull (device);
  g_assert_cmpint (pl_device_item_get_access (device), ==, access);
}

/* It is listed as long as it is turned away, or was seen. */
static void
devices_are_turned_away_and_let_in_again (void)
{
  g_autoptr (PlDeviceList) list = pl_device_list_new ();
  PlAddress own = sample_address ("192.168.1.20");

  see (list, "192.168.1.23", ANDROID, 1);
  see (list, "203.0.113.9", FIREFOX, 1);
  see (list, "192.168.1.20", FIREFOX, 1);
  pl_device_list_set_own (list, &own, 1);
  turn_away (list, "192.168.1.23", "192.168.1.99");
  assert_access (list, "192.168.1.23", PL_DEVICE_TURNED_AWAY);
  assert_access (list, "192.168.1.99", PL_DEVICE_TURNED_AWAY);
  assert_access (list, "203.0.113.9", PL_DEVICE_LET_IN);
  g_assert_cmpuint (pl_device_list_get_n_others_since (list, SAMPLE_STARTED_US), ==, 1);

  turn_away (list, "203.0.113.0/24", "192.168.0.0/16");
  assert_access (list, "203.0.113.9", PL_DEVICE_TURNED_AWAY_WITH_NETWORK);
  assert_access (list, "192.168.1.20", PL_DEVICE_LET_IN);
  see (list, "203.0.113.10", FIREFOX, 1);
  assert_access (list, "203.0.113.10", PL_DEVICE_TURNED_AWAY_WITH_NETWORK);

  turn_away (list, NULL, NULL);
  assert_access (list, "192.168.1.23", PL_DEVICE_LET_IN);
  PlAddress unseen = sample_address ("192.168.1.99");
  g_assert_null (pl_device_list_find (list, &unseen));
}

/* Who knocks does not come in: it is no arrival, and brings nobody into the list. */
static void
who_is_turned_away_knocks (void)
{
  g_autoptr (PlDeviceList) list = pl_device_list_new ();
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (PlRecord) record = sample_record (1, "GET", "/", ANDROID);
  PlDeviceItem *device;

  g_signal_connect (list, "device-arrived", G_CALLBACK (arrived_cb), told);
  record->reason = PL_CLOSE_DEVICE_TURNED_AWAY;
  pl_device_list_note (list, record, 0, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  turn_away (list, "192.168.1.23", NULL);
  device = pl_device_list_find (list, &record->client);
  g_autofree char *before = pl_device_item_dup_access_details (device);
  g_assert_cmpstr (before, ==,
                   "Last at the door: not lately. With another address it comes in again: then "
                   "turn that away, too.");
  pl_device_list_note (list, record, 0, 0);
  g_assert_cmpint (pl_device_item_get_last_seen_us (device), >=, SAMPLE_STARTED_US);
  g_assert_cmpstr (told->str, ==, "");
}

/* Nobody could let in again what is lost. */
static void
who_is_turned_away_makes_no_room (void)
{
  g_autoptr (PlDeviceList) list = pl_device_list_new ();

  turn_away (list, "192.168.1.23", NULL);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *address = g_strdup_printf ("203.0.%u.%u", i / 200, i % 200);
      see (list, address, "scanner/1.0", 1);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 200);
  assert_access (list, "192.168.1.23", PL_DEVICE_TURNED_AWAY);
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

/* Immich */

static void
health_cb (PlUpstreamList *list, PlUpstreamItem *item, GString *told)
{
  g_string_append_printf (told, "%s %u;", pl_upstream_item_get_endpoint (item),
                          pl_upstream_item_get_health (item));
}

static void
upstreams_change (void)
{
  g_autoptr (PlUpstreamList) list = pl_upstream_list_new ();
  g_autoptr (SampleWatch) watch = sample_watch_new (G_LIST_MODEL (list));
  g_autoptr (GString) told = g_string_new (NULL);
  PlEndpointStatus statuses[] = {
    { .upstream = "immich", .endpoint = "a:1", .health = PL_HEALTH_UNKNOWN, .response_us = -1 },
    { .upstream = "immich", .endpoint = "b:1", .health = PL_HEALTH_UNKNOWN, .response_us = -1 },
    { .upstream = "web", .endpoint = "a:1", .health = PL_HEALTH_UNKNOWN, .response_us = -1 },
  };

  g_signal_connect (list, "health-changed", G_CALLBACK (health_cb), told);
  pl_upstream_list_set (list, statuses, 3);
  sample_watch_expect (watch, "+0,3");
  statuses[0].health = PL_HEALTH_WELL;
  statuses[0].response_us = 12000;
  statuses[1].health = PL_HEALTH_NOT_WELL;
  statuses[1].last_error = "connection refused";
  pl_upstream_list_set (list, statuses, 3);
  sample_watch_expect (watch, "");
  g_assert_cmpstr (told->str, ==, "b:1 4;");
  g_assert_null (pl_upstream_list_find_dead (list));

  PlUpstreamItem *first = pl_upstream_list_find (list, "immich", "a:1");
  pl_upstream_item_set_version (first, "1.135.3");
  g_autofree char *words = pl_upstream_item_dup_words (first);
  g_assert_cmpstr (words, ==, "1.135.3 · healthy · 12 ms");
  g_autofree char *down
      = pl_upstream_item_dup_words (pl_upstream_list_find (list, "immich", "b:1"));
  g_assert_true (g_str_has_prefix (down, "not well since "));
  g_assert_true (g_str_has_suffix (down, ": connection refused"));

  statuses[0].health = PL_HEALTH_MAINTENANCE;
  pl_upstream_list_set (list, statuses, 3);
  g_assert_null (pl_upstream_list_find_dead (list));
  g_autofree char *maintenance = pl_upstream_item_dup_words (first);
  g_assert_cmpstr (maintenance, ==, "in maintenance; its admin can end it there");
  statuses[0].health = PL_HEALTH_LOOP;
  pl_upstream_list_set (list, statuses, 3);
  g_assert_true (pl_upstream_list_find_dead (list) == first);
  g_autofree char *loop = pl_upstream_item_dup_words (first);
  g_assert_cmpstr (loop, ==, "this address leads back to Porchlight");
  g_assert_true (pl_upstream_list_find_dead (list) == first);
  statuses[0].health = statuses[1].health = PL_HEALTH_WELL;
  pl_upstream_list_set (list, statuses, 2);
  sample_watch_expect (watch, "-0,3 +0,2");
  g_assert_true (pl_upstream_list_find (list, "immich", "a:1") == first);
  g_assert_cmpstr (told->str, ==, "b:1 4;a:1 3;a:1 1;b:1 1;");
}

static void
trouble_has_remedies (void)
{
  g_autoptr (PlTrouble) trouble = pl_trouble_new (PL_TROUBLE_PORT_TAKEN, "Port 8080 is taken.");

  pl_trouble_add_remedy (trouble, PL_REMEDY_USE_PORT, "_Use 8081", 8081);
  g_assert_cmpuint (pl_trouble_get_n_remedies (trouble), ==, 1);
  g_assert_cmpuint (pl_trouble_get_remedy (trouble, 0)->port, ==, 8081);
  g_assert_true (pl_trouble_is_fault (trouble));
  pl_trouble_set_harmless (trouble);
  g_assert_false (pl_trouble_is_fault (trouble));
}

static void
knock (PlDeviceList *list, const char *method, PlCloseReason reason)
{
  g_autoptr (PlRecord) record = sample_record (1, method, "/", "");

  record->reason = reason;
  record->client = sample_address ("203.0.113.9");
  pl_device_list_note (list, record, 0, 0);
}

/* Whoever speaks TLS to the plain port has not come in, nor who does not trust the certificate. */
static void
who_only_knocks_is_no_device (void)
{
  g_autoptr (PlDeviceList) list = pl_device_list_new ();

  for (PlCloseReason reason = PL_CLOSE_TLS_SPOKEN; reason <= PL_CLOSE_TLS_FAILED; reason++)
    knock (list, "", reason);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);

  see (list, "203.0.113.9", FIREFOX, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
}

/* Scanners ask without encryption, for other computers, and for more than there is; who is known
 * already has still been at the door. */
static void
who_is_answered_at_the_door_is_no_device (void)
{
  static const PlCloseReason reasons[]
      = { PL_CLOSE_PLAIN_SENT_ON, PL_CLOSE_PLAIN_REFUSED, PL_CLOSE_METHOD_REFUSED,
          PL_CLOSE_LOGIN_MUST_WAIT, PL_CLOSE_STRANGER_TOO_FAST };
  g_autoptr (PlDeviceList) list = pl_device_list_new ();
  g_autoptr (GString) told = g_string_new (NULL);

  g_signal_connect (list, "device-arrived", G_CALLBACK (arrived_cb), told);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    knock (list, "GET", reasons[i]);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_assert_cmpstr (told->str, ==, "");

  see (list, "203.0.113.9", FIREFOX, 1);
  knock (list, "GET", PL_CLOSE_PLAIN_REFUSED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transfers/come-and-go", transfers_come_and_go);
  g_test_add_func ("/devices/arrive", devices_arrive);
  g_test_add_func ("/devices/renamed", devices_are_renamed);
  g_test_add_func ("/devices/own", devices_turn_out_to_be_this_computer);
  g_test_add_func ("/devices/remembered", devices_are_remembered);
  g_test_add_func ("/devices/one-address", devices_of_one_address_are_one);
  g_test_add_func ("/devices/strangers", strangers_make_room);
  g_test_add_func ("/devices/turned-away", devices_are_turned_away_and_let_in_again);
  g_test_add_func ("/devices/turned-away/knock", who_is_turned_away_knocks);
  g_test_add_func ("/devices/turned-away/make-no-room", who_is_turned_away_makes_no_room);
  g_test_add_func ("/devices/kept-out", who_is_kept_out_is_no_device);
  g_test_add_func ("/devices/when", device_says_when);
  g_test_add_func ("/devices/clock", device_is_seen_by_a_clock_put_right);
  g_test_add_func ("/devices/knock", who_only_knocks_is_no_device);
  g_test_add_func ("/devices/knock/answered", who_is_answered_at_the_door_is_no_device);
  g_test_add_func ("/upstreams/change", upstreams_change);
  g_test_add_func ("/trouble/remedies", trouble_has_remedies);
  return g_test_run ();
}
