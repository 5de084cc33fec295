/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An upload or download that is under way. */

#pragma once

#include "app/model/request_item.h"

#define PL_TYPE_TRANSFER_ITEM (pl_transfer_item_get_type ())
G_DECLARE_FINAL_TYPE (PlTransferItem, pl_transfer_item, PL, TRANSFER_ITEM, GObject)

/** PlTransferItem::changed: it moved on; about once a second. */

/** pl_transfer_item_new: for the list: @record: a reference is taken. */
PlTransferItem *pl_transfer_item_new (PlRecord *record);

/** pl_transfer_item_update: for the list: a later record of the same exchange. */
void pl_transfer_item_update (PlTransferItem *item, PlRecord *record);

/** pl_transfer_item_is_upload: from the device to Immich. */
gboolean pl_transfer_item_is_upload (PlTransferItem *item);

/** pl_transfer_item_get_device: (transfer none): may be empty. */
const char *pl_transfer_item_get_device (PlTransferItem *item);

/** pl_transfer_item_get_client: (transfer none): the device's address. */
const PlAddress *pl_transfer_item_get_client (PlTransferItem *item);

/** pl_transfer_item_dup_client: (transfer full): the same as text. */
char *pl_transfer_item_dup_client (PlTransferItem *item);

/** pl_transfer_item_dup_title: (transfer full): `sending a photo or video`, `fetching a video`. */
char *pl_transfer_item_dup_title (PlTransferItem *item);

/** pl_transfer_item_get_fraction: 0 to 1; -1: not known, show a bar that pulses. */
double pl_transfer_item_get_fraction (PlTransferItem *item);

/** pl_transfer_item_dup_progress: (transfer full): `340 of 512 MB`, `340 MB`. */
char *pl_transfer_item_dup_progress (PlTransferItem *item);

/** pl_transfer_item_dup_speed: (transfer full): `18 MB/s`; empty while it is not known. */
char *pl_transfer_item_dup_speed (PlTransferItem *item);
