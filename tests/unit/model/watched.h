/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A phone that is watched while it is being connected, with a clock of its own. */

#pragma once

#include "app/model/phone_watch.h"
#include "tests/unit/model/sample.h"

#define BEGIN_US SAMPLE_STARTED_US

#define APP     "Immich_Android_1.135.3"
#define BROWSER "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
#define PING    "/api/server/ping"

/**
 * Watched:
 * @n_changes: how often @watch told of one
 */
typedef struct
{
  PlDeviceList *devices;
  PlPhoneWatch *watch;
  guint n_changes;
  gint64 now_us;
} Watched;

/** watched_set_up: as g_test_add() has it, like watched_tear_down(). */
void watched_set_up (Watched *watched, gconstpointer data);
void watched_tear_down (Watched *watched, gconstpointer data);

/** watched_make: (transfer full): a second later, on a connection of its own, answered by Immich.
 */
PlRecord *
watched_make (Watched *watched, const char *method, const char *target, const char *user_agent);

/** watched_make_ended: (transfer full): ends without Immich; without a target it has asked for
 * nothing. */
PlRecord *watched_make_ended (Watched *watched,
                              const char *target,
                              const char *user_agent,
                              PlCloseReason reason);

/** watched_make_login: (transfer full): with a password, in the app. */
PlRecord *watched_make_login (Watched *watched, gboolean succeeds);

/** watched_send: @record: (transfer full) */
void watched_send (Watched *watched, PlRecord *record, gboolean is_outside);

/** watched_send_ping: what the app asks first. */
void watched_send_ping (Watched *watched);

/** watched_turn_away: a second later somebody there is, at the door. */
void watched_turn_away (Watched *watched, const char *address);

/** watched_begin: a phone is waited for, a second later. */
void watched_begin (Watched *watched);
void watched_wait (Watched *watched, guint seconds);

/** watched_expect: that @sight is what is to be seen, in words that begin so, and hold @has. */
void watched_expect (Watched *watched, PlPhoneSight sight, const char *beginning, const char *has);

/** watched_expect_arrival: of the phone that is called so. */
void watched_expect_arrival (Watched *watched, const char *title);
