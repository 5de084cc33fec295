/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Engine.IO 4: the server opens with "0{…}"; "40" asks for the main namespace, which is answered
 * by "40{…}", or "44{…}" for those who are not logged in: either way promptly. */

#include "app/checkup/live_probe.h"

#include "app/finder/ask.h"

#define SOCKET_PATH "/api/socket.io/?EIO=4&transport=websocket"

typedef struct
{
  PlLiveProbe result;
  SoupMessage *message;
  SoupWebsocketConnection *connection;
  GCancellable *stop;
  guint timer;
  gint64 started_us;
  gint64 asked_us;
} Trial;

static void
trial_free (Trial *trial)
{
  g_clear_handle_id (&trial->timer, g_source_remove);
  g_clear_object (&trial->connection);
  g_object_unref (trial->message);
  g_object_unref (trial->stop);
  g_free (trial);
}

/* The connection's handlers hold the task; to let go of them is to end it. */
static void
finish (GTask *task)
{
  g_autoptr (GTask) held = g_object_ref (task);
  Trial *trial = g_task_get_task_data (held);

  g_clear_handle_id (&trial->timer, g_source_remove);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_memdup2 (&trial->result, sizeof trial->result), g_free);
  if (trial->connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (trial->connection, task);
  if (soup_websocket_connection_get_state (trial->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (trial->connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}

static void
message_cb (SoupWebsocketConnection *connection, int type, GBytes *message, GTask *task)
{
  Trial *trial = g_task_get_task_data (task);
  gint64 now_us = g_get_monotonic_time ();

  if (trial->asked_us == 0)
    {
      trial->result.greeting_us = now_us - trial->started_us;
      trial->asked_us = now_us;
      soup_websocket_connection_send_text (connection, "40");
      return;
    }
  trial->result.reply_us = now_us - trial->asked_us;
  finish (task);
}

static void
closed_cb (SoupWebsocketConnection *connection, GTask *task)
{
  finish (task);
}

static gboolean
late_cb (gpointer user_data)
{
  GTask *task = user_data;
  Trial *trial = g_task_get_task_data (task);
  g_autoptr (GCancellable) stop = g_object_ref (trial->stop);

  trial->timer = 0;
  if (trial->connection != NULL)
    finish (task);
  else
    g_cancellable_cancel (stop);
  return G_SOURCE_REMOVE;
}

static void
release_task (gpointer task, GClosure *closure)
{
  g_object_unref (task);
}

static void
connected_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);

  trial->connection = soup_session_websocket_connect_finish (SOUP_SESSION (session), result, NULL);
  trial->result.status = soup_message_get_status (trial->message);
  trial->result.is_upgraded = trial->connection != NULL;
  if (trial->connection == NULL || trial->timer == 0)
    {
      finish (task);
      return;
    }
  g_signal_connect_data (trial->connection, "message", G_CALLBACK (message_cb), g_object_ref (task),
                         release_task, 0);
  g_signal_connect_data (trial->connection, "closed", G_CALLBACK (closed_cb), g_object_ref (task),
                         release_task, 0);
}

void
pl_live_probe_async (SoupSession *session,
                     const char *url,
                     guint timeout_ms,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  Trial *trial = g_new0 (Trial, 1);

  g_task_set_source_tag (task, pl_live_probe_async);
  g_task_set_task_data (task, trial, (GDestroyNotify) trial_free);
  trial->result.greeting_us = -1;
  trial->result.reply_us = -1;
  trial->message = pl_ask_new_message (url, SOCKET_PATH);
  trial->stop = g_cancellable_new ();
  trial->started_us = g_get_monotonic_time ();
  trial->timer = g_timeout_add (timeout_ms, late_cb, task);
  soup_session_websocket_connect_async (session, trial->message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        trial->stop, connected_cb, task);
}

PlLiveProbe *
pl_live_probe_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pl_live_probe_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
