/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who shows notifications. */

#pragma once

#include <gio/gio.h>

/** PlNotificationServiceFunc: somebody has come who shows them, or nobody does any more. */
typedef void (*PlNotificationServiceFunc) (gboolean is_there, gpointer user_data);

/** pl_notification_service_watch: @func is called now or soon, and whenever that changes. Returns
 * what pl_notification_service_unwatch() takes, never 0. */
guint pl_notification_service_watch (PlNotificationServiceFunc func, gpointer user_data);
void pl_notification_service_unwatch (guint watch);
