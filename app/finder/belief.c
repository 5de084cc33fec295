/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/belief.h"

/* Asked where the system does not vouch. Whoever another authority vouches for must be who was
 * asked, all the same. */
static gboolean
accept_certificate_cb (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  const PlProof *proof = user_data;

  if (!proof->verifies)
    return TRUE;
  return (errors & ~G_TLS_CERTIFICATE_UNKNOWN_CA) == 0
         && pl_proof_vouches (proof, certificate, NULL);
}

static void
unref_proof (gpointer data, GClosure *closure)
{
  pl_proof_unref (data);
}

static void
request_queued_cb (SoupSession *session, SoupMessage *message, PlProof *proof)
{
  g_signal_connect_data (message, "accept-certificate", G_CALLBACK (accept_certificate_cb),
                         pl_proof_ref (proof), unref_proof, 0);
}

void
pl_belief_give (SoupSession *session, PlProof *proof)
{
  if (proof != NULL && (!proof->verifies || proof->authorities != NULL))
    g_signal_connect_data (session, "request-queued", G_CALLBACK (request_queued_cb),
                           pl_proof_ref (proof), unref_proof, 0);
}
