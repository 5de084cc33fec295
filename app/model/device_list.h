/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The devices that were seen: a #GListModel of #PlDeviceItem, one for an address, in the order they
 * came. Bounded: the one not seen for longest makes room, those the user gave names or turned away
 * last. */

#pragma once

#include <gio/gio.h>

#include "app/model/device_item.h"

#define PL_TYPE_DEVICE_LIST (pl_device_list_get_type ())
G_DECLARE_FINAL_TYPE (PlDeviceList, pl_device_list, PL, DEVICE_LIST, GObject)

/**
 * PlDeviceList::device-arrived:
 * @device: seen for the first time since the program started
 * @is_other: it is not this computer itself
 * @is_new: it was not known from earlier runs either
 */

/** PlDeviceList::renamed: a #PlDeviceItem has another given name, or a program more; to be
 * remembered. At most once for each in a batch. */

PlDeviceList *pl_device_list_new (void);

/** pl_device_list_set_own: @addresses: (element-type PlAddress): those of this computer beside
 * loopback; copied. A device at one of them is this computer from now on. */
void pl_device_list_set_own (PlDeviceList *list, const PlAddress *addresses, guint n_addresses);

/** pl_device_list_set_turned_away: @turned_away: who is shown nothing until let in again. Devices
 * that are not known, or not any more, are listed for it, since somebody must be able to let them
 * in. */
void pl_device_list_set_turned_away (PlDeviceList *list, const PlTrust *turned_away);

/** pl_device_list_note: for the engine: what a record adds to what was known of its exchange. This
 * program itself is no device, nor is who has only knocked: with https:// where nothing is
 * encrypted, without encryption where it is asked for, or without trusting the certificate. Who was
 * turned away has come to the door, and not in. */
void pl_device_list_note (PlDeviceList *list,
                          const PlRecord *record,
                          guint64 up_bytes,
                          guint64 down_bytes);

/** pl_device_list_tell: for the engine: the batch is over: #PlDeviceItem::changed is emitted where
 * due. */
void pl_device_list_tell (PlDeviceList *list);

/** pl_device_list_get_n_others_since: devices other than this computer that are let in, seen since
 * @wall_us, for "3 devices today". */
guint pl_device_list_get_n_others_since (PlDeviceList *list, gint64 wall_us);

/** pl_device_list_find: (transfer none) (nullable): the device at @address. */
PlDeviceItem *pl_device_list_find (PlDeviceList *list, const PlAddress *address);

/** pl_device_list_get_given_name: (transfer none): as the user calls the device at @address; empty
 * where it was given no name. */
const char *pl_device_list_get_given_name (PlDeviceList *list, const PlAddress *address);

/** pl_device_list_rename: @name: as the user calls @device from now on; empty: as before it had a
 * name. */
void pl_device_list_rename (PlDeviceList *list, PlDeviceItem *device, const char *name);

/** pl_device_list_dup_data: (transfer full): what is to be remembered for the next run. */
char *pl_device_list_dup_data (PlDeviceList *list, gsize *length);

/** pl_device_list_load: what pl_device_list_dup_data() gave, to an empty list; what cannot be read
 * is passed over. */
void pl_device_list_load (PlDeviceList *list, const char *data, gsize length);
