/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/acme.h"

#include <openssl/crypto.h>
#include <string.h>

#include "app/certificates/make.h"
#include "app/certificates/write.h"
#include "app/i18n.h"

PlAcmeWish *
pl_acme_wish_copy (const PlAcmeWish *wish)
{
  PlAcmeWish *copy = g_new (PlAcmeWish, 1);

  copy->directory = g_strdup (wish->directory);
  copy->authorities = g_strdup (wish->authorities);
  copy->names = g_strdupv (wish->names);
  copy->email = g_strdup (wish->email);
  copy->eab_id = g_strdup (wish->eab_id);
  copy->eab_key = g_strdup (wish->eab_key);
  copy->dns_hook = g_strdup (wish->dns_hook);
  copy->replaces = wish->replaces != NULL ? g_bytes_ref (wish->replaces) : NULL;
  return copy;
}

gboolean
pl_acme_wish_equal (const PlAcmeWish *a, const PlAcmeWish *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strcmp0 (a->directory, b->directory) == 0
         && g_strcmp0 (a->authorities, b->authorities) == 0
         && g_strv_equal ((const char *const *) a->names, (const char *const *) b->names)
         && g_strcmp0 (a->email, b->email) == 0 && g_strcmp0 (a->eab_id, b->eab_id) == 0
         && g_strcmp0 (a->eab_key, b->eab_key) == 0 && g_strcmp0 (a->dns_hook, b->dns_hook) == 0;
}

void
pl_acme_wish_free (PlAcmeWish *wish)
{
  if (wish->eab_key != NULL)
    OPENSSL_cleanse (wish->eab_key, strlen (wish->eab_key));
  g_free (wish->directory);
  g_free (wish->authorities);
  g_strfreev (wish->names);
  g_free (wish->email);
  g_free (wish->eab_id);
  g_free (wish->eab_key);
  g_free (wish->dns_hook);
  g_clear_pointer (&wish->replaces, g_bytes_unref);
  g_free (wish);
}

GBytes *
pl_acme_new_account_key (GError **error)
{
  g_autoptr (EVP_PKEY) key = pl_make_key ();

  if (key != NULL)
    return pl_key_to_pem (key);
  g_propagate_error (error, pl_acme_error_new (PL_ACME_ERROR_REFUSED, 0,
                                               _ ("No key could be made on this computer.")));
  return NULL;
}
