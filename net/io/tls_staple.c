/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an authority says of a certificate, shown with it to clients that ask. It belongs to
 * OpenSSL's context, which several of ours may share. */

#include "net/io/tls_openssl.h"

typedef struct
{
  GBytes *response;
  gint64 until_s;
} Staple;

static int
show (SSL *ssl, void *user_data)
{
  const Staple *staple = user_data;
  gsize length;
  gconstpointer octets = g_bytes_get_data (staple->response, &length);

  /* Browsers refuse the page for one that is out of date, and take it without any. */
  if (g_get_real_time () / G_USEC_PER_SEC >= staple->until_s)
    return SSL_TLSEXT_ERR_NOACK;
  SSL_set_tlsext_status_ocsp_resp (ssl, OPENSSL_memdup (octets, length), (long) length);
  return SSL_TLSEXT_ERR_OK;
}

static void
free_staple (void *parent,
             void *pointer,
             CRYPTO_EX_DATA *data,
             int index,
             long number,
             void *user_data)
{
  Staple *staple = pointer;

  if (staple == NULL)
    return;
  g_bytes_unref (staple->response);
  g_free (staple);
}

static int
get_index (void)
{
  static gsize index_and_1 = 0;

  if (g_once_init_enter (&index_and_1))
    g_once_init_leave (&index_and_1,
                       (gsize) SSL_CTX_get_ex_new_index (0, NULL, NULL, NULL, free_staple) + 1);
  return (int) index_and_1 - 1;
}

void
pl_tls_staple_use (SSL_CTX *context, GBytes *response, gint64 until_s)
{
  Staple *staple = g_new (Staple, 1);

  staple->response = g_bytes_ref (response);
  staple->until_s = until_s;
  SSL_CTX_set_ex_data (context, get_index (), staple);
  SSL_CTX_set_tlsext_status_cb (context, show);
  SSL_CTX_set_tlsext_status_arg (context, staple);
}
