/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/tls_stream.c: encrypted streams behave as plain ones do, on every platform. */

#include <string.h>

#include "net/io/tls_openssl.h"
#include "tests/unit/io/tls_pair.h"

static guint
count_buffers (const Pair *pair)
{
  guint n_buffers = 0;

  for (guint i = 0; i < PL_N_BUFFER_SIZES; i++)
    n_buffers += pair->buffers.n_free[i];
  return n_buffers;
}

static void
assert_receives (Pair *pair, PeerEnd *end, const char *text)
{
  gsize total = 0, received;
  g_autofree char *bytes = g_malloc (strlen (text));

  while (total < strlen (text))
    {
      g_assert_cmpint (
          fixture_receive (pair->fixture, end, bytes + total, strlen (text) - total, &received), ==,
          PL_IO_DONE);
      total += received;
    }
  g_assert_cmpmem (bytes, total, text, strlen (text));
}

static void
send_text (PeerEnd *end, const char *text)
{
  gsize sent;

  g_assert_cmpint (fixture_send (end, text, strlen (text), &sent), ==, PL_IO_DONE);
  g_assert_cmpuint (sent, ==, strlen (text));
}

static void
test_data_both_ways (Fixture *fixture, gconstpointer platform)
{
  Pair pair;
  const PlTlsFacts *facts;
  const GOutputVector vectors[] = { { "he", 2 }, { "", 0 }, { "ad", 2 }, { " and body", 9 } };
  char bytes[64];
  gsize moved;

  pair_open (&pair, fixture);
  facts = pl_tls_get_facts (&pair.server.stream);
  g_assert_cmpstr (facts->version, ==, "TLSv1.3");
  g_assert_cmpstr (facts->cipher, ==, "TLS_AES_128_GCM_SHA256");
  g_assert_cmpstr (facts->protocol, ==, "");
  g_assert_false (facts->is_resumed);
  send_text (&pair.client, "question");
  assert_receives (&pair, &pair.server, "question");
  g_assert_cmpint (pl_stream_send (&pair.server.stream, vectors, 4, FALSE, &moved), ==, PL_IO_DONE);
  g_assert_cmpuint (moved, ==, 13);
  assert_receives (&pair, &pair.client, "head and body");
  g_assert_cmpint (pl_stream_receive (&pair.client.stream, bytes, sizeof bytes, &moved), ==,
                   PL_IO_BLOCKED);
  g_assert_false (pl_socket_has (&pair.client.stream.socket, PL_READY_READ));
  pair_close (&pair);
}

/* What was decrypted with what was asked for, or lies there whole, is not forgotten: nothing more
 * would come that could wake anybody. */
static void
test_octets_left_inside_keep_it_readable (Fixture *fixture, gconstpointer platform)
{
  Pair pair;
  char octet;
  gsize received;

  pair_open (&pair, fixture);
  send_text (&pair.client, "abc");
  send_text (&pair.client, "def");
  fixture_run_for (fixture, 30);
  for (const char *c = "abcdef"; *c != '\0'; c++)
    {
      g_assert_cmpint (fixture_receive (fixture, &pair.server, &octet, 1, &received), ==,
                       PL_IO_DONE);
      g_assert_cmpint (octet, ==, *c);
      g_assert_true (c[1] == '\0' || pl_socket_has (&pair.server.stream.socket, PL_READY_READ));
    }
  g_assert_cmpint (pl_stream_receive (&pair.server.stream, &octet, 1, &received), ==,
                   PL_IO_BLOCKED);
  pair_close (&pair);
}

static void
test_blocked_writes_resume (Fixture *fixture, gconstpointer platform)
{
  const gsize total = 24 * 1024 * 1024;
  g_autofree char *pattern = g_malloc (total);
  g_autofree char *bytes = g_malloc (100 * 1000);
  gsize n_sent = 0, n_received = 0, n_blocked = 0, moved;
  Pair pair;
  PlIo io;

  fixture_fill (pattern, total, 0);
  pair_open (&pair, fixture);
  pl_socket_want (&pair.client.stream.socket, PL_READY_WRITE);
  pl_socket_want (&pair.server.stream.socket, PL_READY_READ);
  while (n_received < total)
    {
      io = PL_IO_DONE;
      while (n_sent < total
             && (io = fixture_send (&pair.client, pattern + n_sent, total - n_sent, &moved))
                    == PL_IO_DONE)
        n_sent += moved;
      if (io != PL_IO_DONE)
        {
          g_assert_cmpint (io, ==, PL_IO_BLOCKED);
          g_assert_false (pl_socket_has (&pair.client.stream.socket, PL_READY_WRITE));
          n_blocked++;
        }
      while ((io = pl_stream_receive (&pair.server.stream, bytes, 100 * 1000, &moved))
             == PL_IO_DONE)
        {
          fixture_assert_filled (bytes, moved, n_received);
          n_received += moved;
        }
      g_assert_cmpint (io, ==, PL_IO_BLOCKED);
      if (n_received < total)
        fixture_turn (fixture);
    }
  g_assert_cmpuint (n_blocked, >, 0);
  pair_close (&pair);
}

/* Sender and receiver move on from one another's steps, in pieces of all sizes. */
static void
test_pieces_of_all_sizes (Fixture *fixture, gconstpointer platform)
{
  const gsize total = 400 * 1000;
  g_autofree char *pattern = g_malloc (total);
  g_autofree char *bytes = g_malloc (total);
  gsize n_sent = 0, n_received = 0, moved;
  Pair pair;

  fixture_fill (pattern, total, 0);
  pair_open (&pair, fixture);
  while (n_received < total)
    {
      gsize piece = MIN (total - n_sent, 1 + (n_sent * 7) % 40000);
      GOutputVector vectors[] = { { pattern + n_sent, piece / 3 },
                                  { pattern + n_sent + piece / 3, piece - piece / 3 } };

      if (piece > 0
          && pl_stream_send (&pair.server.stream, vectors, 2, FALSE, &moved) == PL_IO_DONE)
        n_sent += moved;
      pl_socket_want (&pair.server.stream.socket, PL_READY_WRITE);
      pl_socket_want (&pair.client.stream.socket, PL_READY_READ);
      while (pl_stream_receive (&pair.client.stream, bytes, 1 + n_received % 17000, &moved)
             == PL_IO_DONE)
        {
          fixture_assert_filled (bytes, moved, n_received);
          n_received += moved;
        }
      if (n_received < total)
        fixture_turn (fixture);
    }
  pair_close (&pair);
}

static void
test_end_comes_after_the_data_and_stays (Fixture *fixture, gconstpointer platform)
{
  Pair pair;

  pair_open (&pair, fixture);
  send_text (&pair.client, "last words");
  pl_stream_shut_write (&pair.client.stream);
  fixture_run_for (fixture, 30);
  assert_receives (&pair, &pair.server, "last words");
  g_assert_cmpint (pair_receive_one (&pair, &pair.server), ==, PL_IO_END);
  g_assert_cmpint (pair_receive_one (&pair, &pair.server), ==, PL_IO_END);

  /* The other direction goes on. */
  send_text (&pair.server, "still here");
  assert_receives (&pair, &pair.client, "still here");
  pl_stream_close (&pair.server.stream, FALSE);
  g_assert_cmpint (pair_receive_one (&pair, &pair.client), ==, PL_IO_END);
  pair_close (&pair);
}

/* An end that nobody has signed for may be an attacker's, and the octets before it not all. */
static void
test_unannounced_end_is_no_end (Fixture *fixture, gconstpointer platform)
{
  Pair pair;

  pair_open (&pair, fixture);
  send_text (&pair.client, "half of it");
  fixture->platform->shut_write (&pair.client.stream.socket);
  assert_receives (&pair, &pair.server, "half of it");
  g_assert_cmpint (pair_receive_one (&pair, &pair.server), ==, PL_IO_BROKEN);
  g_assert_cmpint (pair_receive_one (&pair, &pair.server), ==, PL_IO_BROKEN);
  pair_close (&pair);
}

/* Who has said its end, and is waited for by nobody any more, may still go. */
static void
test_reset_behind_the_end_is_told (Fixture *fixture, gconstpointer platform)
{
  Pair pair;

  if (fixture_lacks_events (fixture))
    return;
  pair_open (&pair, fixture);
  pl_stream_shut_write (&pair.client.stream);
  g_assert_cmpint (pair_receive_one (&pair, &pair.server), ==, PL_IO_END);
  pl_socket_want (&pair.server.stream.socket, 0);
  pl_stream_close (&pair.client.stream, TRUE);
  FIXTURE_WAIT (fixture, pl_socket_has (&pair.server.stream.socket, PL_READY_BROKEN));
  pair_close (&pair);
}

static void
test_changed_octets_are_no_data (Fixture *fixture, gconstpointer platform)
{
  static const char forged[] = "\x17\x03\x03\x00\x14"
                               "forged octets here!!";
  const GOutputVector vector = { forged, 25 };
  gsize sent;
  Pair pair;

  pair_open (&pair, fixture);
  g_assert_cmpint (fixture->platform->send (&pair.client.stream.socket, &vector, 1, FALSE, &sent),
                   ==, PL_IO_DONE);
  g_assert_cmpint (pair_receive_one (&pair, &pair.server), ==, PL_IO_BROKEN);
  pair_close (&pair);
}

static void
test_idle_holds_no_buffer (Fixture *fixture, gconstpointer platform)
{
  guint n_buffers;
  Pair pair;

  pair_open (&pair, fixture);
  n_buffers = count_buffers (&pair);
  g_assert_cmpuint (n_buffers, >, 0); /* what handshakes took came back */
  send_text (&pair.client, "question");
  assert_receives (&pair, &pair.server, "question");
  g_assert_cmpuint (count_buffers (&pair), >=, n_buffers);
  g_assert_null (pair.buffers.free[PL_BUFFER_BULK]); /* and little takes no large one */
  pair_close (&pair);
}

static void
test_moved (Fixture *fixture, gconstpointer platform)
{
  PeerEnd third = { 0 };
  Pair pair;

  pair_open (&pair, fixture);
  third.task.run = pair.server.task.run;
  g_assert_true (pl_stream_move (&pair.server.stream, &third.stream, &third.task));
  send_text (&pair.client, "to whom it may concern");
  assert_receives (&pair, &third, "to whom it may concern");
  send_text (&third, "yes");
  assert_receives (&pair, &pair.client, "yes");
  fixture_close (fixture, &third);
  pair_close (&pair);
}

/* The first octets were read before anybody knew that they are TLS. */
static void
test_begun_plain (Fixture *fixture, gconstpointer platform)
{
  PlIo of_server = PL_IO_BLOCKED, of_client = PL_IO_BLOCKED;
  PlBuffer *received;
  gsize n_received;
  Pair pair;

  pair_connect (&pair, fixture);
  pl_tls_begin_client (&pair.client.stream, pair.client_context, &pair.buffers, "localhost");
  g_assert_cmpint (pl_tls_handshake (&pair.client.stream), ==, PL_IO_BLOCKED);
  received = pl_buffer_take (&pair.buffers, PL_BUFFER_HEAD);
  g_assert_cmpint (fixture_receive (fixture, &pair.server, received->bytes, 5, &n_received), ==,
                   PL_IO_DONE);
  received->end = n_received;
  pl_tls_begin_server (&pair.server.stream, pair.server_context, &pair.buffers, received);
  while (of_server == PL_IO_BLOCKED || of_client == PL_IO_BLOCKED)
    {
      of_client = pl_tls_handshake (&pair.client.stream);
      of_server = pl_tls_handshake (&pair.server.stream);
      pl_socket_want (&pair.server.stream.socket, PL_READY_READ);
      pl_socket_want (&pair.client.stream.socket, PL_READY_READ);
      if (of_server == PL_IO_BLOCKED || of_client == PL_IO_BLOCKED)
        fixture_turn (fixture);
    }
  g_assert_cmpint (of_server, ==, PL_IO_DONE);
  g_assert_cmpint (of_client, ==, PL_IO_DONE);
  pair_close (&pair);
}

static const FixtureTest tests[] = {
  { "data-both-ways", test_data_both_ways },
  { "octets-left-inside-keep-it-readable", test_octets_left_inside_keep_it_readable },
  { "blocked-writes-resume", test_blocked_writes_resume },
  { "pieces-of-all-sizes", test_pieces_of_all_sizes },
  { "end-comes-after-the-data-and-stays", test_end_comes_after_the_data_and_stays },
  { "unannounced-end-is-no-end", test_unannounced_end_is_no_end },
  { "reset-behind-the-end-is-told", test_reset_behind_the_end_is_told },
  { "changed-octets-are-no-data", test_changed_octets_are_no_data },
  { "idle-holds-no-buffer", test_idle_holds_no_buffer },
  { "moved", test_moved },
  { "begun-plain", test_begun_plain },
};

int
main (int argc, char *argv[])
{
  return fixture_run_tests (argc, argv, "tls", tests, G_N_ELEMENTS (tests));
}
