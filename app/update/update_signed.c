/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/ask.h"
#include "app/update/update.h"
#include "app/update/version.h"

#define TIMEOUT_MS 30000

gboolean
pl_update_is_offered (void)
{
  return TRUE;
}

/* Takes @error. */
static void
return_failure (GTask *task, GError *error)
{
  g_autofree char *words = pl_ask_dup_failure (error);
  GError *failure = g_error_new_literal (error->domain, error->code, words);

  g_error_free (error);
  g_task_return_error (task, failure);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  guint status = soup_message_get_status (pl_ask_get_message (result));
  GError *error = NULL;
  g_autoptr (GBytes) body = pl_ask_finish (result, &error);

  if (body == NULL)
    return_failure (task, error);
  else if (status != SOUP_STATUS_OK)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%u %s", status,
                             soup_status_get_phrase (status));
  else
    {
      PlAnnouncement *announcement = pl_announcement_read (body, PL_UPDATE_KEY, &error);
      if (announcement != NULL)
        g_task_return_pointer (task, announcement, (GDestroyNotify) pl_announcement_free);
      else
        g_task_return_error (task, error);
    }
}

/* Unlike the questions to Immich this one may go by the system's proxy, and be sent on: release
 * pages do that. */
void
pl_update_look_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (SoupSession) session = pl_ask_new_session (PL_ASK_THROUGH);
  g_autoptr (SoupMessage) message = pl_ask_new_message (PL_UPDATE_URL, "");

  g_task_set_source_tag (task, pl_update_look_async);
  soup_session_set_proxy_resolver (session, g_proxy_resolver_get_default ());
  soup_message_remove_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  pl_ask_async (session, message, TIMEOUT_MS, cancellable, answered_cb, task);
}

gboolean
pl_update_look_finish (GAsyncResult *result, PlAnnouncement **newer, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pl_update_look_async), FALSE);

  g_autoptr (PlAnnouncement) announcement = g_task_propagate_pointer (G_TASK (result), error);
  if (announcement == NULL)
    return FALSE;
  *newer = pl_version_is_newer (announcement->version, PL_VERSION) ? g_steal_pointer (&announcement)
                                                                   : NULL;
  return TRUE;
}
