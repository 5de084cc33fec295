/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/upstream/health-trust.h"

#include <string.h>

#define BEGIN "-----BEGIN CERTIFICATE-----"

static gboolean
vouches (GTlsCertificate *authority, GTlsCertificate *certificate, SoupMessage *message)
{
  GUri *uri = soup_message_get_uri (message);
  g_autoptr (GSocketConnectable) identity
      = g_network_address_new (g_uri_get_host (uri), (guint16) g_uri_get_port (uri));

  return g_tls_certificate_verify (certificate, identity, authority) == 0;
}

/* One after another, since what reads them all at once reads files. */
static gboolean
is_vouched_for (GBytes *authorities, GTlsCertificate *certificate, SoupMessage *message)
{
  g_autofree char *pem
      = g_strndup (g_bytes_get_data (authorities, NULL), g_bytes_get_size (authorities));

  for (const char *next = strstr (pem, BEGIN); next != NULL; next = strstr (next + 1, BEGIN))
    {
      g_autoptr (GTlsCertificate) authority = g_tls_certificate_new_from_pem (next, -1, NULL);

      if (authority != NULL && vouches (authority, certificate, message))
        return TRUE;
    }
  return FALSE;
}

/* Asked where the system's authorities do not vouch. */
static gboolean
accept_certificate_cb (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  const PlProof *proof = user_data;

  return !proof->verifies
         || (proof->authorities != NULL
             && is_vouched_for (proof->authorities, certificate, message));
}

void
pl_health_trust_use (SoupMessage *message, PlProof *proof)
{
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), proof);
}
