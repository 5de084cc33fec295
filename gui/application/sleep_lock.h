/* SPDX-License-Identifier: GPL-3.0-or-later */

/* As long as there is one, the computer does not go to sleep by itself, if the desktop knows how to
 * be asked that. */

#pragma once

#include <gtk/gtk.h>

typedef struct _PlSleepLock PlSleepLock;

/** pl_sleep_lock_new: (transfer full): @reason: for people, in their language. @app must outlive
 * the lock. */
PlSleepLock *pl_sleep_lock_new (GtkApplication *app, const char *reason);

/** pl_sleep_lock_free: the computer may sleep again. */
void pl_sleep_lock_free (PlSleepLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlSleepLock, pl_sleep_lock_free)
