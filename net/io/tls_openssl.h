/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inside of TLS by OpenSSL, for the files tls_*.c and for nobody else. */

#pragma once

#include <openssl/ssl.h>

#include "net/io/tls.h"

/** PL_TLS_MAX_PROTOCOLS_BYTES: of a list of ALPN. */
#define PL_TLS_MAX_PROTOCOLS_BYTES 64

/**
 * PlTlsContext:
 * @contexts: one for each certificate; the first is what connections begin with
 * @challenges: (nullable): what is shown to authorities that ask who is in charge of a name
 * @protocols: as ALPN has them on the wire; each octet of length, then the name
 */
struct _PlTlsContext
{
  gatomicrefcount ref_count;
  GPtrArray *contexts;    /* of SSL_CTX */
  GHashTable *challenges; /* of SSL_CTX, by names in lower case */
  guint8 protocols[PL_TLS_MAX_PROTOCOLS_BYTES];
  guint n_protocols_bytes;
};

/**
 * PlTls:
 * @stream: whose it is
 * @received: (nullable): octets of the peer that OpenSSL has not taken yet
 * @output: (nullable): what is encrypted and could not be sent yet
 * @owed: octets of the caller that are encrypted in @output and not reported as sent: the caller
 * will come with them again
 * @small_bytes: how much of what comes next is still to go in small records
 * @last_sent_us: when there was something to send last, monotonic
 * @fate: %PL_IO_END or %PL_IO_BROKEN once that is what there is to receive; else %PL_IO_DONE
 * @is_ready: the handshake is done
 * @shut: our end is to follow @output
 * @receives_much: much came at once, so the next are received in a large piece
 *
 * What an encrypted stream has. Idle it holds no buffer.
 */
struct _PlTls
{
  PlStream *stream;
  PlTlsContext *context;
  SSL *ssl;
  PlBufferPool *buffers;
  PlBuffer *received;
  PlBuffer *output;
  gsize owed;
  guint small_bytes;
  gint64 last_sent_us;
  PlTlsFacts facts;
  PlTlsFailure failure : 8;
  PlIo fate : 8;
  guint is_ready : 1;
  guint shut : 1;
  guint receives_much : 1;
};

/** pl_tls_bio_new: (transfer full): octets go into the output of @tls, and come from its socket. */
BIO *pl_tls_bio_new (PlTls *tls);

/**
 * pl_tls_context_make_server: (transfer full):
 *
 * Returns: %NULL with @error as pl_tls_context_new_server(); how servers of ours encrypt, with
 *   @certificate
 */
SSL_CTX *pl_tls_context_make_server (const PlTlsCertificate *certificate, GError **error);

/** pl_tls_staple_use: clients of @context that ask are shown @response until @until_s; see
 * #PlTlsCertificate. */
void pl_tls_staple_use (SSL_CTX *context, GBytes *response, gint64 until_s);

/** pl_tls_tickets_use: tickets of @context are made with the keys of this process. */
void pl_tls_tickets_use (SSL_CTX *context);

/** pl_tls_find_failure: what OpenSSL's queue of errors says of the handshake of @ssl; empties it.
 */
PlTlsFailure pl_tls_find_failure (SSL *ssl);
