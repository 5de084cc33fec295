/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A device that asked for something: known by its address, with the programs on it that asked and
 * the name that the user gave it. This computer is one device, whichever of its addresses was used.
 */

#pragma once

#include <glib-object.h>

#include "app/model/device_access.h"
#include "app/model/device_days.h"
#include "net/proxy/proxy.h"

#define PL_TYPE_DEVICE_ITEM (pl_device_item_get_type ())
G_DECLARE_FINAL_TYPE (PlDeviceItem, pl_device_item, PL, DEVICE_ITEM, GObject)

/** PlDeviceItem::changed: it was seen again, renamed, turned away or let in; at most once in a
 * batch of records. */

/** pl_device_item_new: for the list: @address: a loopback address stands for this computer. */
PlDeviceItem *pl_device_item_new (const PlAddress *address);

/** pl_device_item_note: for the list: seen at @seen_us, with so much moved on that day; tells
 * nobody yet. */
void pl_device_item_note (PlDeviceItem *item, gint64 seen_us, guint64 up_bytes, guint64 down_bytes);

/** pl_device_item_take_sums: for the list: what is known from before: last seen at @seen_us, with
 * so much moved in all, of it @days. */
void pl_device_item_take_sums (PlDeviceItem *item,
                               gint64 seen_us,
                               guint64 up_bytes,
                               guint64 down_bytes,
                               const PlDeviceDays *days);

/** pl_device_item_set_access: for the list: tells nobody yet. Returns: whether it was another. */
gboolean pl_device_item_set_access (PlDeviceItem *item, PlDeviceAccess access);

/** pl_device_item_note_program: for the list: @program, as pl_device_share_program() has it, asks
 * from there; of very many only the first are kept. Returns: whether that was not known. */
gboolean pl_device_item_note_program (PlDeviceItem *item, const char *program);

/** pl_device_item_set_given_name: for the list: see pl_device_list_rename(). */
void pl_device_item_set_given_name (PlDeviceItem *item, const char *name);

/** pl_device_item_set_aliases: for the list: other addresses of this computer; copied. */
void pl_device_item_set_aliases (PlDeviceItem *item, const GArray *addresses);

/** pl_device_item_tell: for the list: emits #PlDeviceItem::changed. */
void pl_device_item_tell (PlDeviceItem *item);

/** pl_device_item_get_address: (transfer none): its port means nothing. */
const PlAddress *pl_device_item_get_address (PlDeviceItem *item);

/** pl_device_item_dup_address: (transfer full): `192.168.1.23`. */
char *pl_device_item_dup_address (PlDeviceItem *item);

/** pl_device_item_is_own: whether it is this computer. */
gboolean pl_device_item_is_own (PlDeviceItem *item);

/** pl_device_item_is_at: whether requests from @client are its. */
gboolean pl_device_item_is_at (PlDeviceItem *item, const PlAddress *client);

/** pl_device_item_get_given_name: (transfer none): as the user calls it; may be empty. */
const char *pl_device_item_get_given_name (PlDeviceItem *item);

/** pl_device_item_get_programs: (transfer none) (element-type utf8): as pl_device_share_program()
 * has them, the most telling first. */
GPtrArray *pl_device_item_get_programs (PlDeviceItem *item);

/** pl_device_item_dup_title: (transfer full): the given name; else `This computer`; else its most
 * telling program, or its address where none says what it is. */
char *pl_device_item_dup_title (PlDeviceItem *item);

/** pl_device_item_dup_details: (transfer full): what the title leaves unsaid, in one line:
 * `192.168.1.23`, `192.168.1.23 · Immich app (Android), curl`; may be empty. */
char *pl_device_item_dup_details (PlDeviceItem *item);

/** pl_device_item_get_last_seen_us: wall clock, microseconds since the epoch. */
gint64 pl_device_item_get_last_seen_us (PlDeviceItem *item);

/** pl_device_item_dup_last_seen: (transfer full): `now`, `3 minutes ago`, `14:03`, `21 Nov`; `not
 * lately` for one that is only known to be turned away. */
char *pl_device_item_dup_last_seen (PlDeviceItem *item);

guint64 pl_device_item_get_up_bytes (PlDeviceItem *item);
guint64 pl_device_item_get_down_bytes (PlDeviceItem *item);

/** pl_device_item_get_days: (transfer none): what it brought and took on the last days; the sums
 * above are of all time. */
const PlDeviceDays *pl_device_item_get_days (PlDeviceItem *item);

/** pl_device_item_dup_amounts: (transfer full): what it brought, or took for @is_down, in words:
 * `Today 84 MB, in the last 7 days 1.2 GB, in all 5 GB`. */
char *pl_device_item_dup_amounts (PlDeviceItem *item, gboolean is_down);

PlDeviceAccess pl_device_item_get_access (PlDeviceItem *item);

/** pl_device_item_get_access_words: (transfer none): `turned away`; empty for who is let in. */
const char *pl_device_item_get_access_words (PlDeviceItem *item);

/** pl_device_item_dup_access_details: (transfer full) (nullable): what more is to be said of one
 * that is turned away: when it was last at the door; %NULL for who is let in. */
char *pl_device_item_dup_access_details (PlDeviceItem *item);

/** pl_device_item_is_of_note: whether the user has given it a name or turned it away. */
gboolean pl_device_item_is_of_note (PlDeviceItem *item);
