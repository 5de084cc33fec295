/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The short lists: transfers, addresses of Immich, troubles. */

#include "app/model/transfer_list.h"
#include "app/model/trouble.h"
#include "app/model/upstream_list.h"
#include "tests/unit/model/sample.h"

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transfers/come-and-go", transfers_come_and_go);
  g_test_add_func ("/upstreams/change", upstreams_change);
  g_test_add_func ("/trouble/remedies", trouble_has_remedies);
  return g_test_run ();
}
