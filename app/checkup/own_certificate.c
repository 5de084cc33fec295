/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/checkup/own_certificate.h"

static gboolean
accept_cb (SoupMessage *message,
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

void
pl_own_certificate_trust (SoupSession *session, const char *pem)
{
  g_autoptr (GTlsCertificate) trusted = g_tls_certificate_new_from_pem (pem, -1, NULL);

  if (trusted == NULL)
    return;
  g_object_set_data_full (G_OBJECT (session), "trusted", g_object_ref (trusted), g_object_unref);
  g_signal_connect_object (session, "request-queued", G_CALLBACK (queued_cb), trusted, 0);
}
