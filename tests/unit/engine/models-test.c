/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who has come in from outside, and who only seems to. */

#include "app/engine/models.h"

#include <glib/gstdio.h>

static PlAddress
parse (const char *text)
{
  PlAddress address;

  g_assert_true (pl_address_parse (pl_slice_from_string (text), &address));
  return address;
}

static void
come (PlModels *models, const char *client, PlCloseReason reason, gint64 when_us)
{
  PlRecordText text = { .method = PL_SLICE ("GET"), .target = PL_SLICE ("/") };
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_record_unref);
  PlRecord *record = pl_record_new (&text);

  record->state = PL_RECORD_FINISHED;
  record->reason = reason;
  record->status = 200;
  record->client = parse (client);
  record->started_us = when_us;
  g_ptr_array_add (batch, record);
  pl_models_add (models, batch, 0);
}

static void
come_in (PlModels *models, const char *client)
{
  come (models, client, PL_CLOSE_DONE, g_get_real_time ());
}

/* Who was there last; empty: nobody. */
static void
assert_caller (PlModels *models, const PlTrust *home, const char *expected)
{
  PlAddress caller;
  char bytes[PL_ADDRESS_TEXT_BYTES];
  PlWriter writer;

  pl_writer_init (&writer, bytes, sizeof bytes);
  if (pl_models_find_caller_from_outside (models, home, &caller) > 0)
    pl_address_write_host (&caller, &writer);
  g_autofree char *text = g_strndup (bytes, writer.length);
  g_assert_cmpstr (text, ==, expected);
}

static void
knows_who_is_from_outside (void)
{
  static const char *const own_texts[]
      = { "127.0.0.1:1", "[::1]:1", "192.168.1.2:1", "203.0.113.1:1", "[2001:db8:1::2]:1" };
  static const char *const insiders[]
      = { "192.168.1.9:1", "127.0.0.1:1", "203.0.113.1:1", "[2001:db8:1::9]:1", "100.64.0.9:1" };
  static const char *const outsiders[][2]
      = { { "203.0.113.5:1", "203.0.113.5" }, { "[2001:db8:2::9]:1", "2001:db8:2::9" } };
  g_autoptr (PlTrust) home = pl_trust_new ();
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (PlAddress));

  g_assert_true (pl_trust_add (home, "2001:db8:1::/64", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (own_texts); i++)
    {
      PlAddress address = parse (own_texts[i]);
      g_array_append_val (own, address);
    }
  for (guint i = 0; i < G_N_ELEMENTS (outsiders); i++)
    {
      g_autoptr (PlModels) models = pl_models_new (100);
      pl_models_set_own (models, own);
      for (guint k = 0; k < G_N_ELEMENTS (insiders); k++)
        come_in (models, insiders[k]);
      assert_caller (models, home, "");
      come_in (models, outsiders[i][0]);
      assert_caller (models, home, outsiders[i][1]);
    }
}

static void
knows_who_was_turned_away (void)
{
  g_autoptr (PlModels) models = pl_models_new (100);
  PlTurnedAwayList batch = { 0 };
  PlAddress stranger = parse ("203.0.113.5:1"), neighbour = parse ("192.168.1.9:1");
  gint64 now_us = g_get_real_time ();

  pl_turned_away_add (&batch, &neighbour, 1, now_us);
  pl_models_turn_away (models, &batch);
  assert_caller (models, NULL, "");

  pl_turned_away_add (&batch, &stranger, 1, now_us - 8 * G_TIME_SPAN_DAY);
  pl_models_turn_away (models, &batch);
  assert_caller (models, NULL, "");

  pl_turned_away_add (&batch, &stranger, 1, now_us);
  pl_models_turn_away (models, &batch);
  assert_caller (models, NULL, "203.0.113.5");
}

/* Of one who is neither let in nor turned away, of several the last, and of no other time. */
static void
knows_who_came_last (void)
{
  g_autoptr (PlModels) models = pl_models_new (100);
  gint64 now_us = g_get_real_time ();
  PlAddress caller;

  come (models, "203.0.113.6:1", PL_CLOSE_TLS_SPOKEN, now_us - G_TIME_SPAN_HOUR);
  come (models, "192.168.1.9:1", PL_CLOSE_TLS_SPOKEN, now_us);
  assert_caller (models, NULL, "203.0.113.6");
  come (models, "203.0.113.5:1", PL_CLOSE_DONE, now_us - 2 * G_TIME_SPAN_HOUR);
  assert_caller (models, NULL, "203.0.113.6");
  come (models, "203.0.113.7:1", PL_CLOSE_DONE, now_us - G_TIME_SPAN_MINUTE);
  assert_caller (models, NULL, "203.0.113.7");
  g_assert_cmpint (pl_models_find_caller_from_outside (models, NULL, &caller), ==,
                   now_us - G_TIME_SPAN_MINUTE);
  come (models, "203.0.113.8:1", PL_CLOSE_DONE, now_us + G_TIME_SPAN_DAY);
  assert_caller (models, NULL, "203.0.113.7");
}

/* Though they are no devices. */
static void
knows_in_the_next_run (void)
{
  PlTurnedAwayList batch = { 0 };
  PlAddress stranger = parse ("203.0.113.5:1");

  pl_turned_away_add (&batch, &stranger, 1, g_get_real_time ());
  for (guint run = 0; run < 3; run++)
    {
      g_autoptr (PlModels) models = pl_models_new (100);
      pl_models_load (models);
      assert_caller (models, NULL, run == 0 ? "" : "203.0.113.5");
      if (run == 0)
        pl_models_turn_away (models, &batch);
      g_autofree char *words = pl_models_dup_turned_away (models);
      g_assert_cmpstr (words, ==, "1 caller from outside was turned away today (203.0.113.5)");
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("porchlight-models-XXXXXX", NULL);
  g_autofree char *devices = g_build_filename (folder, "porchlight", "devices", NULL);
  g_autofree char *turned_away = g_build_filename (folder, "porchlight", "turned-away", NULL);
  g_autofree char *devices_folder = g_path_get_dirname (devices);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/models/next-run", knows_in_the_next_run);
  g_test_add_func ("/models/outside", knows_who_is_from_outside);
  g_test_add_func ("/models/turned-away", knows_who_was_turned_away);
  g_test_add_func ("/models/last", knows_who_came_last);
  int result = g_test_run ();
  g_remove (devices);
  g_remove (turned_away);
  g_rmdir (devices_folder);
  g_rmdir (folder);
  return result;
}
