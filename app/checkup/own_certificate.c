/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/checkup/own_certificate.h"

/* @connection: a SoupMessage or a GTlsConnection, whose signals are alike. */
static gboolean
accept_cb (GObject *connection,
           GTlsCertificate *peer,
           GTlsCertificateFlags errors,
           gpointer user_data)
{
  GTlsCertificate *trusted = user_data;

  if ((errors & ~G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    return FALSE;
  return g_tls_certificate_is_same (peer, trusted)
         || g_tls_certificate_verify (peer, NULL, trusted) == 0;
}

static void
queued_cb (SoupSession *session, SoupMessage *message, gpointer user_data)
{
  g_signal_connect_object (message, "accept-certificate", G_CALLBACK (accept_cb), user_data, 0);
}

static void
event_cb (GSocketClient *client,
          GSocketClientEvent event,
          GSocketConnectable *connectable,
          GIOStream *connection,
          gpointer user_data)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_signal_connect_object (connection, "accept-certificate", G_CALLBACK (accept_cb), user_data,
                             0);
}

/* @owner keeps it as long as it asks. */
static GTlsCertificate *
give_trusted (gpointer owner, const char *pem)
{
  GTlsCertificate *trusted = g_tls_certificate_new_from_pem (pem, -1, NULL);

  if (trusted != NULL)
    g_object_set_data_full (owner, "pl-trusted", trusted, g_object_unref);
  return trusted;
}

void
pl_own_certificate_trust_by_client (GSocketClient *client, const char *pem)
{
  GTlsCertificate *trusted = give_trusted (client, pem);

  if (trusted != NULL)
    g_signal_connect_object (client, "event", G_CALLBACK (event_cb), trusted, 0);
}

void
pl_own_certificate_trust (SoupSession *session, const char *pem)
{
  GTlsCertificate *trusted = give_trusted (session, pem);

  if (trusted != NULL)
    g_signal_connect_object (session, "request-queued", G_CALLBACK (queued_cb), trusted, 0);
}
