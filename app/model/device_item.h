/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A device that asked for something: known by its address and what it says it is. */

#pragma once

#include <glib-object.h>

#include "net/proxy/proxy.h"

#define PL_TYPE_DEVICE_ITEM (pl_device_item_get_type ())
G_DECLARE_FINAL_TYPE (PlDeviceItem, pl_device_item, PL, DEVICE_ITEM, GObject)

/** PlDeviceItem::changed: it was seen again; at most once in a batch of records. */

/** pl_device_item_new: for the list. */
PlDeviceItem *pl_device_item_new (const PlAddress *address, const char *name);

/** pl_device_item_note: for the list: seen at @seen_us, with so much moved; tells nobody yet. */
void pl_device_item_note (PlDeviceItem *item, gint64 seen_us, guint64 up_bytes, guint64 down_bytes);

/** pl_device_item_tell: for the list: emits #PlDeviceItem::changed. */
void pl_device_item_tell (PlDeviceItem *item);

/** pl_device_item_get_address: (transfer none): its port means nothing. */
const PlAddress *pl_device_item_get_address (PlDeviceItem *item);

/** pl_device_item_dup_address: (transfer full): `192.168.1.23`. */
char *pl_device_item_dup_address (PlDeviceItem *item);

/** pl_device_item_get_name: (transfer none): `Immich app (Android)`; empty where it says nothing.
 */
const char *pl_device_item_get_name (PlDeviceItem *item);

/** pl_device_item_dup_title: (transfer full): its name, or its address where it has none. */
char *pl_device_item_dup_title (PlDeviceItem *item);

/** pl_device_item_get_last_seen_us: wall clock, microseconds since the epoch. */
gint64 pl_device_item_get_last_seen_us (PlDeviceItem *item);

/** pl_device_item_dup_last_seen: (transfer full): `now`, `3 minutes ago`, `14:03`, `21 Nov`. */
char *pl_device_item_dup_last_seen (PlDeviceItem *item);

guint64 pl_device_item_get_up_bytes (PlDeviceItem *item);
guint64 pl_device_item_get_down_bytes (PlDeviceItem *item);
