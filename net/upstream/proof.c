/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/upstream/proof.h"

#include <string.h>

#define BEGIN "-----BEGIN CERTIFICATE-----"

PlProof *
pl_proof_new (gboolean verifies, GBytes *authorities, GError **error)
{
  PlTlsContext *context = pl_tls_context_new_client (verifies, authorities, error);
  PlProof *proof;

  if (context == NULL)
    return NULL;
  proof = g_new0 (PlProof, 1);
  g_atomic_ref_count_init (&proof->ref_count);
  proof->context = context;
  proof->verifies = verifies;
  proof->authorities = authorities != NULL ? g_bytes_ref (authorities) : NULL;
  return proof;
}

PlProof *
pl_proof_ref (PlProof *proof)
{
  g_atomic_ref_count_inc (&proof->ref_count);
  return proof;
}

void
pl_proof_unref (PlProof *proof)
{
  if (!g_atomic_ref_count_dec (&proof->ref_count))
    return;
  pl_tls_context_unref (proof->context);
  g_clear_pointer (&proof->authorities, g_bytes_unref);
  g_free (proof);
}

static gboolean
have_same_authorities (const PlProof *a, const PlProof *b)
{
  if (a->authorities == NULL || b->authorities == NULL)
    return a->authorities == b->authorities;
  return g_bytes_equal (a->authorities, b->authorities);
}

gboolean
pl_proof_equal (const PlProof *a, const PlProof *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->verifies == b->verifies && have_same_authorities (a, b);
}

/* One after another, since what reads them all at once reads files. */
gboolean
pl_proof_vouches (const PlProof *proof, GTlsCertificate *certificate)
{
  g_autofree char *pem = NULL;

  if (proof->authorities == NULL)
    return FALSE;
  pem = g_strndup (g_bytes_get_data (proof->authorities, NULL),
                   g_bytes_get_size (proof->authorities));
  for (const char *next = strstr (pem, BEGIN); next != NULL; next = strstr (next + 1, BEGIN))
    {
      g_autoptr (GTlsCertificate) authority = g_tls_certificate_new_from_pem (next, -1, NULL);

      if (authority != NULL && g_tls_certificate_verify (certificate, NULL, authority) == 0)
        return TRUE;
    }
  return FALSE;
}
