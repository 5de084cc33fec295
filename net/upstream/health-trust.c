/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/upstream/health-trust.h"

static gboolean
vouches (const PlProof *proof, GTlsCertificate *certificate, SoupMessage *message)
{
  GUri *uri = soup_message_get_uri (message);
  g_autoptr (GSocketConnectable) identity
      = g_network_address_new (g_uri_get_host (uri), (guint16) g_uri_get_port (uri));

  return pl_proof_vouches (proof, certificate, identity);
}

/* Asked where the system's authorities do not vouch. */
static gboolean
accept_certificate_cb (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  const PlProof *proof = user_data;

  return !proof->verifies || vouches (proof, certificate, message);
}

void
pl_health_trust_use (SoupMessage *message, PlProof *proof)
{
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), proof);
}
