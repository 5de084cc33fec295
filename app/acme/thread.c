/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/thread.h"

typedef struct
{
  GTask *task;
  GTaskThreadFunc func;
} Run;

static gpointer
run (gpointer user_data)
{
  g_autofree Run *what = user_data;
  g_autoptr (GTask) task = what->task;

  what->func (task, g_task_get_source_object (task), g_task_get_task_data (task),
              g_task_get_cancellable (task));
  return NULL;
}

void
pl_acme_thread_run (GTask *task, GTaskThreadFunc func)
{
  Run *what = g_new (Run, 1);

  what->task = g_object_ref (task);
  what->func = func;
  g_thread_unref (g_thread_new ("acme", run, what));
}
