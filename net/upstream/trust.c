/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/upstream/trust.h"

/* Without a database of authorities each certificate is one of an unknown authority, and so asked
 * about below; with the system's, what that vouches for would be taken unasked. */
static void
network_event_cb (SoupMessage *message, GSocketClientEvent event, GIOStream *connection)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_tls_connection_set_database (G_TLS_CONNECTION (connection), NULL);
}

static gboolean
accept_certificate_cb (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  const PlProof *proof = user_data;

  if (!proof->verifies)
    return TRUE;
  return (errors & ~G_TLS_CERTIFICATE_UNKNOWN_CA) == 0 && pl_proof_vouches (proof, certificate);
}

static void
unref_proof (gpointer data, GClosure *closure)
{
  pl_proof_unref (data);
}

void
pl_trust_use (SoupMessage *message, PlProof *proof)
{
  g_signal_connect_data (message, "accept-certificate", G_CALLBACK (accept_certificate_cb),
                         pl_proof_ref (proof), unref_proof, 0);
  if (proof->authorities != NULL)
    g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), NULL);
}
