/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where OpenSSL's octets come from and go to: in through the platform's receive, so that every
 * reactor has it; out into a buffer, so that several records, or all messages of a flight, leave
 * in one send.
 *
 * What came is kept here and handed over record by record. OpenSSL could read ahead by itself, but
 * moves all that is left in its buffer to the front for each record it takes out: of an upload that
 * was more copying than all else. */

#include <string.h>

#include "net/io/tls_openssl.h"

/* Takes all of it, or nothing when there is no larger buffer: a peer that makes us answer and does
 * not read is given up. */
static int
bio_write (BIO *bio, const char *bytes, size_t length, size_t *written)
{
  PlTls *tls = BIO_get_data (bio);

  if (tls->output == NULL)
    tls->output = pl_buffer_take (tls->buffers, PL_BUFFER_HEAD);
  while (pl_buffer_get_room (tls->output) < length)
    if (!pl_buffer_grow (tls->buffers, &tls->output))
      return 0;
  memcpy (tls->output->bytes + tls->output->end, bytes, length);
  tls->output->end += length;
  *written = length;
  return 1;
}

static gsize
take_received (PlTls *tls, char *bytes, gsize capacity)
{
  gsize length = MIN (capacity, pl_buffer_get_length (tls->received));

  memcpy (bytes, pl_buffer_get_data (tls->received), length);
  pl_buffer_consume (tls->received, length);
  if (pl_buffer_get_length (tls->received) == 0)
    pl_buffer_give (tls->buffers, &tls->received);
  return length;
}

/* A peer that has sent much at once is likely to go on. */
static PlIo
receive (PlTls *tls)
{
  PlSocket *socket = &tls->stream->socket;
  gsize received = 0;
  PlIo io;

  if (!pl_socket_has (socket, PL_READY_READ))
    return PL_IO_BLOCKED;
  tls->received
      = pl_buffer_take (tls->buffers, tls->receives_much ? PL_BUFFER_BULK : PL_BUFFER_MESSAGE);
  io = socket->reactor->platform->receive (socket, tls->received->bytes,
                                           pl_buffer_get_room (tls->received), &received);
  tls->receives_much = received > SSL3_RT_MAX_PLAIN_LENGTH;
  tls->received->end = received;
  if (io != PL_IO_DONE)
    pl_buffer_give (tls->buffers, &tls->received);
  return io;
}

static int
bio_read (BIO *bio, char *bytes, size_t capacity, size_t *received)
{
  PlTls *tls = BIO_get_data (bio);

  BIO_clear_retry_flags (bio);
  switch (tls->received != NULL ? PL_IO_DONE : receive (tls))
    {
    case PL_IO_DONE:
      *received = take_received (tls, bytes, capacity);
      return 1;
    case PL_IO_BLOCKED:
      BIO_set_retry_read (bio);
      return 0;
    case PL_IO_END:
      BIO_set_flags (bio, BIO_FLAGS_IN_EOF);
      return 0;
    case PL_IO_BROKEN:
      return 0;
    }
  g_return_val_if_reached (0);
}

static long
bio_control (BIO *bio, int command, long number, void *pointer)
{
  switch (command)
    {
    case BIO_CTRL_FLUSH: /* is done when a flight is whole */
      return 1;
    case BIO_CTRL_EOF:
      return BIO_test_flags (bio, BIO_FLAGS_IN_EOF) != 0;
    default: /* a list of OpenSSL's that is not closed */
      return 0;
    }
}

static BIO_METHOD *
make_method (void)
{
  BIO_METHOD *made = BIO_meth_new (BIO_get_new_index () | BIO_TYPE_SOURCE_SINK, "porchlight");

  BIO_meth_set_write_ex (made, bio_write);
  BIO_meth_set_read_ex (made, bio_read);
  BIO_meth_set_ctrl (made, bio_control);
  return made;
}

BIO *
pl_tls_bio_new (PlTls *tls)
{
  static gsize method = 0;
  BIO *bio;

  if (g_once_init_enter (&method))
    g_once_init_leave (&method, (gsize) make_method ());
  bio = BIO_new ((BIO_METHOD *) method);
  BIO_set_data (bio, tls);
  BIO_set_init (bio, 1);
  return bio;
}
