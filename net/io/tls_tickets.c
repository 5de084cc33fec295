/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tickets (RFC 8446 §4.6.1, RFC 5077): what a client keeps of a session, encrypted by us, so that
 * we keep nothing. The keys are the process's and made anew twice a day; the one before is still
 * understood. Whoever comes with a ticket is given a new one: clients use each but once, so that
 * nobody who listens can tell that it is they again (RFC 8446 §C.4). TLS 1.2 shows its ticket in
 * the clear in any case, and keeps it. */

#include <openssl/core_names.h>
#include <openssl/rand.h>
#include <string.h>

#include "net/io/tls_openssl.h"

#define LIFETIME_S (12 * 60 * 60)

typedef struct
{
  guchar name[16];
  guchar cipher[32];
  guchar digest[32];
  gint64 made_us; /* 0: there is none */
} TicketKey;

/* The newest first. */
static TicketKey keys[2];
static GMutex keys_mutex;

static gboolean
make_key (TicketKey *key)
{
  key->made_us = g_get_monotonic_time ();
  return RAND_bytes (key->name, sizeof key->name) > 0
         && RAND_priv_bytes (key->cipher, sizeof key->cipher) > 0
         && RAND_priv_bytes (key->digest, sizeof key->digest) > 0;
}

static gboolean
is_old (const TicketKey *key)
{
  return key->made_us == 0
         || g_get_monotonic_time () - key->made_us > (gint64) LIFETIME_S * G_USEC_PER_SEC;
}

/* Two that are both old are two lifetimes old, or more: then neither is understood any more. */
static gboolean
renew_keys (void)
{
  TicketKey made;

  if (!is_old (&keys[0]))
    return TRUE;
  if (!make_key (&made))
    return FALSE;
  keys[1] = keys[0];
  keys[0] = made;
  return TRUE;
}

/* -1: there is no randomness. */
static int
choose_key (guchar *name, gboolean is_new, TicketKey *chosen)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&keys_mutex);

  if (!renew_keys ())
    return -1;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (is_new || (keys[i].made_us != 0 && memcmp (name, keys[i].name, sizeof keys[i].name) == 0))
      {
        *chosen = keys[i];
        return i == 0 ? 1 : 2;
      }
  return 0;
}

static gboolean
use_digest (EVP_MAC_CTX *mac, TicketKey *key)
{
  const OSSL_PARAM parameters[] = {
    OSSL_PARAM_construct_octet_string (OSSL_MAC_PARAM_KEY, key->digest, sizeof key->digest),
    OSSL_PARAM_construct_utf8_string (OSSL_MAC_PARAM_DIGEST, (char *) "SHA256", 0),
    OSSL_PARAM_construct_end (),
  };

  return EVP_MAC_CTX_set_params (mac, parameters) > 0;
}

static gboolean
begin_ticket (guchar *name, guchar *iv, const TicketKey *key)
{
  memcpy (name, key->name, sizeof key->name);
  return RAND_bytes (iv, EVP_MAX_IV_LENGTH) > 0;
}

/* As SSL_CTX_set_tlsext_ticket_key_evp_cb(3) has it: -1 an error, 0 an unknown ticket, 1 a good
 * one, 2 a good one to be replaced. */
static int
use_ticket_key (SSL *ssl,
                guchar *name,
                guchar *iv,
                EVP_CIPHER_CTX *cipher,
                EVP_MAC_CTX *mac,
                int is_new)
{
  TicketKey key;
  int answer = choose_key (name, is_new, &key);

  if (answer <= 0)
    return answer;
  if (is_new && !begin_ticket (name, iv, &key))
    answer = -1;
  else if (EVP_CipherInit_ex (cipher, EVP_aes_256_cbc (), NULL, key.cipher, iv, is_new) <= 0
           || !use_digest (mac, &key))
    answer = -1;
  else if (!is_new && SSL_version (ssl) == TLS1_3_VERSION)
    answer = 2;
  OPENSSL_cleanse (&key, sizeof key);
  return answer;
}

/* One ticket is enough, since a connection that is made with it brings the next: browsers have one
 * connection for all. A second would be 3 % of the cost of a handshake. */
void
pl_tls_tickets_use (SSL_CTX *context)
{
  static const guchar purpose[] = "porchlight";

  SSL_CTX_set_session_cache_mode (context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_session_id_context (context, purpose, sizeof purpose - 1);
  SSL_CTX_set_timeout (context, LIFETIME_S);
  SSL_CTX_set_num_tickets (context, 1);
  SSL_CTX_set_tlsext_ticket_key_evp_cb (context, use_ticket_key);
}
