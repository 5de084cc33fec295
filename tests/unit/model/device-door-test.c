/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is at the door, but does not come in, as the list of devices has it. */

#include "app/model/device_list.h"
#include "tests/unit/model/sample.h"

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

  sample_see (list, "192.168.1.23", SAMPLE_ANDROID, 1);
  sample_see (list, "203.0.113.9", SAMPLE_FIREFOX, 1);
  sample_see (list, "192.168.1.20", SAMPLE_FIREFOX, 1);
  pl_device_list_set_own (list, &own, 1);
  turn_away (list, "192.168.1.23", "192.168.1.99");
  assert_access (list, "192.168.1.23", PL_DEVICE_TURNED_AWAY);
  assert_access (list, "192.168.1.99", PL_DEVICE_TURNED_AWAY);
  assert_access (list, "203.0.113.9", PL_DEVICE_LET_IN);
  g_assert_cmpuint (pl_device_list_get_n_others_since (list, SAMPLE_STARTED_US), ==, 1);

  turn_away (list, "203.0.113.0/24", "192.168.0.0/16");
  assert_access (list, "203.0.113.9", PL_DEVICE_TURNED_AWAY_WITH_NETWORK);
  assert_access (list, "192.168.1.20", PL_DEVICE_LET_IN);
  sample_see (list, "203.0.113.10", SAMPLE_FIREFOX, 1);
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
  g_autoptr (GString) told = sample_tell_arrivals (list);
  g_autoptr (PlRecord) record = sample_record (1, "GET", "/", SAMPLE_ANDROID);
  PlDeviceItem *device;

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
      sample_see (list, address, "scanner/1.0", 1);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 200);
  assert_access (list, "192.168.1.23", PL_DEVICE_TURNED_AWAY);
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

  sample_see (list, "203.0.113.9", SAMPLE_FIREFOX, 1);
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
  g_autoptr (GString) told = sample_tell_arrivals (list);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    knock (list, "GET", reasons[i]);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_assert_cmpstr (told->str, ==, "");

  sample_see (list, "203.0.113.9", SAMPLE_FIREFOX, 1);
  knock (list, "GET", PL_CLOSE_PLAIN_REFUSED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/devices/turned-away", devices_are_turned_away_and_let_in_again);
  g_test_add_func ("/devices/turned-away/knock", who_is_turned_away_knocks);
  g_test_add_func ("/devices/turned-away/make-no-room", who_is_turned_away_makes_no_room);
  g_test_add_func ("/devices/kept-out", who_is_kept_out_is_no_device);
  g_test_add_func ("/devices/knock", who_only_knocks_is_no_device);
  g_test_add_func ("/devices/knock/answered", who_is_answered_at_the_door_is_no_device);
  return g_test_run ();
}
