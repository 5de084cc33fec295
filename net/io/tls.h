/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TLS over a stream's socket (RFC 8446, RFC 5246): versions 1.2 and 1.3 with what Mozilla calls
 * "intermediate" suites, no renegotiation, no compression, no early data. A stream that was opened
 * plain becomes an encrypted one where it stands; from the end of the handshake on nobody who uses
 * it can tell. */

#pragma once

#include "net/io/buffer.h"
#include "net/io/stream.h"

/* Contexts */

/** PlTlsContext: certificates and rules; immutable, shared by threads, counted. */
typedef struct _PlTlsContext PlTlsContext;

/**
 * PlTlsCertificate:
 * @chain: PEM: the certificate, and behind it those that lead to an authority
 * @key: PEM: its private key, not encrypted
 * @staple: (nullable): what its authority says of it (OCSP, DER), for clients that ask (RFC 6066
 * §8)
 * @staple_until_s: when @staple is good no more, seconds since 1970; it is not shown from then on
 *
 * A certificate and who vouches for it.
 */
typedef struct
{
  GBytes *chain;
  GBytes *key;
  GBytes *staple;
  gint64 staple_until_s;
} PlTlsCertificate;

/**
 * pl_tls_context_new_server: (transfer full):
 * @certificates: at least one; the first that fits the name a client asks for is shown, the first
 * of all where none does
 * @protocols: %NULL-terminated names of ALPN (RFC 7301), the preferred first. A client that offers
 * others alone is refused, one that offers none is taken
 *
 * Tickets for resumption are good for all contexts of this process, so it does not matter which
 * worker, or which of several contexts one after another, a client comes back to.
 *
 * Returns: %NULL with @error (%G_IO_ERROR_INVALID_ARGUMENT, for people) when a certificate or key
 *   cannot be used
 */
PlTlsContext *pl_tls_context_new_server (const PlTlsCertificate *certificates,
                                         guint n_certificates,
                                         const char *const *protocols,
                                         GError **error);

/** PL_TLS_CHALLENGE_PROTOCOL: what an authority's client offers by ALPN, alone, that asks who is in
 * charge of a name (RFC 8737 §4). */
#define PL_TLS_CHALLENGE_PROTOCOL "acme-tls/1"

/**
 * pl_tls_context_add_challenge:
 * @context: one of servers, not in use yet
 * @name: whom the client asks for
 *
 * Who asks for @name and offers %PL_TLS_CHALLENGE_PROTOCOL alone is shown @certificate, and the
 * handshake agrees on that protocol, which has nothing to say. Nobody else ever sees it.
 *
 * Returns: as pl_tls_context_new_server()
 */
gboolean pl_tls_context_add_challenge (PlTlsContext *context,
                                       const char *name,
                                       const PlTlsCertificate *certificate,
                                       GError **error);

/**
 * pl_tls_context_new_client: (transfer full):
 * @verifies: whether a server has to show a certificate that fits its name and is vouched for
 * @authorities: (nullable): PEM: by one of these alone; %NULL: by one of the system's
 *
 * Returns: %NULL with @error (%G_IO_ERROR_INVALID_ARGUMENT, for people) when there is no
 *   certificate in @authorities
 */
PlTlsContext *pl_tls_context_new_client (gboolean verifies, GBytes *authorities, GError **error);

/** pl_tls_context_shows_same: whether clients are shown the same certificates by both, each
 * nullable: %NULL shows none. */
gboolean pl_tls_context_shows_same (const PlTlsContext *a, const PlTlsContext *b);

PlTlsContext *pl_tls_context_ref (PlTlsContext *context);
void pl_tls_context_unref (PlTlsContext *context);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlTlsContext, pl_tls_context_unref)

/* Streams */

/**
 * PlTlsFailure: why a handshake came to nothing.
 * @PL_TLS_FAILURE_NONE: it did not
 * @PL_TLS_FAILURE_CLOSED: the peer went away
 * @PL_TLS_FAILURE_UNTRUSTED: the client does not trust the server's certificate
 * @PL_TLS_FAILURE_EXPIRED: the client takes the server's certificate for expired, or not valid yet
 * @PL_TLS_FAILURE_NAME: the server's certificate is for other names (which clients seldom say)
 * @PL_TLS_FAILURE_TOO_OLD: there is no version or suite that both speak
 * @PL_TLS_FAILURE_PROTOCOL: the peer wants to speak what we do not
 * @PL_TLS_FAILURE_OTHER: what was said is no handshake, or the peer does not say what it minds
 */
typedef enum
{
  PL_TLS_FAILURE_NONE,
  PL_TLS_FAILURE_CLOSED,
  PL_TLS_FAILURE_UNTRUSTED,
  PL_TLS_FAILURE_EXPIRED,
  PL_TLS_FAILURE_NAME,
  PL_TLS_FAILURE_TOO_OLD,
  PL_TLS_FAILURE_PROTOCOL,
  PL_TLS_FAILURE_OTHER,
} PlTlsFailure;

/**
 * PlTlsFacts:
 * @version: `TLSv1.3`
 * @cipher: as in the registry of IANA: `TLS_AES_128_GCM_SHA256`
 * @protocol: what ALPN agreed on; empty: nothing
 * @is_resumed: the client came back with a ticket
 *
 * What a handshake agreed on. The strings live as long as the process.
 */
typedef struct
{
  const char *version;
  const char *cipher;
  const char *protocol;
  gboolean is_resumed;
} PlTlsFacts;

/**
 * pl_tls_begin_server:
 * @stream: open and plain
 * @context: a reference is taken
 * @buffers: borrowed until @stream is closed
 * @received: (transfer full) (nullable): octets that were read of it already
 *
 * The peer begins a handshake. Nothing is sent or received yet; see pl_tls_handshake().
 */
void pl_tls_begin_server (PlStream *stream,
                          PlTlsContext *context,
                          PlBufferPool *buffers,
                          PlBuffer *received);

/**
 * pl_tls_begin_client:
 * @host: the name or literal address of the server, for SNI and for verification
 *
 * As pl_tls_begin_server(), but it is we who begin; @context is one of clients.
 */
void pl_tls_begin_client (PlStream *stream,
                          PlTlsContext *context,
                          PlBufferPool *buffers,
                          const char *host);

/**
 * pl_tls_handshake:
 *
 * Goes on with the handshake as far as it can without waiting.
 *
 * Returns: %PL_IO_DONE when octets may be sent and received; %PL_IO_BLOCKED: wait for what
 * pl_tls_get_wants() says; %PL_IO_BROKEN: it failed, see pl_tls_get_failure(), and what the peer is
 * to know of that was sent
 */
PlIo pl_tls_handshake (PlStream *stream);

/** pl_tls_get_wants: what a handshake that is blocked waits for. */
PlReady pl_tls_get_wants (const PlStream *stream);

/** pl_tls_get_failure: why the handshake of @stream failed. */
PlTlsFailure pl_tls_get_failure (const PlStream *stream);

/** pl_tls_get_facts: (transfer none) (nullable): %NULL for a stream that is plain; empty until the
 * handshake is done. Good until the stream is closed. */
const PlTlsFacts *pl_tls_get_facts (const PlStream *stream);
