/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The stream that is TLS over a socket.
 *
 * Readiness stays the socket's, so whoever waits need not know: while OpenSSL has octets that were
 * received and not handed out, the socket counts as readable.
 *
 * What is sent is encrypted at once, as far as a buffer goes, and leaves in one call. Where the
 * socket takes a part only, nothing is reported as sent: the caller waits for room and comes with
 * the same octets again, and those that are encrypted already are passed over. So "sent" means what
 * it means on a plain socket, and nothing has to be flushed behind anybody's back. */

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "net/io/tls_openssl.h"

/* A segment's worth with what TLS adds: it can be read as soon as its segment is there. So the
 * first octets that a system sends before it is acknowledged any (RFC 6928) go: after silence too,
 * when it begins so anew. From then on records are as large as they may be, since each costs. */
#define SMALL_RECORD_BYTES 1369
#define SMALL_BYTES        (10 * SMALL_RECORD_BYTES)
#define SILENCE_US         (G_USEC_PER_SEC / 2)

/* What is sent at once: whole records that fit into a buffer of the largest size. */
#define MOST_BYTES (8 * SSL3_RT_MAX_PLAIN_LENGTH)

/* What a record takes beyond its octets, at most (RFC 5246 §6.2.3 allows more, no suite of ours
 * needs it). */
#define RECORD_EXTRA_BYTES 64

/* Sending */

static PlIo
flush (PlTls *tls, gboolean more)
{
  PlSocket *socket = &tls->stream->socket;
  GOutputVector vector;
  gsize sent;
  PlIo io;

  if (tls->output == NULL)
    return PL_IO_DONE;
  if (!pl_socket_has (socket, PL_READY_WRITE))
    return PL_IO_BLOCKED;
  vector = (GOutputVector){ pl_buffer_get_data (tls->output), pl_buffer_get_length (tls->output) };
  io = socket->reactor->platform->send (socket, &vector, 1, more, &sent);
  if (io != PL_IO_DONE)
    return io;
  pl_buffer_consume (tls->output, sent);
  if (pl_buffer_get_length (tls->output) > 0)
    return PL_IO_BLOCKED;
  pl_buffer_give (tls->buffers, &tls->output);
  return PL_IO_DONE;
}

/* Sends what OpenSSL wanted to say beside what it was asked for, and our end if that stands behind
 * it. What cannot leave now leaves with what is sent next. */
static void
flush_aside (PlTls *tls)
{
  if (flush (tls, FALSE) != PL_IO_DONE || !tls->shut)
    return;
  tls->shut = FALSE;
  tls->stream->socket.reactor->platform->shut_write (&tls->stream->socket);
}

/* Where the caller's octets stand: @vectors from octet @skipped of the first on. */
typedef struct
{
  const GOutputVector *vectors;
  guint n_vectors;
  gsize skipped;
} Source;

static void
pass_empty (Source *source)
{
  while (source->n_vectors > 0 && source->skipped == source->vectors->size)
    {
      source->vectors++;
      source->n_vectors--;
      source->skipped = 0;
    }
}

/* Copies up to @length octets over the borders of vectors. Returns how many there were. */
static gsize
gather (Source *source, char *bytes, gsize length)
{
  gsize total = 0;

  for (pass_empty (source); source->n_vectors > 0 && total < length; pass_empty (source))
    {
      gsize part = MIN (length - total, source->vectors->size - source->skipped);

      memcpy (bytes + total, (const char *) source->vectors->buffer + source->skipped, part);
      source->skipped += part;
      total += part;
    }
  return total;
}

/* The octets of a record: where they lie, if one vector has all of them, else gathered at @bytes.
 */
static PlSlice
take_octets (Source *source, char *bytes, gsize length)
{
  PlSlice octets;

  pass_empty (source);
  if (source->n_vectors == 0)
    return pl_slice (bytes, 0);
  if (source->n_vectors > 1 && source->vectors->size - source->skipped < length)
    return pl_slice (bytes, gather (source, bytes, length));
  octets = pl_slice ((const char *) source->vectors->buffer + source->skipped,
                     MIN (length, source->vectors->size - source->skipped));
  source->skipped += octets.length;
  return octets;
}

static gsize
choose_record_bytes (const PlTls *tls, gsize left)
{
  return MIN (left, tls->small_bytes > 0 ? SMALL_RECORD_BYTES : SSL3_RT_MAX_PLAIN_LENGTH);
}

static void
note_sending (PlTls *tls)
{
  gint64 now_us = tls->stream->socket.reactor->now_us;

  if (now_us - tls->last_sent_us > SILENCE_US)
    tls->small_bytes = SMALL_BYTES;
  tls->last_sent_us = now_us;
}

static gboolean
has_room (const PlTls *tls, gsize record_bytes)
{
  return pl_buffer_get_room (tls->output) >= record_bytes + RECORD_EXTRA_BYTES;
}

/* Encrypts what fits into a buffer. Returns: whether all is well with the connection. */
static gboolean
encrypt (PlTls *tls, Source *source, gsize total)
{
  char bytes[SSL3_RT_MAX_PLAIN_LENGTH];
  gsize written;

  note_sending (tls);
  tls->output = pl_buffer_take (tls->buffers, total + RECORD_EXTRA_BYTES * (total / 1024 + 1)
                                                      > SSL3_RT_MAX_PLAIN_LENGTH
                                                  ? PL_BUFFER_BULK
                                                  : PL_BUFFER_MESSAGE);
  while (tls->owed < total && has_room (tls, choose_record_bytes (tls, total - tls->owed)))
    {
      PlSlice octets = take_octets (source, bytes, choose_record_bytes (tls, total - tls->owed));

      if (SSL_write_ex (tls->ssl, octets.bytes, octets.length, &written) <= 0)
        return FALSE;
      tls->owed += octets.length;
      tls->small_bytes -= MIN (tls->small_bytes, octets.length);
    }
  return TRUE;
}

/* What was encrypted has left: so many octets of the caller are sent. */
static PlIo
report (PlTls *tls, gsize *sent)
{
  *sent = tls->owed;
  tls->owed = 0;
  return PL_IO_DONE;
}

static PlIo
tls_send (PlStream *stream,
          const GOutputVector *vectors,
          guint n_vectors,
          gboolean more,
          gsize *sent)
{
  PlTls *tls = stream->tls;
  Source source = { vectors, n_vectors, 0 };
  gsize total = pl_platform_get_total_size (vectors, n_vectors);
  PlIo io = pl_socket_has (&stream->socket, PL_READY_WRITE) ? flush (tls, more) : PL_IO_BLOCKED;

  if (io != PL_IO_DONE)
    return io;
  if (tls->owed > 0)
    return report (tls, sent);
  ERR_clear_error ();
  if (!encrypt (tls, &source, total))
    return PL_IO_BROKEN;
  if (more && tls->owed == total)
    return report (tls, sent); /* and leaves with what follows, or with our end */
  io = flush (tls, tls->owed < total);
  return io == PL_IO_DONE ? report (tls, sent) : io;
}

/* Receiving */

static PlIo
find_end (PlTls *tls, int result)
{
  int error = SSL_get_error (tls->ssl, result);

  ERR_clear_error ();
  if (error == SSL_ERROR_WANT_READ)
    return PL_IO_BLOCKED;
  return error == SSL_ERROR_ZERO_RETURN ? PL_IO_END : PL_IO_BROKEN;
}

/* Records that are whole are decrypted until there is no room, or none is left: one receive of the
 * socket may bring many. */
static void
decrypt (PlTls *tls, char *bytes, gsize capacity, gsize *received)
{
  gsize length;
  int result = 1;

  ERR_clear_error ();
  while (*received < capacity
         && (result = SSL_read_ex (tls->ssl, bytes + *received, capacity - *received, &length)) > 0)
    *received += length;
  tls->fate = result > 0 ? PL_IO_DONE : find_end (tls, result);
}

/* Received and not given to the caller. */
static gboolean
has_more (const PlTls *tls)
{
  return tls->received != NULL || SSL_has_pending (tls->ssl);
}

/* The peer has said its end, though perhaps not by TCP yet. A platform that watches for what is
 * wanted alone is to go on watching for a reset. */
static void
note_end (PlSocket *socket)
{
  if (!socket->tells_wants || pl_socket_has (socket, PL_READY_END))
    return;
  socket->ready |= PL_READY_END;
  socket->reactor->platform->want (socket);
}

static PlIo
tls_receive (PlStream *stream, char *bytes, gsize capacity, gsize *received)
{
  PlTls *tls = stream->tls;

  *received = 0;
  if (!pl_socket_has (&stream->socket, PL_READY_READ))
    return PL_IO_BLOCKED;
  if (tls->fate == PL_IO_DONE)
    decrypt (tls, bytes, capacity, received);
  if (tls->output != NULL)
    flush_aside (tls);
  if (tls->fate == PL_IO_BLOCKED)
    {
      tls->fate = PL_IO_DONE;
      return *received > 0 ? PL_IO_DONE : PL_IO_BLOCKED;
    }
  /* What is still here, or an end that is known, is to be come back for. */
  if (tls->fate != PL_IO_DONE || has_more (tls))
    stream->socket.ready |= PL_READY_READ;
  if (tls->fate == PL_IO_END)
    note_end (&stream->socket);
  return *received > 0 ? PL_IO_DONE : tls->fate;
}

/* The end */

static void
say_end (PlTls *tls)
{
  if (!tls->is_ready || tls->fate == PL_IO_BROKEN
      || (SSL_get_shutdown (tls->ssl) & SSL_SENT_SHUTDOWN) != 0)
    return;
  ERR_clear_error ();
  (void) SSL_shutdown (tls->ssl);
}

static void
tls_shut_write (PlStream *stream)
{
  PlTls *tls = stream->tls;

  say_end (tls);
  tls->shut = TRUE;
  flush_aside (tls);
}

static void
tls_close (PlStream *stream, gboolean abort)
{
  PlTls *tls = g_steal_pointer (&stream->tls);

  if (!abort)
    {
      say_end (tls);
      (void) flush (tls, FALSE);
    }
  SSL_free (tls->ssl);
  ERR_clear_error ();
  pl_tls_context_unref (tls->context);
  pl_buffer_give (tls->buffers, &tls->received);
  pl_buffer_give (tls->buffers, &tls->output);
  g_free (tls);
  pl_socket_close (&stream->socket, abort);
}

static void
tls_moved (PlStream *stream)
{
  stream->tls->stream = stream;
}

static const PlStreamFuncs tls_funcs = {
  .receive = tls_receive,
  .send = tls_send,
  .shut_write = tls_shut_write,
  .close = tls_close,
  .moved = tls_moved,
  .most_bytes = MOST_BYTES,
};

/* The begin */

static PlTls *
begin (PlStream *stream, PlTlsContext *context, PlBufferPool *buffers)
{
  PlTls *tls = g_new0 (PlTls, 1);
  BIO *bio;

  tls->stream = stream;
  tls->context = pl_tls_context_ref (context);
  tls->buffers = buffers;
  tls->ssl = SSL_new (context->contexts->pdata[0]);
  bio = pl_tls_bio_new (tls);
  SSL_set_bio (tls->ssl, bio, bio);
  stream->tls = tls;
  stream->funcs = &tls_funcs;
  return tls;
}

void
pl_tls_begin_server (PlStream *stream,
                     PlTlsContext *context,
                     PlBufferPool *buffers,
                     PlBuffer *received)
{
  PlTls *tls = begin (stream, context, buffers);

  tls->received = received;
  SSL_set_accept_state (tls->ssl);
}

/* SNI is for names alone (RFC 6066 §3). */
void
pl_tls_begin_client (PlStream *stream,
                     PlTlsContext *context,
                     PlBufferPool *buffers,
                     const char *host)
{
  PlTls *tls = begin (stream, context, buffers);

  if (X509_VERIFY_PARAM_set1_ip_asc (SSL_get0_param (tls->ssl), host) <= 0)
    {
      SSL_set1_host (tls->ssl, host);
      SSL_set_tlsext_host_name (tls->ssl, host);
    }
  SSL_set_connect_state (tls->ssl);
}

static const char *
intern_protocol (SSL *ssl)
{
  const guchar *name;
  guint length;
  g_autofree char *text = NULL;

  SSL_get0_alpn_selected (ssl, &name, &length);
  if (length == 0)
    return "";
  text = g_strndup ((const char *) name, length);
  return g_intern_string (text);
}

static void
finish_handshake (PlTls *tls)
{
  tls->is_ready = TRUE;
  tls->facts.version = SSL_get_version (tls->ssl);
  tls->facts.cipher = SSL_CIPHER_standard_name (SSL_get_current_cipher (tls->ssl));
  tls->facts.protocol = intern_protocol (tls->ssl);
  tls->facts.is_resumed = SSL_session_reused (tls->ssl) != 0;
  if (has_more (tls))
    tls->stream->socket.ready |= PL_READY_READ;
}

PlIo
pl_tls_handshake (PlStream *stream)
{
  PlTls *tls = stream->tls;
  int result;

  ERR_clear_error ();
  result = SSL_do_handshake (tls->ssl);
  if (result > 0)
    finish_handshake (tls);
  else if (SSL_get_error (tls->ssl, result) != SSL_ERROR_WANT_READ)
    {
      tls->failure = pl_tls_find_failure (tls->ssl);
      tls->fate = PL_IO_BROKEN;
    }
  flush_aside (tls);
  if (result > 0)
    return PL_IO_DONE;
  return tls->failure != PL_TLS_FAILURE_NONE ? PL_IO_BROKEN : PL_IO_BLOCKED;
}

PlReady
pl_tls_get_wants (const PlStream *stream)
{
  return PL_READY_READ | (stream->tls->output != NULL ? PL_READY_WRITE : 0);
}

PlTlsFailure
pl_tls_get_failure (const PlStream *stream)
{
  return stream->tls->failure;
}

const PlTlsFacts *
pl_tls_get_facts (const PlStream *stream)
{
  return stream->tls != NULL ? &stream->tls->facts : NULL;
}
