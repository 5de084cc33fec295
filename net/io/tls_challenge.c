/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The handshake by which an authority finds out who is in charge of a name (RFC 8737): in the name
 * of nobody else, and without a bearing on any other handshake. */

#include <string.h>

#include "net/io/tls_openssl.h"

/* As ALPN has it on the wire (RFC 7301 §3.1): an octet of length, then the name; in a hello two
 * octets with the length of the whole list stand before it. */
static const guchar protocol[] = "\x0a" PL_TLS_CHALLENGE_PROTOCOL;

#define N_PROTOCOL_BYTES (sizeof protocol - 1)

/* What comes in a hello before a name: lengths of the list and of the name, and its type (RFC 6066
 * §3). */
#define N_BEFORE_NAME_BYTES 5

static int
choose_protocol (SSL *ssl,
                 const guchar **chosen,
                 guchar *chosen_length,
                 const guchar *offered,
                 guint offered_length,
                 void *user_data)
{
  *chosen = protocol + 1;
  *chosen_length = N_PROTOCOL_BYTES - 1;
  return SSL_TLSEXT_ERR_OK;
}

/* Otherwise who chooses among certificates by name would be asked, and take this one away. */
static int
keep_certificate (SSL *ssl, int *alert, void *user_data)
{
  return SSL_TLSEXT_ERR_OK;
}

static gboolean
offers_it_alone (SSL *ssl)
{
  const guchar *bytes;
  gsize n_bytes;

  return SSL_client_hello_get0_ext (ssl, TLSEXT_TYPE_application_layer_protocol_negotiation, &bytes,
                                    &n_bytes)
         && n_bytes == 2 + N_PROTOCOL_BYTES && bytes[0] == 0 && bytes[1] == N_PROTOCOL_BYTES
         && memcmp (bytes + 2, protocol, N_PROTOCOL_BYTES) == 0;
}

/* Returns: (transfer full) (nullable): the name that is asked for, in lower case, if it is one name
 * and nothing else */
static char *
dup_name (SSL *ssl)
{
  const guchar *bytes;
  gsize n_bytes;

  if (!SSL_client_hello_get0_ext (ssl, TLSEXT_TYPE_server_name, &bytes, &n_bytes)
      || n_bytes < N_BEFORE_NAME_BYTES || bytes[2] != TLSEXT_NAMETYPE_host_name
      || (gsize) (bytes[3] << 8 | bytes[4]) != n_bytes - N_BEFORE_NAME_BYTES)
    return NULL;
  return g_ascii_strdown ((const char *) bytes + N_BEFORE_NAME_BYTES,
                          (gssize) (n_bytes - N_BEFORE_NAME_BYTES));
}

/* Before anything else is decided: all that OpenSSL decides from now on is of this certificate. */
static int
look_at_hello (SSL *ssl, int *alert, void *user_data)
{
  const PlTlsContext *context = user_data;
  g_autofree char *name = offers_it_alone (ssl) ? dup_name (ssl) : NULL;
  SSL_CTX *challenge = name != NULL ? g_hash_table_lookup (context->challenges, name) : NULL;

  if (challenge != NULL)
    {
      SSL_set_SSL_CTX (ssl, challenge);
      SSL_set_options (ssl, SSL_OP_NO_TICKET); /* nobody comes back to this */
    }
  return SSL_CLIENT_HELLO_SUCCESS;
}

gboolean
pl_tls_context_add_challenge (PlTlsContext *context,
                              const char *name,
                              const PlTlsCertificate *certificate,
                              GError **error)
{
  SSL_CTX *challenge = pl_tls_context_make_server (certificate, error);

  if (challenge == NULL)
    return FALSE;
  SSL_CTX_set_alpn_select_cb (challenge, choose_protocol, NULL);
  SSL_CTX_set_tlsext_servername_callback (challenge, keep_certificate);
  if (context->challenges == NULL)
    {
      context->challenges
          = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) SSL_CTX_free);
      SSL_CTX_set_client_hello_cb (context->contexts->pdata[0], look_at_hello, context);
    }
  g_hash_table_insert (context->challenges, g_ascii_strdown (name, -1), challenge);
  return TRUE;
}
