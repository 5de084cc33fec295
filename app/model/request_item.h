/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One exchange, as a row of the log and as its detail pane show it. Words are made when they are
 * asked for, so that a request nobody looks at costs next to nothing. */

#pragma once

#include <gio/gio.h>

#include "app/model/header_diff.h"
#include "app/model/path_words.h"
#include "app/model/timing.h"
#include "net/proxy/proxy.h"

/** PlTone: how a request's end is coloured. */
typedef enum
{
  PL_TONE_RUNNING,
  PL_TONE_GOOD,    /* 2xx, a live connection that was closed */
  PL_TONE_NEUTRAL, /* 3xx; a device that changed its mind */
  PL_TONE_WARNING, /* 4xx, and what the device is to blame for */
  PL_TONE_BAD,     /* 5xx, and what Immich or this computer is to blame for */
} PlTone;

#define PL_TYPE_REQUEST_ITEM (pl_request_item_get_type ())
G_DECLARE_FINAL_TYPE (PlRequestItem, pl_request_item, PL, REQUEST_ITEM, GObject)

/**
 * PlRequestItem::changed:
 *
 * A later record of the same exchange came: anything but what the client asked for may be another.
 */

/** pl_request_item_new: @record: a reference is taken. */
PlRequestItem *pl_request_item_new (PlRecord *record);

/** pl_request_item_update: for the log: a later record of the same exchange. */
void pl_request_item_update (PlRequestItem *item, PlRecord *record);

/** pl_request_item_lose_sight: for the log: its end may have been missed; until a record says
 * otherwise it counts as ended. */
void pl_request_item_lose_sight (PlRequestItem *item);

/** pl_request_item_get_record: (transfer none): the latest. */
PlRecord *pl_request_item_get_record (PlRequestItem *item);

/* What was asked, by whom. It never changes. */

guint64 pl_request_item_get_id (PlRequestItem *item);

/** pl_request_item_get_started_us: wall clock, microseconds since the epoch. */
gint64 pl_request_item_get_started_us (PlRequestItem *item);

/** pl_request_item_dup_time: (transfer full): `14:03:07`, on the user's clock. */
char *pl_request_item_dup_time (PlRequestItem *item);

/** pl_request_item_dup_full_time: (transfer full): day and time to the millisecond, for a tooltip.
 */
char *pl_request_item_dup_full_time (PlRequestItem *item);

/** pl_request_item_get_device: (transfer none): `Immich app (Android)`; may be empty. */
const char *pl_request_item_get_device (PlRequestItem *item);

/** pl_request_item_get_client: (transfer none): the address of who asked. */
const PlAddress *pl_request_item_get_client (PlRequestItem *item);

/** pl_request_item_dup_client: (transfer full): the address of who asked: `192.168.1.23`. */
char *pl_request_item_dup_client (PlRequestItem *item);

/** pl_request_item_get_method, pl_request_item_get_target: (transfer none): secrets in the target
 * are masked; what could not be read is empty. */
const char *pl_request_item_get_method (PlRequestItem *item);
const char *pl_request_item_get_target (PlRequestItem *item);

/** pl_request_item_get_unread_words: (transfer none): what is shown instead of a target that could
 * not be read. */
const char *pl_request_item_get_unread_words (PlRequestItem *item);

/** pl_request_item_get_path_words: (transfer none): `thumbnail`, `upload`; may be empty. */
const char *pl_request_item_get_path_words (PlRequestItem *item);

/** pl_request_item_dup_url: (transfer full) (nullable): the address asked for, to be copied; %NULL
 * where the request had no host. */
char *pl_request_item_dup_url (PlRequestItem *item);

/** pl_request_item_is_url_cut: whether only the beginning of the address is known. */
gboolean pl_request_item_is_url_cut (PlRequestItem *item);

/* What becomes of it. */

gboolean pl_request_item_is_running (PlRequestItem *item);

/** pl_request_item_get_flags: what kind it is; %PL_REQUEST_ERROR may still come. */
PlRequestFlags pl_request_item_get_flags (PlRequestItem *item);

PlTone pl_request_item_get_tone (PlRequestItem *item);

/** pl_request_item_get_status: 0 while or where none was sent. */
guint pl_request_item_get_status (PlRequestItem *item);

/** pl_request_item_get_status_words: (transfer none): `wrong password`; never empty. */
const char *pl_request_item_get_status_words (PlRequestItem *item);

/** pl_request_item_dup_reason: (transfer full): how it ended: `the device went away at 340 MB`. */
char *pl_request_item_dup_reason (PlRequestItem *item);

guint64 pl_request_item_get_up_bytes (PlRequestItem *item);
guint64 pl_request_item_get_down_bytes (PlRequestItem *item);

/** pl_request_item_get_size: the octets of its greater direction: what a person calls its size. */
guint64 pl_request_item_get_size (PlRequestItem *item);

/** pl_request_item_get_fraction: how much of the greater direction is done, 0 to 1; -1 where its
 * length is not known. */
double pl_request_item_get_fraction (PlRequestItem *item);

/** pl_request_item_get_duration_us: until its end; until now, while it runs. */
gint64 pl_request_item_get_duration_us (PlRequestItem *item);

/** pl_request_item_get_timing: for a small waterfall. */
PlTiming pl_request_item_get_timing (PlRequestItem *item);

/** pl_request_item_get_upstream: (transfer none): where it went; may be empty. */
const char *pl_request_item_get_upstream (PlRequestItem *item);

/** pl_request_item_get_user_agent: (transfer none): as it came; may be empty. */
const char *pl_request_item_get_user_agent (PlRequestItem *item);

/** pl_request_item_get_protocol: (transfer none): `HTTP/1.1`, `HTTP/2`, `WebSocket`. */
const char *pl_request_item_get_protocol (PlRequestItem *item);

/** pl_request_item_forget_heads: the rest stays. */
void pl_request_item_forget_heads (PlRequestItem *item);

/** pl_request_item_get_no_heads_words: (transfer none) (nullable): why none of its heads can be
 * shown; %NULL where some can, see pl_engine_watch_heads(). */
const char *pl_request_item_get_no_heads_words (PlRequestItem *item);

/** pl_request_item_new_diff: (transfer full) (nullable): %NULL while or where there is no such
 * head. */
PlHeaderDiff *pl_request_item_new_diff (PlRequestItem *item, PlHeadKind kind);
