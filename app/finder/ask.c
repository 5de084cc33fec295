/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libsoup's own time-out is one of silence: who sends an octet now and then is never late. So a
 * timer cancels the whole, and what was late is told from what the caller cancelled. */

#include "app/finder/ask.h"

#include "app/i18n.h"
#include "net/route/loop.h"
#include "net/upstream/http1.h"

typedef struct
{
  SoupMessage *message;
  GCancellable *stop;
  GCancellable *outer;
  gulong outer_handler;
  GSource *timer;
  gboolean is_late;
  char *body;
} Ask;

static void
mark_cb (SoupSession *session, SoupMessage *message)
{
  soup_message_headers_replace (soup_message_get_request_headers (message), PL_LOOP_FIELD,
                                pl_loop_get_mark ());
}

SoupSession *
pl_ask_new_session (PlAskWay way)
{
  /* By default the third question to a computer would wait for the first two. */
  SoupSession *session = g_object_new (SOUP_TYPE_SESSION, "max-conns", G_MAXINT,
                                       "max-conns-per-host", G_MAXINT, NULL);

  soup_session_set_user_agent (session, PL_USER_AGENT);
  /* Requests do not take the way through the system's proxy either. */
  soup_session_set_proxy_resolver (session, NULL);
  if (way == PL_ASK_STRAIGHT)
    g_signal_connect (session, "request-queued", G_CALLBACK (mark_cb), NULL);
  return session;
}

SoupMessage *
pl_ask_new_message (const char *url, const char *path)
{
  g_autofree char *whole = g_strconcat (url, path, NULL);
  SoupMessage *message = soup_message_new (SOUP_METHOD_GET, whole);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  pl_http1_use (message);
  return message;
}

static void
ask_free (Ask *ask)
{
  /* Not g_cancellable_disconnect(), which waits for the handler for ever when the operation ends
   * inside it. */
  if (ask->outer != NULL)
    g_clear_signal_handler (&ask->outer_handler, ask->outer);
  g_source_destroy (ask->timer);
  g_source_unref (ask->timer);
  g_object_unref (ask->stop);
  g_clear_object (&ask->outer);
  g_object_unref (ask->message);
  g_free (ask->body);
  g_free (ask);
}

static gboolean
late_cb (gpointer user_data)
{
  Ask *ask = user_data;
  g_autoptr (GCancellable) stop = g_object_ref (ask->stop);

  ask->is_late = TRUE;
  g_cancellable_cancel (stop);
  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer, gpointer user_data)
{
  g_autoptr (GCancellable) stop = g_object_ref (user_data);

  g_cancellable_cancel (stop);
}

static void
follow (Ask *ask, GCancellable *outer)
{
  if (outer == NULL)
    return;
  ask->outer = g_object_ref (outer);
  ask->outer_handler
      = g_signal_connect (outer, "cancelled", G_CALLBACK (outer_cancelled_cb), ask->stop);
  if (g_cancellable_is_cancelled (outer))
    g_cancellable_cancel (ask->stop);
}

static void
fail (GTask *task, GError *error)
{
  Ask *ask = g_task_get_task_data (task);

  if (!ask->is_late)
    {
      g_task_return_error (task, error);
      return;
    }
  g_error_free (error);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s", _ ("it took too long"));
}

static void
body_cb (GObject *stream, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Ask *ask = g_task_get_task_data (task);
  GError *error = NULL;
  gsize length;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (stream), result, &length, &error))
    {
      fail (task, error);
      return;
    }
  ask->body[length] = '\0';
  g_task_return_pointer (task, g_bytes_new_take (g_steal_pointer (&ask->body), length),
                         (GDestroyNotify) g_bytes_unref);
}

static void
head_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Ask *ask = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GInputStream) stream
      = soup_session_send_finish (SOUP_SESSION (session), result, &error);

  if (stream == NULL)
    {
      fail (task, error);
      return;
    }
  ask->body = g_malloc (PL_ASK_MAX_BODY_BYTES + 1);
  g_input_stream_read_all_async (stream, ask->body, PL_ASK_MAX_BODY_BYTES, G_PRIORITY_DEFAULT,
                                 ask->stop, body_cb, g_steal_pointer (&task));
}

void
pl_ask_async (SoupSession *session,
              SoupMessage *message,
              guint timeout_ms,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  Ask *ask = g_new0 (Ask, 1);

  g_task_set_source_tag (task, pl_ask_async);
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  ask->message = g_object_ref (message);
  ask->stop = g_cancellable_new ();
  ask->timer = g_timeout_source_new (timeout_ms);
  g_source_set_callback (ask->timer, late_cb, ask, NULL);
  g_source_attach (ask->timer, g_main_context_get_thread_default ());
  follow (ask, cancellable);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, ask->stop, head_cb, task);
}

GBytes *
pl_ask_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pl_ask_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

SoupMessage *
pl_ask_get_message (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pl_ask_async), NULL);

  return ((Ask *) g_task_get_task_data (G_TASK (result)))->message;
}

char *
pl_ask_dup_failure (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_strdup (_ ("nobody answers there"));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_strdup (_ ("no answer came in time"));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    return g_strdup (_ ("there is no way to that computer"));
  if (error->domain == G_RESOLVER_ERROR)
    return g_strdup (_ ("no computer of that name is known"));
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return g_strdup (_ ("its certificate is not one that this computer trusts"));
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE))
    return g_strdup (_ ("HTTPS takes the package glib-networking, which is missing"));
  return g_strdup (_ ("the connection broke off"));
}
