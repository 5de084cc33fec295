/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/certificates/secret.h"

#include <openssl/crypto.h>

static void
free_secret (gpointer data)
{
  GString *secret = data;

  OPENSSL_cleanse (secret->str, secret->allocated_len);
  g_string_free (secret, TRUE);
}

GBytes *
pl_secret_new (const char *octets, gsize n_octets)
{
  GString *secret = g_string_new_len (octets, (gssize) n_octets);

  return g_bytes_new_with_free_func (secret->str, secret->len, free_secret, secret);
}
