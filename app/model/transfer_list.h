/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The uploads and downloads that are under way, in the order they began to last: a #GListModel of
 * #PlTransferItem. Live connections are none: they last by nature. What is over before it was
 * worth a progress bar (a second) never appears. */

#pragma once

#include "app/model/transfer_item.h"

#define PL_TYPE_TRANSFER_LIST (pl_transfer_list_get_type ())
G_DECLARE_FINAL_TYPE (PlTransferList, pl_transfer_list, PL, TRANSFER_LIST, GObject)

PlTransferList *pl_transfer_list_new (void);

/** pl_transfer_list_add: as pl_request_log_add(). With @n_lost the list starts anew, since endings
 * may be among those lost; what still moves reports again within a second. */
void pl_transfer_list_add (PlTransferList *list, GPtrArray *records, guint64 n_lost);
