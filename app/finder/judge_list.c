/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/judge.h"

#include "app/settings/check.h"
#include "app/settings/immich_address.h"

/**
 * List: addresses that are being judged.
 * @urls: as they were given; those that were looked at are replaced by where they were found
 * @known: the ones in use now
 * @at: the one that is looked at
 * @proof: (nullable)
 */
typedef struct
{
  char **urls;
  char **known;
  guint at;
  guint16 own_port;
  PlProof *proof;
} List;

static void
list_free (List *list)
{
  g_strfreev (list->urls);
  g_strfreev (list->known);
  g_clear_pointer (&list->proof, pl_proof_unref);
  g_free (list);
}

static gboolean
is_known (List *list, const char *text)
{
  g_autofree char *url = pl_immich_address_dup_url (text);

  for (guint i = 0; list->known[i] != NULL; i++)
    {
      g_autofree char *known = pl_immich_address_dup_url (list->known[i]);
      if (g_strcmp0 (url, known) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
give (GTask *task, PlJudgment *judgment)
{
  List *list = g_task_get_task_data (task);

  g_free (judgment->url);
  judgment->url = g_strjoinv (";", list->urls);
  g_task_return_pointer (task, judgment, (GDestroyNotify) pl_judgment_free);
}

/* Returns: whether there is one left to look at */
static gboolean
skip_known (List *list)
{
  while (list->urls[list->at] != NULL && is_known (list, list->urls[list->at]))
    list->at++;
  return list->urls[list->at] != NULL;
}

static void judged_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
ask (GTask *task)
{
  List *list = g_task_get_task_data (task);

  pl_judge_async (list->urls[list->at], list->own_port, list->proof, g_task_get_cancellable (task),
                  judged_cb, task);
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  List *list = g_task_get_task_data (task);
  g_autoptr (PlJudgment) judgment = pl_judge_finish (result, NULL);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (judgment->url != NULL)
    {
      g_free (list->urls[list->at]);
      list->urls[list->at] = g_strdup (judgment->url);
    }
  list->at++;
  if (judgment->kind == PL_VERDICT_IMMICH && skip_known (list))
    ask (g_steal_pointer (&task));
  else
    give (task, g_steal_pointer (&judgment));
}

void
pl_judge_list_async (const char *text,
                     const char *known,
                     guint16 own_port,
                     PlProof *proof,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  List *list = g_new0 (List, 1);

  g_task_set_source_tag (task, pl_judge_list_async);
  g_task_set_task_data (task, list, (GDestroyNotify) list_free);
  list->urls = pl_setting_dup_list (text);
  list->known = pl_setting_dup_list (known);
  list->own_port = own_port;
  list->proof = proof != NULL ? pl_proof_ref (proof) : NULL;
  if (skip_known (list))
    {
      ask (g_steal_pointer (&task));
      return;
    }

  PlJudgment *judgment = g_new0 (PlJudgment, 1);
  judgment->kind = PL_VERDICT_IMMICH;
  judgment->words = g_strdup ("");
  give (task, judgment);
}

PlJudgment *
pl_judge_list_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pl_judge_list_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
