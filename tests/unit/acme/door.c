/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/acme/door.h"

#include <libsoup/soup.h>

#define PATH "/.well-known/acme-challenge/"

/* Handshakes block, and have threads of the service's: what they show is under a lock. */
struct _Door
{
  SoupServer *http;
  GSocketService *tls;
  GMutex mutex;
  GPtrArray *shown;
};

static GPtrArray *
ref_shown (Door *door)
{
  GPtrArray *shown;

  g_mutex_lock (&door->mutex);
  shown = g_ptr_array_ref (door->shown);
  g_mutex_unlock (&door->mutex);
  return shown;
}

static const PlAcmeChallenge *
find (GPtrArray *shown, PlAcmeChallengeKind kind, const char *token)
{
  for (guint i = 0; i < shown->len; i++)
    {
      const PlAcmeChallenge *challenge = shown->pdata[i];

      if (challenge->kind == kind && (token == NULL || g_str_equal (challenge->token, token)))
        return challenge;
    }
  return NULL;
}

static void
answer_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  g_autoptr (GPtrArray) shown = ref_shown (user_data);
  const PlAcmeChallenge *challenge
      = g_str_has_prefix (path, PATH) ? find (shown, PL_ACME_CHALLENGE_HTTP, path + strlen (PATH))
                                      : NULL;

  soup_server_message_set_status (message,
                                  challenge != NULL ? SOUP_STATUS_OK : SOUP_STATUS_NOT_FOUND, NULL);
  if (challenge != NULL)
    soup_server_message_set_response (message, "application/octet-stream", SOUP_MEMORY_COPY,
                                      challenge->answer, strlen (challenge->answer));
}

static GTlsCertificate *
new_certificate (const PlAcmeChallenge *challenge)
{
  g_autoptr (GString) pem = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate;

  g_string_append_len (pem, g_bytes_get_data (challenge->chain, NULL),
                       (gssize) g_bytes_get_size (challenge->chain));
  g_string_append_len (pem, g_bytes_get_data (challenge->key, NULL),
                       (gssize) g_bytes_get_size (challenge->key));
  certificate = g_tls_certificate_new_from_pem (pem->str, (gssize) pem->len, &error);
  g_assert_no_error (error);
  return certificate;
}

static gboolean
visited_cb (GThreadedSocketService *service,
            GSocketConnection *connection,
            GObject *source,
            gpointer user_data)
{
  static const char *const protocols[] = { "acme-tls/1", NULL };
  g_autoptr (GPtrArray) shown = ref_shown (user_data);
  const PlAcmeChallenge *challenge = find (shown, PL_ACME_CHALLENGE_TLS_ALPN, NULL);
  g_autoptr (GTlsCertificate) certificate = challenge != NULL ? new_certificate (challenge) : NULL;
  g_autoptr (GIOStream) tls = NULL;

  if (certificate == NULL)
    return TRUE;
  tls = g_tls_server_connection_new (G_IO_STREAM (connection), certificate, NULL);
  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (tls), protocols);
  if (g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL))
    g_io_stream_close (tls, NULL, NULL);
  return TRUE;
}

static void
listen_for_tls (Door *door, guint port)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GError) error = NULL;

  door->tls = g_threaded_socket_service_new (4);
  g_socket_listener_add_address (G_SOCKET_LISTENER (door->tls), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (door->tls, "run", G_CALLBACK (visited_cb), door);
}

Door *
door_open (guint http_port, guint tls_port)
{
  Door *door = g_new0 (Door, 1);
  g_autoptr (GError) error = NULL;

  g_mutex_init (&door->mutex);
  door->shown = g_ptr_array_new ();
  door->http = soup_server_new (NULL, NULL);
  soup_server_add_handler (door->http, NULL, answer_cb, door, NULL);
  if (http_port != 0)
    soup_server_listen_local (door->http, http_port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  if (tls_port != 0)
    listen_for_tls (door, tls_port);
  return door;
}

void
door_close (Door *door)
{
  g_object_unref (door->http);
  if (door->tls != NULL)
    {
      g_socket_service_stop (door->tls);
      g_socket_listener_close (G_SOCKET_LISTENER (door->tls));
      g_object_unref (door->tls);
    }
  g_ptr_array_unref (door->shown);
  g_mutex_clear (&door->mutex);
  g_free (door);
}

void
door_show (Door *door, GPtrArray *challenges)
{
  g_mutex_lock (&door->mutex);
  g_ptr_array_unref (door->shown);
  door->shown = g_ptr_array_ref (challenges);
  g_mutex_unlock (&door->mutex);
}

guint
door_count_shown (Door *door)
{
  g_autoptr (GPtrArray) shown = ref_shown (door);

  return shown->len;
}
