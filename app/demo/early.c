/* SPDX-License-Identifier: GPL-3.0-or-later */

/* To close with octets unread would make the kernel send a reset, which may overtake the answer
 * (RFC 9112 §9.6): so first only our half is closed, and the rest when the client is through. */

#include "app/demo/early.h"

#include <string.h>

#define LINGER_S      30
#define SKIPPED_BYTES (64 * 1024)

typedef struct
{
  GIOStream *stream;
  GSocket *socket;
  char *answer;
  GCancellable *stopping;
} Farewell;

static void
farewell_free (Farewell *farewell)
{
  g_io_stream_close (farewell->stream, NULL, NULL);
  g_object_unref (farewell->stream);
  g_object_unref (farewell->socket);
  g_object_unref (farewell->stopping);
  g_free (farewell->answer);
  g_free (farewell);
}

static void skip_rest (Farewell *farewell);

static void
skipped_cb (GObject *input, GAsyncResult *result, gpointer user_data)
{
  Farewell *farewell = user_data;
  if (g_input_stream_skip_finish (G_INPUT_STREAM (input), result, NULL) > 0)
    skip_rest (farewell);
  else
    farewell_free (farewell);
}

static void
skip_rest (Farewell *farewell)
{
  g_input_stream_skip_async (g_io_stream_get_input_stream (farewell->stream), SKIPPED_BYTES,
                             G_PRIORITY_DEFAULT, farewell->stopping, skipped_cb, farewell);
}

static void
answered_cb (GObject *output, GAsyncResult *result, gpointer user_data)
{
  Farewell *farewell = user_data;
  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (output), result, NULL, NULL)
      && g_socket_shutdown (farewell->socket, FALSE, TRUE, NULL))
    skip_rest (farewell);
  else
    farewell_free (farewell);
}

void
pl_early_answer (SoupServerMessage *message, guint status, const char *json, GCancellable *stopping)
{
  Farewell *farewell = g_new0 (Farewell, 1);
  farewell->socket = g_object_ref (soup_server_message_get_socket (message));
  farewell->stream = soup_server_message_steal_connection (message);
  farewell->stopping = g_object_ref (stopping);
  farewell->answer = g_strdup_printf ("HTTP/1.1 %u %s\r\n"
                                      "Content-Type: application/json; charset=utf-8\r\n"
                                      "Content-Length: %" G_GSIZE_FORMAT "\r\n"
                                      "Connection: close\r\n"
                                      "\r\n"
                                      "%s",
                                      status, soup_status_get_phrase (status), strlen (json), json);
  g_socket_set_timeout (farewell->socket, LINGER_S);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (farewell->stream),
                                   farewell->answer, strlen (farewell->answer), G_PRIORITY_DEFAULT,
                                   stopping, answered_cb, farewell);
}
