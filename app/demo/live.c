/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One timer of a second drives everything, and runs only while somebody listens. Of Engine.IO v4
 * (github.com/socketio/engine.io-protocol) there is the websocket transport alone, which is what
 * Immich's own clients use: 0 opens, 2 asks for a sign of life, 3 gives it, 4 carries socket.io. */

#include "app/demo/live.h"

#include <string.h>

#include "app/demo/answer.h"

#define ENGINE_PING_S 25u

typedef struct
{
  PlLive *live;
  SoupWebsocketConnection *connection;
  gboolean is_engine;
  guint age_s;
} Listener;

struct _PlLive
{
  PlDemoEra era;
  GPtrArray *listeners;
  GSource *clock;
};

static void
listener_free (Listener *listener)
{
  g_signal_handlers_disconnect_by_data (listener->connection, listener);
  g_object_unref (listener->connection);
  g_free (listener);
}

static void
say (Listener *listener, const char *text)
{
  if (soup_websocket_connection_get_state (listener->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (listener->connection, text);
}

static void
tick (Listener *listener)
{
  listener->age_s++;
  if (!listener->is_engine)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      g_autofree char *time = g_date_time_format_iso8601 (now);
      g_autofree char *text
          = g_strdup_printf ("{\"type\":\"tick\",\"time\":\"%s\",\"seconds\":%u,\"listeners\":%u}",
                             time, listener->age_s, listener->live->listeners->len);
      say (listener, text);
    }
  else if (listener->age_s % ENGINE_PING_S == 0)
    say (listener, "2");
}

static gboolean
clock_cb (gpointer user_data)
{
  PlLive *live = user_data;
  for (guint i = 0; i < live->listeners->len; i++)
    tick (g_ptr_array_index (live->listeners, i));
  return G_SOURCE_CONTINUE;
}

static void
start_clock (PlLive *live)
{
  live->clock = g_timeout_source_new_seconds (1);
  g_source_set_callback (live->clock, clock_cb, live, NULL);
  g_source_attach (live->clock, g_main_context_get_thread_default ());
}

static void
stop_clock (PlLive *live)
{
  if (live->clock != NULL)
    g_source_destroy (live->clock);
  g_clear_pointer (&live->clock, g_source_unref);
}

static void
closed_cb (SoupWebsocketConnection *connection, gpointer user_data)
{
  Listener *listener = user_data;
  PlLive *live = listener->live;
  g_ptr_array_remove_fast (live->listeners, listener);
  if (live->listeners->len == 0)
    stop_clock (live);
}

static void
say_engine_open (Listener *listener)
{
  g_autofree char *sid = g_uuid_string_random ();
  g_autofree char *text = g_strdup_printf ("0{\"sid\":\"%s\",\"upgrades\":[],\"pingInterval\":%u,"
                                           "\"pingTimeout\":20000,\"maxPayload\":100000}",
                                           sid, ENGINE_PING_S * 1000);
  say (listener, text);
}

/* "40" asks to be connected; the answer carries an id of its own, and Immich says its version. */
static void
say_socket_connected (Listener *listener)
{
  g_autofree char *sid = g_uuid_string_random ();
  g_autofree char *text = g_strdup_printf ("40{\"sid\":\"%s\"}", sid);
  say (listener, text);
  say (listener, listener->live->era == PL_DEMO_ERA_NOW
                     ? "42[\"on_server_version\",{\"major\":1,\"minor\":135,\"patch\":3}]"
                     : "42[\"on_server_version\",{\"major\":1,\"minor\":82,\"patch\":1}]");
}

static void
engine_message_cb (SoupWebsocketConnection *connection,
                   SoupWebsocketDataType type,
                   GBytes *message,
                   gpointer user_data)
{
  Listener *listener = user_data;
  gsize length;
  const char *text = g_bytes_get_data (message, &length);
  if (length >= 2 && strncmp (text, "40", 2) == 0)
    say_socket_connected (listener);
  else if (length == 1 && text[0] == '1')
    soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

static void
echo_message_cb (SoupWebsocketConnection *connection,
                 SoupWebsocketDataType type,
                 GBytes *message,
                 gpointer user_data)
{
  if (soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_message (connection, type, message);
}

static Listener *
listener_add (PlLive *live, SoupWebsocketConnection *connection)
{
  Listener *listener = g_new0 (Listener, 1);
  listener->live = live;
  listener->connection = g_object_ref (connection);
  g_signal_connect (connection, "closed", G_CALLBACK (closed_cb), listener);
  g_ptr_array_add (live->listeners, listener);
  if (live->clock == NULL)
    start_clock (live);
  return listener;
}

static void
live_opened_cb (SoupServer *server,
                SoupServerMessage *message,
                const char *path,
                SoupWebsocketConnection *connection,
                gpointer user_data)
{
  Listener *listener = listener_add (user_data, connection);
  g_signal_connect (connection, "message", G_CALLBACK (echo_message_cb), listener);
}

static void
engine_opened_cb (SoupServer *server,
                  SoupServerMessage *message,
                  const char *path,
                  SoupWebsocketConnection *connection,
                  gpointer user_data)
{
  Listener *listener = listener_add (user_data, connection);
  listener->is_engine = TRUE;
  g_signal_connect (connection, "message", G_CALLBACK (engine_message_cb), listener);
  say_engine_open (listener);
}

/* Left without a status the server goes on with the handshake. The refusal is engine.io's own, for
 * the transport by polling. */
static void
refuse_other_transports_cb (SoupServer *server,
                            SoupServerMessage *message,
                            const char *path,
                            GHashTable *query,
                            gpointer user_data)
{
  if (!soup_websocket_server_check_handshake (message, NULL, NULL, NULL, NULL))
    pl_answer_json (message, SOUP_STATUS_BAD_REQUEST,
                    "{'code': <0>, 'message': <'Transport unknown'>}");
}

static void
answer_at (PlLive *live,
           SoupServer *server,
           const char *path,
           SoupServerWebsocketCallback opened_cb)
{
  soup_server_add_handler (server, path, refuse_other_transports_cb, NULL, NULL);
  soup_server_add_websocket_handler (server, path, NULL, NULL, opened_cb, live, NULL);
}

PlLive *
pl_live_new (SoupServer *server, PlDemoEra era)
{
  PlLive *live = g_new0 (PlLive, 1);
  live->era = era;
  live->listeners = g_ptr_array_new_with_free_func ((GDestroyNotify) listener_free);
  gboolean keeps_api = era == PL_DEMO_ERA_NOW;
  answer_at (live, server, keeps_api ? "/api/live" : "/live", live_opened_cb);
  answer_at (live, server, keeps_api ? "/api/socket.io" : "/socket.io", engine_opened_cb);
  return live;
}

void
pl_live_free (PlLive *live)
{
  stop_clock (live);
  g_ptr_array_unref (live->listeners);
  g_free (live);
}
