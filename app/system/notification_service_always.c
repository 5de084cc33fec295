/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where notifications are shown by the desktop itself nobody comes or goes. */

#include "app/system/notification_service.h"

guint
pl_notification_service_watch (PlNotificationServiceFunc func, gpointer user_data)
{
  func (TRUE, user_data);
  return 1;
}

void
pl_notification_service_unwatch (guint watch)
{
}
