/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells when the addresses of this computer may have changed: a cable, a wireless network, a prefix
 * from the router; or it has slept meanwhile. */

#pragma once

#include <gio/gio.h>

typedef struct _PlNetworkWatch PlNetworkWatch;

/** PlNetworkWatchFunc: the networks have been another for a moment, and are so now. */
typedef void (*PlNetworkWatchFunc) (gpointer user_data);

/** pl_network_watch_new: (transfer full): calls @func on the thread's main context, until it is
 * freed.
 */
PlNetworkWatch *pl_network_watch_new (PlNetworkWatchFunc func, gpointer user_data);
void pl_network_watch_free (PlNetworkWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlNetworkWatch, pl_network_watch_free)
