/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libsoup reads an answer when the whole request is sent, and what is to be seen is one that comes
 * before: so this is spoken by hand. Of the answer only the status line matters. */

#include "app/checkup/upload_probe.h"

#include "app/checkup/own_certificate.h"

#include <stdlib.h>
#include <string.h>

#include "net/route/loop.h"

/* Little enough to lie in the sockets' buffers where nobody reads it. */
#define FIRST_BYTES 16384

#define PART_HEAD "--porchlight\r\nContent-Disposition: form-data; name=\"deviceAssetId\"\r\n\r\n"

/* "HTTP/1.1 401" */
#define STATUS_LINE_BYTES 12

typedef struct
{
  GString *request;
  gint64 started_us;
  GIOStream *connection;
  char answer[STATUS_LINE_BYTES + 1];
} Trial;

static void
trial_free (Trial *trial)
{
  g_string_free (trial->request, TRUE);
  g_clear_object (&trial->connection);
  g_free (trial);
}

static void
append_body (GString *request, gboolean is_chunked)
{
  g_autofree char *filling = g_strnfill (FIRST_BYTES - strlen (PART_HEAD), 'x');

  if (is_chunked)
    g_string_append_printf (request, "%x\r\n", FIRST_BYTES);
  g_string_append (request, PART_HEAD);
  g_string_append (request, filling);
}

static const char *
get_authority (const char *url)
{
  return strstr (url, "://") + strlen ("://");
}

static GString *
make_request (const PlUploadAim *aim, gint64 announced_bytes)
{
  GString *request = g_string_new (NULL);

  g_string_append_printf (request,
                          "POST %s HTTP/1.1\r\n"
                          "Host: %s\r\n"
                          "User-Agent: " PL_USER_AGENT "\r\n"
                          "Accept: application/json\r\n"
                          "Content-Type: multipart/form-data; boundary=porchlight\r\n",
                          aim->path, get_authority (aim->url));
  if (aim->way == PL_ASK_STRAIGHT)
    g_string_append_printf (request, PL_LOOP_FIELD ": %s\r\n", pl_loop_get_mark ());
  if (announced_bytes == PL_UPLOAD_CHUNKED)
    g_string_append (request, "Transfer-Encoding: chunked\r\n\r\n");
  else
    g_string_append_printf (request, "Content-Length: %" G_GINT64_FORMAT "\r\n\r\n",
                            announced_bytes);
  append_body (request, announced_bytes == PL_UPLOAD_CHUNKED);
  return request;
}

static void
answered_cb (GObject *stream, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);
  PlUploadProbe *probe = g_new0 (PlUploadProbe, 1);
  gsize length = 0;

  g_input_stream_read_all_finish (G_INPUT_STREAM (stream), result, &length, NULL);
  probe->took_us = g_get_monotonic_time () - trial->started_us;
  if (length == STATUS_LINE_BYTES && g_str_has_prefix (trial->answer, "HTTP/1."))
    probe->status = atoi (trial->answer + strlen ("HTTP/1.1 "));
  g_task_return_pointer (task, probe, g_free);
}

static void
sent_cb (GObject *stream, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);

  /* A failure to send leaves what may have been answered before: it is read all the same. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (stream), result, NULL, NULL);
  g_input_stream_read_all_async (g_io_stream_get_input_stream (trial->connection), trial->answer,
                                 STATUS_LINE_BYTES, G_PRIORITY_DEFAULT,
                                 g_task_get_cancellable (task), answered_cb, g_object_ref (task));
}

static void
connected_cb (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);
  GError *error = NULL;
  GSocketConnection *connection
      = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (client), result, &error);

  if (connection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  trial->connection = G_IO_STREAM (connection);
  trial->started_us = g_get_monotonic_time ();
  g_output_stream_write_all_async (g_io_stream_get_output_stream (trial->connection),
                                   trial->request->str, trial->request->len, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), sent_cb, g_object_ref (task));
}

void
pl_upload_probe_async (const PlUploadAim *aim,
                       gint64 announced_bytes,
                       guint timeout_s,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  gboolean is_secure = g_str_has_prefix (aim->url, "https://");
  Trial *trial = g_new0 (Trial, 1);

  g_task_set_source_tag (task, pl_upload_probe_async);
  g_task_set_task_data (task, trial, (GDestroyNotify) trial_free);
  trial->request = make_request (aim, announced_bytes);
  /* For each wait; whoever answers octet by octet is late by a few of them at most. */
  g_socket_client_set_timeout (client, timeout_s);
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_tls (client, is_secure);
  if (aim->trusted_pem != NULL)
    pl_own_certificate_trust_by_client (client, aim->trusted_pem);
  g_socket_client_connect_to_host_async (client, get_authority (aim->url), is_secure ? 443 : 80,
                                         cancellable, connected_cb, task);
}

PlUploadProbe *
pl_upload_probe_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pl_upload_probe_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
