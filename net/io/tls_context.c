/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "net/i18n.h"
#include "net/io/tls_openssl.h"

/* https://wiki.mozilla.org/Security/Server_Side_TLS, "intermediate", without finite-field
 * Diffie-Hellman: whatever knows that and nothing better cannot show Immich's pages. The cheapest
 * come first: many clients ask for keys of 256 bits alone because that is what they are built with.
 */
#define SUITES_1_3 "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
#define SUITES_1_2                                                                                 \
  "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"       \
  "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"
#define GROUPS "X25519:prime256v1:secp384r1"

#define FORBIDDEN (SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION)

/* Our order of suites is heeded, but for clients that have ChaCha20 first: their processors lack
 * AES. */
#define ORDER (SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA)

/* Buffers are held only while octets are in them, and filled with as much as is there. */
#define MODES (SSL_MODE_RELEASE_BUFFERS | SSL_MODE_AUTO_RETRY)

static gboolean
fail (GError **error, const char *words)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, words);
  ERR_clear_error ();
  return FALSE;
}

static BIO *
open_bytes (GBytes *bytes)
{
  return BIO_new_mem_buf (g_bytes_get_data (bytes, NULL), (int) g_bytes_get_size (bytes));
}

/* Keys that are encrypted are not asked for on the terminal. */
static int
know_no_password (char *password, int capacity, int is_writing, void *user_data)
{
  return -1;
}

static gboolean
use_chain (SSL_CTX *context, GBytes *pem)
{
  BIO *bio = open_bytes (pem);
  X509 *certificate = PEM_read_bio_X509_AUX (bio, NULL, know_no_password, NULL);
  gboolean is_good = certificate != NULL && SSL_CTX_use_certificate (context, certificate) > 0;

  X509_free (certificate);
  while (is_good && (certificate = PEM_read_bio_X509 (bio, NULL, know_no_password, NULL)) != NULL)
    is_good = SSL_CTX_add0_chain_cert (context, certificate) > 0;
  BIO_free (bio);
  return is_good;
}

static gboolean
use_key (SSL_CTX *context, GBytes *pem)
{
  BIO *bio = open_bytes (pem);
  EVP_PKEY *key = PEM_read_bio_PrivateKey (bio, NULL, know_no_password, NULL);
  gboolean is_good = key != NULL && SSL_CTX_use_PrivateKey (context, key) > 0;

  EVP_PKEY_free (key);
  BIO_free (bio);
  return is_good;
}

static gboolean
use_certificate (SSL_CTX *context, const PlTlsCertificate *certificate, GError **error)
{
  if (!use_chain (context, certificate->chain))
    return fail (error, _ ("The certificate cannot be used"));
  if (!use_key (context, certificate->key) || SSL_CTX_check_private_key (context) <= 0)
    return fail (error, _ ("The key cannot be used, or is not that of the certificate"));
  ERR_clear_error (); /* the end of a file of certificates leaves a word there */
  return TRUE;
}

/* Which protocol */

static int
choose_protocol (SSL *ssl,
                 const guchar **chosen,
                 guchar *chosen_length,
                 const guchar *offered,
                 guint offered_length,
                 void *user_data)
{
  const PlTlsContext *context = user_data;
  guchar *found;

  if (SSL_select_next_proto (&found, chosen_length, context->protocols, context->n_protocols_bytes,
                             offered, offered_length)
      != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

static void
set_protocols (PlTlsContext *context, const char *const *protocols)
{
  for (guint i = 0; protocols[i] != NULL; i++)
    {
      gsize length = strlen (protocols[i]);

      g_return_if_fail (context->n_protocols_bytes + 1 + length <= sizeof context->protocols);
      context->protocols[context->n_protocols_bytes] = (guint8) length;
      memcpy (context->protocols + context->n_protocols_bytes + 1, protocols[i], length);
      context->n_protocols_bytes += 1 + length;
    }
}

/* Which certificate */

static gboolean
fits (SSL_CTX *context, const char *name)
{
  return X509_check_host (SSL_CTX_get0_certificate (context), name, 0, 0, NULL) > 0
         || X509_check_ip_asc (SSL_CTX_get0_certificate (context), name, 0) > 0;
}

static int
choose_certificate (SSL *ssl, int *alert, void *user_data)
{
  const PlTlsContext *context = user_data;
  const char *name = SSL_get_servername (ssl, TLSEXT_NAMETYPE_host_name);

  for (guint i = 0; name != NULL && i < context->contexts->len; i++)
    if (fits (context->contexts->pdata[i], name))
      {
        SSL_set_SSL_CTX (ssl, context->contexts->pdata[i]);
        break;
      }
  return SSL_TLSEXT_ERR_OK;
}

/* The whole */

static void
set_rules (SSL_CTX *context)
{
  SSL_CTX_set_min_proto_version (context, TLS1_2_VERSION);
  SSL_CTX_set_options (context, FORBIDDEN | ORDER);
  SSL_CTX_set_mode (context, MODES);
  SSL_CTX_set_ciphersuites (context, SUITES_1_3);
  SSL_CTX_set_cipher_list (context, SUITES_1_2);
  SSL_CTX_set1_groups_list (context, GROUPS);
}

SSL_CTX *
pl_tls_context_make_server (const PlTlsCertificate *certificate, GError **error)
{
  SSL_CTX *made = SSL_CTX_new (TLS_server_method ());

  set_rules (made);
  if (use_certificate (made, certificate, error))
    return made;
  SSL_CTX_free (made);
  return NULL;
}

static PlTlsContext *
new_context (void)
{
  PlTlsContext *context = g_new0 (PlTlsContext, 1);

  g_atomic_ref_count_init (&context->ref_count);
  context->contexts = g_ptr_array_new_with_free_func ((GDestroyNotify) SSL_CTX_free);
  return context;
}

PlTlsContext *
pl_tls_context_new_server (const PlTlsCertificate *certificates,
                           guint n_certificates,
                           const char *const *protocols,
                           GError **error)
{
  g_autoptr (PlTlsContext) context = new_context ();
  SSL_CTX *made;

  g_return_val_if_fail (n_certificates > 0, NULL);

  set_protocols (context, protocols);
  for (guint i = 0; i < n_certificates; i++)
    {
      if ((made = pl_tls_context_make_server (&certificates[i], error)) == NULL)
        return NULL;
      pl_tls_tickets_use (made);
      if (certificates[i].staple != NULL)
        pl_tls_staple_use (made, certificates[i].staple, certificates[i].staple_until_s);
      SSL_CTX_set_alpn_select_cb (made, choose_protocol, context);
      g_ptr_array_add (context->contexts, made);
    }
  if (n_certificates > 1)
    {
      SSL_CTX_set_tlsext_servername_callback (context->contexts->pdata[0], choose_certificate);
      SSL_CTX_set_tlsext_servername_arg (context->contexts->pdata[0], context);
    }
  return g_steal_pointer (&context);
}

static gboolean
is_same_chain (SSL_CTX *a, SSL_CTX *b)
{
  STACK_OF (X509) * chain_a, *chain_b;

  if (X509_cmp (SSL_CTX_get0_certificate (a), SSL_CTX_get0_certificate (b)) != 0)
    return FALSE;
  SSL_CTX_get0_chain_certs (a, &chain_a);
  SSL_CTX_get0_chain_certs (b, &chain_b);
  if (sk_X509_num (chain_a) != sk_X509_num (chain_b))
    return FALSE;
  for (int i = 0; i < sk_X509_num (chain_a); i++)
    if (X509_cmp (sk_X509_value (chain_a, i), sk_X509_value (chain_b, i)) != 0)
      return FALSE;
  return TRUE;
}

gboolean
pl_tls_context_shows_same (const PlTlsContext *a, const PlTlsContext *b)
{
  if (a == NULL || b == NULL || a->contexts->len != b->contexts->len)
    return a == b;
  for (guint i = 0; i < a->contexts->len; i++)
    if (!is_same_chain (a->contexts->pdata[i], b->contexts->pdata[i]))
      return FALSE;
  return TRUE;
}

/* Whom a client believes */

static gboolean
use_authorities (SSL_CTX *context, GBytes *pem)
{
  BIO *bio = open_bytes (pem);
  X509_STORE *store = SSL_CTX_get_cert_store (context);
  X509 *certificate;
  guint n_certificates = 0;

  while ((certificate = PEM_read_bio_X509 (bio, NULL, know_no_password, NULL)) != NULL)
    {
      n_certificates += X509_STORE_add_cert (store, certificate) > 0;
      X509_free (certificate);
    }
  BIO_free (bio);
  ERR_clear_error ();
  return n_certificates > 0;
}

PlTlsContext *
pl_tls_context_new_client (gboolean verifies, GBytes *authorities, GError **error)
{
  g_autoptr (PlTlsContext) context = new_context ();
  SSL_CTX *made = SSL_CTX_new (TLS_client_method ());

  g_ptr_array_add (context->contexts, made);
  set_rules (made);
  SSL_CTX_set_verify (made, verifies ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, NULL);
  if (authorities == NULL)
    SSL_CTX_set_default_verify_paths (made);
  else if (!use_authorities (made, authorities))
    {
      fail (error, _ ("There is no certificate of an authority in it"));
      return NULL;
    }
  return g_steal_pointer (&context);
}

PlTlsContext *
pl_tls_context_ref (PlTlsContext *context)
{
  g_atomic_ref_count_inc (&context->ref_count);
  return context;
}

void
pl_tls_context_unref (PlTlsContext *context)
{
  if (!g_atomic_ref_count_dec (&context->ref_count))
    return;
  g_ptr_array_unref (context->contexts);
  g_clear_pointer (&context->challenges, g_hash_table_unref);
  g_free (context);
}
