/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/belief.h"

#include "net/upstream/trust.h"

static void
request_queued_cb (SoupSession *session, SoupMessage *message, PlProof *proof)
{
  pl_trust_use (message, proof);
}

static void
unref_proof (gpointer data, GClosure *closure)
{
  pl_proof_unref (data);
}

void
pl_belief_give (SoupSession *session, PlProof *proof)
{
  if (proof != NULL)
    g_signal_connect_data (session, "request-queued", G_CALLBACK (request_queued_cb),
                           pl_proof_ref (proof), unref_proof, 0);
}
