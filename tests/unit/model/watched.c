/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/model/watched.h"

#include <string.h>

#define SECOND ((gint64) G_USEC_PER_SEC)

static void
count_cb (Watched *watched)
{
  watched->n_changes++;
}

void
watched_set_up (Watched *watched, gconstpointer data)
{
  watched->devices = pl_device_list_new ();
  watched->watch = pl_phone_watch_new (watched->devices);
  watched->now_us = BEGIN_US;
  g_signal_connect_swapped (watched->watch, "changed", G_CALLBACK (count_cb), watched);
}

void
watched_tear_down (Watched *watched, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (watched->watch, watched);
  g_object_unref (watched->watch);
  g_object_unref (watched->devices);
}

/* Requests */

PlRecord *
watched_make (Watched *watched, const char *method, const char *target, const char *user_agent)
{
  PlRecord *record = sample_record (1, method, target, user_agent);

  watched->now_us += SECOND;
  record->started_us = record->connected_us = watched->now_us;
  record->down_bytes = strlen ("{\"res\":\"pong\"}");
  pl_record_set_upstream (record, "127.0.0.1:2283");
  return record;
}

void
watched_send (Watched *watched, PlRecord *record, gboolean is_outside)
{
  pl_device_list_note (watched->devices, record, 0, record->down_bytes);
  pl_device_list_tell (watched->devices);
  pl_phone_watch_note (watched->watch, record, is_outside);
  pl_phone_watch_tell (watched->watch);
  pl_record_unref (record);
}

PlRecord *
watched_make_ended (Watched *watched,
                    const char *target,
                    const char *user_agent,
                    PlCloseReason reason)
{
  PlRecord *record = watched_make (watched, *target != '\0' ? "GET" : "", target, user_agent);

  pl_record_set_upstream (record, "");
  record->reason = reason;
  record->status = (guint16) pl_close_get_status (reason);
  return record;
}

PlRecord *
watched_make_login (Watched *watched, gboolean succeeds)
{
  PlRecord *record = watched_make (watched, "POST", "/api/auth/login", APP);

  record->login = PL_LOGIN_PASSWORD;
  record->login_outcome = succeeds ? PL_LOGIN_SUCCEEDED : PL_LOGIN_FAILED;
  record->status = succeeds ? 201 : 401;
  return record;
}

void
watched_send_ping (Watched *watched)
{
  watched_send (watched, watched_make (watched, "GET", PING, APP), FALSE);
}

void
watched_turn_away (Watched *watched, const char *address)
{
  PlTurnedAwayList list = { 0 };
  PlAddress from = sample_address (address);

  watched->now_us += SECOND;
  pl_turned_away_add (&list, &from, 1, watched->now_us);
  pl_phone_watch_note_turned_away (watched->watch, &list);
  pl_phone_watch_tell (watched->watch);
}

/* What is said */

void
watched_begin (Watched *watched)
{
  watched->now_us += SECOND;
  pl_phone_watch_begin (watched->watch, watched->now_us);
}

void
watched_wait (Watched *watched, guint seconds)
{
  watched->now_us += seconds * SECOND;
}

void
watched_expect (Watched *watched, PlPhoneSight sight, const char *beginning, const char *has)
{
  g_autofree char *words = pl_phone_watch_dup_words (watched->watch, watched->now_us);

  g_assert_cmpint (pl_phone_watch_get_sight (watched->watch, watched->now_us), ==, sight);
  g_test_message ("%s", words);
  g_assert_true (g_str_has_prefix (words, beginning));
  g_assert_nonnull (strstr (words, has));
}

void
watched_expect_arrival (Watched *watched, const char *title)
{
  g_autofree char *words = g_strdup_printf ("%s is here: it works.", title);

  watched_expect (watched, PL_PHONE_ARRIVED, words, "");
  g_assert_nonnull (pl_phone_watch_get_phone (watched->watch));
}
