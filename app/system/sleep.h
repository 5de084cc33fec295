/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether this computer goes to sleep when nobody sits at it. */

#pragma once

#include <gio/gio.h>

/**
 * PlSleep:
 * @is_known: somebody could say
 * @sleeps: it does
 * @after_s: after so long; 0: not known
 */
typedef struct
{
  gboolean is_known;
  gboolean sleeps;
  guint after_s;
} PlSleep;

/** pl_sleep_async: asks the desktop's settings, then the system's login service. */
void pl_sleep_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
PlSleep pl_sleep_finish (GAsyncResult *result);

/** pl_sleep_from_desktop: what GNOME's settings mean. */
PlSleep pl_sleep_from_desktop (const char *action, int timeout_s);

/** pl_sleep_from_login: what logind's `IdleAction` and `IdleActionUSec` mean. */
PlSleep pl_sleep_from_login (const char *action, guint64 after_us);
