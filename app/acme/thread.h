/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A thread for one task. Those of GLib's pool are for work that ends soon, are few, and stay for a
 * while with all that libraries keep for a thread; this one waits for minutes and then is gone. */

#pragma once

#include <gio/gio.h>

/** pl_acme_thread_run: as g_task_run_in_thread(), in a thread of its own. */
void pl_acme_thread_run (GTask *task, GTaskThreadFunc func);
