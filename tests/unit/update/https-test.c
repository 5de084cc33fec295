/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The question for a newer version over HTTPS: by whatever GIO has TLS from on this system,
 * answered by a server that has a certificate of an authority made for the test. */

#include "app/update/update.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <openssl/evp.h>

#include "tests/unit/certificates/maker.h"
#include "tests/unit/update/whom.h"

#define KEY_BYTES       32
#define SIGNATURE_BYTES 64

char *whom_url, *whom_key;

typedef struct
{
  SoupServer *server;
  GSocketService *service;
  GSocketAddress *address;
  GTlsCertificate *certificate;
  guint handshakes;
  EVP_PKEY *authority_key;
  X509 *authority;
  char *announcement;
  char *authority_path;
} Makers;

static char *
dup_announcement (EVP_PKEY *key)
{
  static const char message[]
      = "{\"product\":\"porchlight\",\"version\":\"99.0\",\"page\":\"https://example.org/\"}";
  guchar signature[SIGNATURE_BYTES];
  gsize length = sizeof signature;
  EVP_MD_CTX *context = EVP_MD_CTX_new ();

  g_assert_cmpint (EVP_DigestSignInit (context, NULL, NULL, NULL, key), ==, 1);
  g_assert_cmpint (
      EVP_DigestSign (context, signature, &length, (const guchar *) message, sizeof message - 1),
      ==, 1);
  EVP_MD_CTX_free (context);

  g_autofree char *signed_text = g_base64_encode ((const guchar *) message, sizeof message - 1);
  g_autofree char *signature_text = g_base64_encode (signature, length);
  return g_strdup_printf ("{\"announcement\":\"%s\",\"signature\":\"%s\"}", signed_text,
                          signature_text);
}

static void
answer_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  Makers *makers = user_data;

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY,
                                    makers->announcement, strlen (makers->announcement));
}

static void
make_announcement (Makers *makers)
{
  EVP_PKEY *key = EVP_PKEY_Q_keygen (NULL, NULL, "ED25519");
  guchar octets[KEY_BYTES];
  gsize length = sizeof octets;

  g_assert_cmpint (EVP_PKEY_get_raw_public_key (key, octets, &length), ==, 1);
  whom_key = g_base64_encode (octets, length);
  makers->announcement = dup_announcement (key);
  EVP_PKEY_free (key);
}

static void
make_authority (Makers *makers)
{
  MadeCertificate authority = { .name = "Authority", .is_authority = TRUE, .end_s = DAY_S };
  g_autoptr (GBytes) pem = NULL;
  int descriptor = g_file_open_tmp ("authority-XXXXXX.pem", &makers->authority_path, NULL);

  g_assert_true (g_close (descriptor, NULL));
  makers->authority_key = make_key ();
  makers->authority = make_certificate (&authority, makers->authority_key);
  pem = to_pem ((X509 *[]){ makers->authority, NULL }, NULL, NULL);
  g_assert_true (g_file_set_contents (makers->authority_path, g_bytes_get_data (pem, NULL),
                                      (gssize) g_bytes_get_size (pem), NULL));
}

static void
greeted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTlsConnection *tls = G_TLS_CONNECTION (source);
  Makers *makers = user_data;

  makers->handshakes--;
  if (g_tls_connection_handshake_finish (tls, result, NULL))
    soup_server_accept_iostream (makers->server, G_IO_STREAM (tls), makers->address,
                                 makers->address, NULL);
}

/* The server could take connections by itself, but nobody would know when its part of a handshake
 * is over: a connection that is closed before waits for a thread that waits for this one. */
static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  Makers *makers = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) tls
      = g_tls_server_connection_new (G_IO_STREAM (connection), makers->certificate, &error);

  g_assert_no_error (error);
  makers->handshakes++;
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, NULL, greeted_cb,
                                    makers);
  return TRUE;
}

static void
set_up (Makers *makers, gconstpointer data)
{
  make_announcement (makers);
  make_authority (makers);
  makers->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (makers->server, NULL, answer_cb, makers, NULL);
  makers->service = g_socket_service_new ();
  g_signal_connect (makers->service, "incoming", G_CALLBACK (incoming_cb), makers);
}

static void
tear_down (Makers *makers, gconstpointer data)
{
  while (makers->handshakes > 0)
    g_main_context_iteration (NULL, TRUE);
  g_socket_service_stop (makers->service);
  g_object_unref (makers->service);
  g_object_unref (makers->address);
  g_object_unref (makers->server);
  g_object_unref (makers->certificate);
  EVP_PKEY_free (makers->authority_key);
  X509_free (makers->authority);
  g_unlink (makers->authority_path);
  g_free (makers->authority_path);
  g_free (makers->announcement);
  g_clear_pointer (&whom_key, g_free);
  g_clear_pointer (&whom_url, g_free);
}

/* @hosts: whom the server's certificate is for */
static void
make_server_certificate (Makers *makers, const char *hosts)
{
  MadeCertificate as = { .name = "Makers",
                         .hosts = hosts,
                         .issuer = makers->authority,
                         .issuer_key = makers->authority_key,
                         .begin_s = -DAY_S,
                         .end_s = DAY_S };
  EVP_PKEY *key = make_key ();
  X509 *x509 = make_certificate (&as, key);
  g_autoptr (GBytes) pem = to_pem ((X509 *[]){ x509, NULL }, key, NULL);
  g_autoptr (GError) error = NULL;

  makers->certificate = g_tls_certificate_new_from_pem (g_bytes_get_data (pem, NULL),
                                                        (gssize) g_bytes_get_size (pem), &error);
  g_assert_no_error (error);
  X509_free (x509);
  EVP_PKEY_free (key);
}

static void
listen_as (Makers *makers, const char *hosts)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GError) error = NULL;

  make_server_certificate (makers, hosts);
  g_socket_listener_add_address (G_SOCKET_LISTENER (makers->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &makers->address, &error);
  g_assert_no_error (error);
  whom_url
      = g_strdup_printf ("https://127.0.0.1:%d/newest.json",
                         g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (makers->address)));
}

/* As if this computer trusted the authority made for the test, and no other. */
static void
trust (Makers *makers)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (makers->authority_path, &error);

  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **answer = user_data;

  *answer = g_object_ref (result);
}

/* Returns: (nullable): what there is; %NULL with @error */
static PlAnnouncement *
look (GError **error)
{
  g_autoptr (GAsyncResult) answer = NULL;
  PlAnnouncement *newer = NULL;

  pl_update_look_async (NULL, answered_cb, &answer);
  while (answer == NULL)
    g_main_context_iteration (NULL, TRUE);
  pl_update_look_finish (answer, &newer, error);
  return newer;
}

static void
test_an_authority_that_is_trusted (Makers *makers, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  trust (makers);
  listen_as (makers, "IP:127.0.0.1");

  g_autoptr (PlAnnouncement) newer = look (&error);

  g_assert_no_error (error);
  g_assert_cmpstr (newer->version, ==, "99.0");
}

static void
test_a_certificate_of_somebody_else (Makers *makers, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  trust (makers);
  listen_as (makers, "DNS:somebody.example");

  g_assert_null (look (&error));
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  g_assert_cmpstr (error->message, ==, "its certificate is not one that this computer trusts");
}

static void
test_an_authority_that_nobody_knows (Makers *makers, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);
  listen_as (makers, "IP:127.0.0.1");

  g_assert_null (look (&error));
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
}

static void
add (const char *path, void (*test) (Makers *, gconstpointer))
{
  g_test_add (path, Makers, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_print ("1..0 # SKIP GIO has TLS from glib-networking, which is not here\n");
      return 0;
    }
  add ("/update-https/authority-that-is-trusted", test_an_authority_that_is_trusted);
  add ("/update-https/certificate-of-somebody-else", test_a_certificate_of_somebody_else);
  add ("/update-https/authority-that-nobody-knows", test_an_authority_that_nobody_knows);
  return g_test_run ();
}
