/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/checkup/probe_all.h"

typedef struct
{
  GPtrArray *probes;
  guint n_waiting;
} Answers;

typedef struct
{
  GTask *task;
  guint index;
} Question;

static void
answers_free (Answers *answers)
{
  g_clear_pointer (&answers->probes, g_ptr_array_unref);
  g_free (answers);
}

static void
probe_free_if_any (gpointer probe)
{
  if (probe != NULL)
    pl_probe_free (probe);
}

static void
probed_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr (GTask) task = question->task;
  Answers *answers = g_task_get_task_data (task);

  g_ptr_array_index (answers->probes, question->index) = pl_probe_finish (result, NULL);
  if (--answers->n_waiting > 0 || g_task_return_error_if_cancelled (task))
    return;
  g_task_return_pointer (task, g_steal_pointer (&answers->probes),
                         (GDestroyNotify) g_ptr_array_unref);
}

void
pl_probe_all_async (SoupSession *session,
                    const char *const *urls,
                    guint timeout_ms,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  Answers *answers = g_new0 (Answers, 1);

  g_task_set_source_tag (task, pl_probe_all_async);
  g_task_set_task_data (task, answers, (GDestroyNotify) answers_free);
  answers->n_waiting = g_strv_length ((char **) urls);
  answers->probes = g_ptr_array_new_with_free_func (probe_free_if_any);
  g_ptr_array_set_size (answers->probes, answers->n_waiting);
  for (guint i = 0; urls[i] != NULL; i++)
    {
      Question *question = g_new (Question, 1);
      *question = (Question){ g_object_ref (task), i };
      pl_probe_async (session, urls[i], timeout_ms, cancellable, probed_cb, question);
    }
}

GPtrArray *
pl_probe_all_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pl_probe_all_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
