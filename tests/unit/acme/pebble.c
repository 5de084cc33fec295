/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/acme/pebble.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>

#include "tests/unit/certificates/maker.h"
#include "tests/unit/ports.h"

/* What runs a program until the pipe it reads from is closed, as it is when this one ends, however
 * it does. */
#define UNTIL_CLOSED "/bin/sh", "-c", "\"$@\" & read -r _; kill -9 $!; wait", "sh"

#define FLAGS                                                                                      \
  (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE                               \
   | G_SUBPROCESS_FLAGS_STDERR_SILENCE)

#define START_TIMEOUT_US (20 * G_USEC_PER_SEC)

gboolean
pebble_is_here (void)
{
  g_autofree char *pebble = g_find_program_in_path ("pebble");
  g_autofree char *dns = g_find_program_in_path ("pebble-challtestsrv");

  if (pebble != NULL && dns != NULL)
    return TRUE;
  g_test_skip ("pebble is not installed (Debian's package of that name)");
  return FALSE;
}

static void
find_ports (guint *ports, guint n_ports)
{
  for (guint i = 0; i < n_ports; i++)
    ports[i] = port_find_free ();
}

/* Files */

static char *
write_file (Pebble *pebble, const char *name, const char *text, gssize length)
{
  char *path = g_build_filename (pebble->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
  return path;
}

static void
write_pem (Pebble *pebble, const char *name, X509 *x509, EVP_PKEY *key)
{
  g_autoptr (GBytes) pem = to_pem ((X509 *[]){ x509, NULL }, key, NULL);
  g_autofree char *path
      = write_file (pebble, name, g_bytes_get_data (pem, NULL), (gssize) g_bytes_get_size (pem));
}

static void
write_certificates (Pebble *pebble)
{
  MadeCertificate as
      = { .name = "Pebble's keeper", .is_authority = TRUE, .begin_s = -DAY_S, .end_s = DAY_S };
  g_autoptr (EVP_PKEY) authority_key = make_key ();
  g_autoptr (X509) authority = make_certificate (&as, authority_key);
  MadeCertificate server_as = { .name = "Pebble",
                                .hosts = "DNS:localhost,IP:127.0.0.1",
                                .issuer = authority,
                                .issuer_key = authority_key,
                                .begin_s = -DAY_S,
                                .end_s = DAY_S };
  g_autoptr (EVP_PKEY) key = make_key ();
  g_autoptr (X509) server = make_certificate (&server_as, key);

  write_pem (pebble, "authority.pem", authority, NULL);
  write_pem (pebble, "server.pem", server, key);
  pebble->authorities = g_build_filename (pebble->folder, "authority.pem", NULL);
}

static char *
write_configuration (Pebble *pebble, const PebbleWays *ways, guint port)
{
  g_autofree char *text = g_strdup_printf (
      "{\"pebble\":{\"listenAddress\":\"127.0.0.1:%u\",\"certificate\":\"%s/server.pem\","
      "\"privateKey\":\"%s/server.pem\",\"httpPort\":%u,\"tlsPort\":%u,\"ocspResponderURL\":\"\","
      "\"externalAccountBindingRequired\":%s,\"externalAccountMACKeys\":{\"kid-1\":\"%s\"}}}",
      port, pebble->folder, pebble->folder, pebble->http_port, pebble->tls_port,
      ways->binds ? "true" : "false", PEBBLE_EAB_KEY);

  return write_file (pebble, "pebble.json", text, -1);
}

char *
pebble_dup_program (Pebble *pebble, const char *name, const char *text)
{
  g_autofree char *whole = g_strdup_printf ("#!/usr/bin/python3\n%s", text);
  char *path = write_file (pebble, name, whole, -1);

  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  return path;
}

/* Programs */

static void
wait_for_port (guint port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  gint64 end_us = g_get_monotonic_time () + START_TIMEOUT_US;

  g_socket_client_set_enable_proxy (client, FALSE);
  while (TRUE)
    {
      g_autoptr (GSocketConnection) connection
          = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);

      if (connection != NULL)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_usleep (20 * 1000);
    }
}

static void
start_dns (Pebble *pebble, guint dns_port, guint port)
{
  g_autofree char *dns = g_strdup_printf ("127.0.0.1:%u", dns_port);
  g_autofree char *management = g_strdup_printf ("127.0.0.1:%u", port);
  g_autoptr (GError) error = NULL;

  pebble->dns
      = g_subprocess_new (FLAGS, &error, UNTIL_CLOSED, "pebble-challtestsrv", "-dns01", dns,
                          "-management", management, "-http01", "", "-https01", "", "-tlsalpn01",
                          "", "-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", NULL);
  g_assert_no_error (error);
  pebble->dns_url = g_strdup_printf ("http://127.0.0.1:%u", port);
  wait_for_port (port);
}

static void
start_pebble (Pebble *pebble, const PebbleWays *ways, guint dns_port, guint port)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (FLAGS);
  g_autofree char *configuration = write_configuration (pebble, ways, port);
  g_autofree char *dns = g_strdup_printf ("127.0.0.1:%u", dns_port);
  g_autofree char *refused = g_strdup_printf ("%u", ways->nonces_refused);
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "PEBBLE_WFE_NONCEREJECT", refused, TRUE);
  g_subprocess_launcher_setenv (launcher, "PEBBLE_AUTHZREUSE", "0", TRUE);
  g_subprocess_launcher_setenv (launcher, "PEBBLE_VA_SLEEPTIME", "4", TRUE);
  if (!ways->sleeps)
    g_subprocess_launcher_setenv (launcher, "PEBBLE_VA_NOSLEEP", "1", TRUE);
  pebble->pebble = g_subprocess_launcher_spawn (launcher, &error, UNTIL_CLOSED, "pebble", "-strict",
                                                "-config", configuration, "-dnsserver", dns, NULL);
  g_assert_no_error (error);
  pebble->directory = g_strdup_printf ("https://127.0.0.1:%u/dir", port);
  wait_for_port (port);
}

Pebble *
pebble_start (const PebbleWays *ways)
{
  Pebble *pebble = g_new0 (Pebble, 1);
  guint ports[5];

  pebble->folder = g_dir_make_tmp ("pebble-XXXXXX", NULL);
  g_assert_nonnull (pebble->folder);
  find_ports (ports, G_N_ELEMENTS (ports));
  pebble->http_port = ports[0];
  pebble->tls_port = ports[1];
  write_certificates (pebble);
  start_dns (pebble, ports[2], ports[3]);
  start_pebble (pebble, ways, ports[2], ports[4]);
  return pebble;
}

static void
end (GSubprocess *process)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
  g_subprocess_wait (process, NULL, NULL);
}

void
pebble_kill (Pebble *pebble)
{
  end (pebble->pebble);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_assert_cmpint (g_unlink (file), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

void
pebble_stop (Pebble *pebble)
{
  end (pebble->pebble);
  end (pebble->dns);
  g_object_unref (pebble->pebble);
  g_object_unref (pebble->dns);
  remove_folder (pebble->folder);
  g_free (pebble->directory);
  g_free (pebble->authorities);
  g_free (pebble->dns_url);
  g_free (pebble->folder);
  g_free (pebble);
}

void
pebble_forget_address (Pebble *pebble)
{
  g_autofree char *url = g_strconcat (pebble->dns_url, "/set-default-ipv4", NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_POST, url);
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"ip\":\"\"}", 9);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  soup_session_set_proxy_resolver (session, NULL);
  soup_message_set_request_body_from_bytes (message, "application/json", body);
  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, SOUP_STATUS_OK);
}
