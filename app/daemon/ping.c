/* SPDX-License-Identifier: GPL-3.0-or-later */

/* porchlightd --ping knocks: it connects, says nothing, and ends its side. Whoever is at home then
 * ends the other one, which takes the listener, the dealing out and a worker; that a system takes
 * the connection proves nothing, since it does so for a program that hangs, too. */

#include <gio/gio.h>

#include "app/daemon/daemon.h"
#include "app/daemon/say.h"
#include "app/daemon/source.h"
#include "app/i18n.h"

/* Shorter than a container's health check waits. */
#define TIMEOUT_S 5

/* An address that stands for all of them is none to connect to, on every system. */
static GSocketAddress *
new_address (const PlConfig *config)
{
  g_autoptr (GInetAddress) bound
      = config->bind != NULL ? g_inet_address_new_from_string (config->bind[0]) : NULL;
  GSocketFamily family = bound != NULL ? g_inet_address_get_family (bound) : G_SOCKET_FAMILY_IPV4;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (family);
  gboolean is_particular = bound != NULL && !g_inet_address_get_is_any (bound);

  return g_inet_socket_address_new (is_particular ? bound : loopback, config->port);
}

static gboolean
is_hung_up (GSocketConnection *connection, GError **error)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  char octet;

  if (!g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, error))
    return FALSE;
  gssize n_read = g_input_stream_read (input, &octet, 1, NULL, error);
  if (n_read > 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _ ("what answers there is no Porchlight"));
  return n_read == 0;
}

static gboolean
knock (GSocketAddress *address, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_timeout (client, TIMEOUT_S);
  g_socket_client_set_enable_proxy (client, FALSE);
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, error);
  return connection != NULL && is_hung_up (connection, error);
}

PlExit
pl_daemon_ping (const PlOptions *options)
{
  g_autoptr (PlSource) source = pl_source_new (options);
  g_autoptr (PlProblems) problems = pl_problems_new ();
  g_autoptr (PlConfig) config = NULL;
  g_autoptr (PlSettings) settings = pl_source_read (source, &config, problems);
  g_autoptr (GError) error = NULL;

  if (settings == NULL)
    {
      pl_say_problems (problems);
      return PL_EXIT_NOT_ALLOWED;
    }

  g_autoptr (GSocketAddress) address = new_address (config);
  g_autofree char *name = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address));
  if (!knock (address, &error))
    {
      pl_say (_ ("Porchlight does not answer at %s: %s"), name, error->message);
      return PL_EXIT_NOT_STARTED;
    }
  pl_say_result (_ ("Porchlight answers at %s\n"), name);
  return PL_EXIT_FINE;
}
