/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/certificates/https_site.h"

#include <glib/gstdio.h>

static void
make_authority (HttpsSite *site)
{
  MadeCertificate authority = { .name = "Authority", .is_authority = TRUE, .end_s = DAY_S };
  int descriptor = g_file_open_tmp ("authority-XXXXXX.pem", &site->authority_path, NULL);

  g_assert_true (g_close (descriptor, NULL));
  site->authority_key = make_key ();
  site->authority_x509 = make_certificate (&authority, site->authority_key);
  site->authority = to_pem ((X509 *[]){ site->authority_x509, NULL }, NULL, NULL);
  g_assert_true (g_file_set_contents (site->authority_path,
                                      g_bytes_get_data (site->authority, NULL),
                                      (gssize) g_bytes_get_size (site->authority), NULL));
}

static void
greeted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTlsConnection *tls = G_TLS_CONNECTION (source);
  HttpsSite *site = user_data;

  site->handshakes--;
  if (g_tls_connection_handshake_finish (tls, result, NULL))
    soup_server_accept_iostream (site->server, G_IO_STREAM (tls), site->address, site->address,
                                 NULL);
}

/* The server could take connections by itself, but nobody would know when its part of a handshake
 * is over: a connection that is closed before waits for a thread that waits for this one. */
static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  HttpsSite *site = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) tls
      = g_tls_server_connection_new (G_IO_STREAM (connection), site->certificate, &error);

  g_assert_no_error (error);
  site->handshakes++;
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, NULL, greeted_cb,
                                    site);
  return TRUE;
}

void
https_site_set_up (HttpsSite *site)
{
  *site = (HttpsSite){ .server = soup_server_new (NULL, NULL), .service = g_socket_service_new () };
  g_signal_connect (site->service, "incoming", G_CALLBACK (incoming_cb), site);
  make_authority (site);
}

void
https_site_tear_down (HttpsSite *site)
{
  while (site->handshakes > 0)
    g_main_context_iteration (NULL, TRUE);
  g_socket_service_stop (site->service);
  g_object_unref (site->service);
  g_object_unref (site->address);
  g_object_unref (site->server);
  g_object_unref (site->certificate);
  EVP_PKEY_free (site->authority_key);
  X509_free (site->authority_x509);
  g_bytes_unref (site->authority);
  g_unlink (site->authority_path);
  g_free (site->authority_path);
  g_free (site->url);
}

static GTlsCertificate *
make_own_certificate (HttpsSite *site, const char *hosts)
{
  MadeCertificate as = { .name = "Site",
                         .hosts = hosts,
                         .issuer = site->authority_x509,
                         .issuer_key = site->authority_key,
                         .begin_s = -DAY_S,
                         .end_s = DAY_S };
  EVP_PKEY *key = make_key ();
  X509 *x509 = make_certificate (&as, key);
  g_autoptr (GBytes) pem = to_pem ((X509 *[]){ x509, NULL }, key, NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_pem (
      g_bytes_get_data (pem, NULL), (gssize) g_bytes_get_size (pem), &error);

  g_assert_no_error (error);
  X509_free (x509);
  EVP_PKEY_free (key);
  return certificate;
}

void
https_site_listen (HttpsSite *site, const char *hosts)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GError) error = NULL;

  site->certificate = make_own_certificate (site, hosts);
  g_socket_listener_add_address (G_SOCKET_LISTENER (site->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &site->address, &error);
  g_assert_no_error (error);
  site->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (site->address));
  site->url = g_strdup_printf ("https://127.0.0.1:%u", site->port);
}

void
trust_only (const char *path)
{
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  if (path != NULL)
    database = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

gboolean
is_without_https (void)
{
  if (g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    return FALSE;
  g_print ("1..0 # SKIP GIO has TLS from glib-networking, which is not here\n");
  return TRUE;
}
