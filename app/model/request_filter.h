/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The requests of a log that one wants to see: a #GListModel of #PlRequestItem, oldest first. New
 * requests are looked at once; only another wish looks at all of them again. */

#pragma once

#include "app/model/device_list.h"
#include "app/model/request_log.h"

#define PL_TYPE_REQUEST_FILTER (pl_request_filter_get_type ())
G_DECLARE_FINAL_TYPE (PlRequestFilter, pl_request_filter, PL, REQUEST_FILTER, GObject)

/**
 * PlRequestFilter::items-updated:
 * @positions: (element-type guint): as #PlRequestLog::items-updated, positions being those in here
 *
 * An item that fits only now has been put in its place before, one that no longer fits taken out.
 */

/** pl_request_filter_new: shows everything, until told otherwise. */
PlRequestFilter *pl_request_filter_new (PlRequestLog *log);

/** pl_request_filter_set_flags: requests of any of these kinds; 0: of all. */
void pl_request_filter_set_flags (PlRequestFilter *filter, PlRequestFlags flags);
PlRequestFlags pl_request_filter_get_flags (PlRequestFilter *filter);

/** pl_request_filter_set_devices: where the names are that the user gave; once. */
void pl_request_filter_set_devices (PlRequestFilter *filter, PlDeviceList *devices);

/** pl_request_filter_dup_who: (transfer full): who asked, in few words: as the user calls the
 * device, else what it says it is, else its address. */
char *pl_request_filter_dup_who (PlRequestFilter *filter, PlRequestItem *item);

/** pl_request_filter_set_device: @device: (nullable): requests of this one alone; %NULL: of all. */
void pl_request_filter_set_device (PlRequestFilter *filter, PlDeviceItem *device);

/** pl_request_filter_get_device: (transfer none) (nullable). */
PlDeviceItem *pl_request_filter_get_device (PlRequestFilter *filter);

/**
 * pl_request_filter_set_text:
 * @text: words, each of which must be found somewhere: in method, target, words of the path,
 *   device, its name, client address, host or status; in the target as it came and as it is shown.
 *   Case is ignored, but for other letters than ASCII in what the program itself says. Empty: all
 *   fit
 */
void pl_request_filter_set_text (PlRequestFilter *filter, const char *text);

/** pl_request_filter_is_open: whether everything fits. */
gboolean pl_request_filter_is_open (PlRequestFilter *filter);

/** pl_request_filter_get: (transfer none): the item at @position, which must be in the list. */
PlRequestItem *pl_request_filter_get (PlRequestFilter *filter, guint position);

/** pl_request_filter_get_n: how many items are in the list. */
guint pl_request_filter_get_n (PlRequestFilter *filter);

/** pl_request_filter_find: (out) @position: where @item is; %FALSE when it is not in the list. */
gboolean pl_request_filter_find (PlRequestFilter *filter, PlRequestItem *item, guint *position);
