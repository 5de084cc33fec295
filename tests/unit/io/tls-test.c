/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/tls_*.c: encrypted streams behave as plain ones do, on every platform; and who cannot
 * agree is told why. */

#include <string.h>

#include "net/io/tls_openssl.h"
#include "tests/unit/io/certificate.h"
#include "tests/unit/io/fixture.h"

static const char *const protocols[] = { "h2", "http/1.1", NULL };

/* Two ends of an encrypted connection, and the pool of both. */
typedef struct
{
  Fixture *fixture;
  PlBufferPool buffers;
  PlTlsContext *server_context;
  PlTlsContext *client_context;
  PeerEnd server;
  PeerEnd client;
} Pair;

static void
pair_connect (Pair *pair, Fixture *fixture)
{
  g_autoptr (GBytes) authority = NULL;

  *pair = (Pair){ .fixture = fixture };
  pair->server_context = certificate_new_context (protocols, &authority);
  pair->client_context = pl_tls_context_new_client (TRUE, authority, NULL);
  fixture_connect (fixture, &pair->client, &pair->server);
}

static void
pair_use (Pair *pair, PlTlsContext *server_context, PlTlsContext *client_context)
{
  g_clear_pointer (&pair->server_context, pl_tls_context_unref);
  g_clear_pointer (&pair->client_context, pl_tls_context_unref);
  pair->server_context = server_context;
  pair->client_context = client_context;
}

/* Both sides until each has an answer. */
static void
pair_shake_hands (Pair *pair, const char *host, PlIo *of_server, PlIo *of_client)
{
  pl_tls_begin_server (&pair->server.stream, pair->server_context, &pair->buffers, NULL);
  pl_tls_begin_client (&pair->client.stream, pair->client_context, &pair->buffers, host);
  *of_server = *of_client = PL_IO_BLOCKED;
  while (*of_server == PL_IO_BLOCKED || *of_client == PL_IO_BLOCKED)
    {
      if (*of_client == PL_IO_BLOCKED)
        *of_client = pl_tls_handshake (&pair->client.stream);
      if (*of_server == PL_IO_BLOCKED)
        *of_server = pl_tls_handshake (&pair->server.stream);
      pl_socket_want (&pair->server.stream.socket, pl_tls_get_wants (&pair->server.stream));
      pl_socket_want (&pair->client.stream.socket, pl_tls_get_wants (&pair->client.stream));
      if (*of_server == PL_IO_BLOCKED || *of_client == PL_IO_BLOCKED)
        fixture_turn (pair->fixture);
    }
}

static void
pair_open (Pair *pair, Fixture *fixture)
{
  PlIo of_server, of_client;

  pair_connect (pair, fixture);
  pair_shake_hands (pair, "localhost", &of_server, &of_client);
  g_assert_cmpint (of_server, ==, PL_IO_DONE);
  g_assert_cmpint (of_client, ==, PL_IO_DONE);
}

static guint
count_buffers (const Pair *pair)
{
  guint n_buffers = 0;

  for (guint i = 0; i < PL_N_BUFFER_SIZES; i++)
    n_buffers += pair->buffers.n_free[i];
  return n_buffers;
}

static void
pair_close (Pair *pair)
{
  fixture_close (pair->fixture, &pair->client);
  fixture_close (pair->fixture, &pair->server);
  g_clear_pointer (&pair->server_context, pl_tls_context_unref);
  g_clear_pointer (&pair->client_context, pl_tls_context_unref);
  pl_buffer_pool_clear (&pair->buffers);
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

static PlIo
receive_one (Pair *pair, PeerEnd *end)
{
  char octet;
  gsize received;

  return fixture_receive (pair->fixture, end, &octet, 1, &received);
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
  g_assert_cmpint (receive_one (&pair, &pair.server), ==, PL_IO_END);
  g_assert_cmpint (receive_one (&pair, &pair.server), ==, PL_IO_END);

  /* The other direction goes on. */
  send_text (&pair.server, "still here");
  assert_receives (&pair, &pair.client, "still here");
  pl_stream_close (&pair.server.stream, FALSE);
  g_assert_cmpint (receive_one (&pair, &pair.client), ==, PL_IO_END);
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
  g_assert_cmpint (receive_one (&pair, &pair.server), ==, PL_IO_BROKEN);
  g_assert_cmpint (receive_one (&pair, &pair.server), ==, PL_IO_BROKEN);
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
  g_assert_cmpint (receive_one (&pair, &pair.server), ==, PL_IO_BROKEN);
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

/* Failures */

static void
assert_fails (Pair *pair, const char *host, PlTlsFailure of_server, PlTlsFailure of_client)
{
  PlIo server, client;

  pair_shake_hands (pair, host, &server, &client);
  g_assert_cmpint (client, ==, PL_IO_BROKEN);
  g_assert_cmpint (pl_tls_get_failure (&pair->client.stream), ==, of_client);
  /* In TLS 1.3 a server is done before its client has looked at it (RFC 8446 §2). */
  if (server == PL_IO_DONE)
    g_assert_cmpint (receive_one (pair, &pair->server), ==, PL_IO_BROKEN);
  else
    g_assert_cmpint (pl_tls_get_failure (&pair->server.stream), ==, of_server);
  pair_close (pair);
}

static void
test_untrusted (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (PlTlsCertificate) stranger = certificate_make ("DNS:localhost", -60, 3600);
  Pair pair;

  pair_connect (&pair, fixture);
  pair_use (&pair, pl_tls_context_ref (pair.server_context),
            pl_tls_context_new_client (TRUE, stranger->chain, NULL));
  assert_fails (&pair, "localhost", PL_TLS_FAILURE_UNTRUSTED, PL_TLS_FAILURE_UNTRUSTED);

  pair_connect (&pair, fixture);
  assert_fails (&pair, "elsewhere.example", PL_TLS_FAILURE_UNTRUSTED, PL_TLS_FAILURE_NAME);
}

static void
test_expired (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (PlTlsCertificate) old = certificate_make ("DNS:localhost", -7200, -3600);
  Pair pair;

  pair_connect (&pair, fixture);
  pair_use (&pair, pl_tls_context_new_server (old, 1, protocols, NULL),
            pl_tls_context_new_client (TRUE, old->chain, NULL));
  assert_fails (&pair, "localhost", PL_TLS_FAILURE_EXPIRED, PL_TLS_FAILURE_EXPIRED);
}

static void
test_unverified (Fixture *fixture, gconstpointer platform)
{
  PlIo of_server, of_client;
  Pair pair;

  pair_connect (&pair, fixture);
  pair_use (&pair, pl_tls_context_ref (pair.server_context),
            pl_tls_context_new_client (FALSE, NULL, NULL));
  pair_shake_hands (&pair, "elsewhere.example", &of_server, &of_client);
  g_assert_cmpint (of_client, ==, PL_IO_DONE);
  pair_close (&pair);
}

static void
assert_refused (Fixture *fixture, const char *octets, gsize length, PlTlsFailure failure)
{
  const GOutputVector vector = { octets, length };
  gsize sent;
  PlIo io;
  Pair pair;

  pair_connect (&pair, fixture);
  if (length > 0)
    pl_stream_send (&pair.client.stream, &vector, 1, FALSE, &sent);
  pl_stream_shut_write (&pair.client.stream);
  pl_tls_begin_server (&pair.server.stream, pair.server_context, &pair.buffers, NULL);
  FIXTURE_WAIT (fixture, (pl_socket_want (&pair.server.stream.socket, PL_READY_READ),
                          io = pl_tls_handshake (&pair.server.stream))
                             != PL_IO_BLOCKED);
  g_assert_cmpint (io, ==, PL_IO_BROKEN);
  g_assert_cmpint (pl_tls_get_failure (&pair.server.stream), ==, failure);
  pair_close (&pair);
}

static void
test_no_handshake (Fixture *fixture, gconstpointer platform)
{
  /* A hello of TLS 1.0 with one suite of its time. */
  static const char old[] = "\x16\x03\x01\x00\x2d\x01\x00\x00\x29\x03\x01"
                            "0123456789abcdef0123456789abcdef"
                            "\x00\x00\x02\x00\x2f\x01\x00";

  assert_refused (fixture, "", 0, PL_TLS_FAILURE_CLOSED);
  assert_refused (fixture, "\x16\x03\x01\x00\x2d\x01", 6, PL_TLS_FAILURE_CLOSED);
  assert_refused (fixture, "\x16\x03\x01\x00\x04zzzz", 9, PL_TLS_FAILURE_OTHER);
  assert_refused (fixture, old, 5 + 0x2d, PL_TLS_FAILURE_TOO_OLD);
}

/* Contexts */

static void
test_certificate_is_chosen_by_name (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (PlTlsCertificate) one = certificate_make ("DNS:one.example", -60, 3600);
  g_autoptr (PlTlsCertificate) two
      = certificate_make ("DNS:*.two.example,DNS:three.example", -60, 3600);
  const PlTlsCertificate both[] = { *one, *two };
  const struct
  {
    const char *host;
    GBytes *authority;
  } cases[] = { { "one.example", one->chain },
                { "a.two.example", two->chain },
                { "THREE.example", two->chain } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlIo of_server, of_client;
      Pair pair;

      pair_connect (&pair, fixture);
      pair_use (&pair, pl_tls_context_new_server (both, 2, protocols, NULL),
                pl_tls_context_new_client (TRUE, cases[i].authority, NULL));
      pair_shake_hands (&pair, cases[i].host, &of_server, &of_client);
      g_assert_cmpint (of_client, ==, PL_IO_DONE);
      pair_close (&pair);
    }
}

/* Whom a client is shown that asks for @host by what @offered says (ALPN as on the wire). */
static void
assert_shown (Fixture *fixture,
              const char *host,
              const char *offered,
              const PlTlsCertificate *shown,
              const char *agreed)
{
  g_autoptr (PlTlsCertificate) usual = certificate_make ("DNS:photos.example", -60, 3600);
  g_autoptr (PlTlsCertificate) other = certificate_make ("DNS:other.example", -60, 3600);
  const PlTlsCertificate both[] = { *other, *usual };
  PlTlsContext *server = pl_tls_context_new_server (both, 2, protocols, NULL);
  PlTlsContext *client
      = pl_tls_context_new_client (TRUE, shown != NULL ? shown->chain : usual->chain, NULL);
  g_autoptr (PlTlsCertificate) challenge = certificate_make ("DNS:photos.example", -60, 3600);
  PlIo of_server, of_client;
  Pair pair;

  g_assert_true (pl_tls_context_add_challenge (server, "Photos.example",
                                               shown != NULL ? shown : challenge, NULL));
  SSL_CTX_set_alpn_protos (client->contexts->pdata[0], (const guchar *) offered,
                           (guint) strlen (offered));
  pair_connect (&pair, fixture);
  pair_use (&pair, server, client);
  pair_shake_hands (&pair, host, &of_server, &of_client);
  if (agreed != NULL)
    {
      g_assert_cmpint (of_client, ==, PL_IO_DONE);
      g_assert_cmpint (of_server, ==, PL_IO_DONE);
      g_assert_cmpstr (pl_tls_get_facts (&pair.server.stream)->protocol, ==, agreed);
    }
  else
    g_assert_cmpint (pl_tls_get_failure (&pair.server.stream), ==, PL_TLS_FAILURE_PROTOCOL);
  pair_close (&pair);
}

/* RFC 8737: an authority is shown what it asks for, and nobody else is. */
static void
test_challenge (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (PlTlsCertificate) challenge = certificate_make ("DNS:photos.example", -60, 3600);

  assert_shown (fixture, "photos.example",
                "\x0a"
                "acme-tls/1",
                challenge, "acme-tls/1");
  assert_shown (fixture, "PHOTOS.example",
                "\x0a"
                "acme-tls/1",
                challenge, "acme-tls/1");
  assert_shown (fixture, "photos.example", "\x02h2", NULL, "h2");
  assert_shown (fixture, "photos.example",
                "\x0a"
                "acme-tls/1"
                "\x02h2",
                NULL, "h2");
  assert_shown (fixture, "other.example",
                "\x0a"
                "acme-tls/1",
                NULL, NULL);
  assert_shown (fixture, "127.0.0.1",
                "\x0a"
                "acme-tls/1",
                NULL, NULL);
}

static void
assert_unusable (GBytes *chain, GBytes *key)
{
  g_autoptr (GError) error = NULL;
  const PlTlsCertificate certificate = { chain, key };

  g_assert_null (pl_tls_context_new_server (&certificate, 1, protocols, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_unusable (void)
{
  g_autoptr (PlTlsCertificate) one = certificate_make ("DNS:one.example", -60, 3600);
  g_autoptr (PlTlsCertificate) two = certificate_make ("DNS:two.example", -60, 3600);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GError) error = NULL;

  assert_unusable (one->chain, two->key);
  assert_unusable (one->key, one->key);
  assert_unusable (one->chain, one->chain);
  assert_unusable (nothing, one->key);
  assert_unusable (one->chain, nothing);
  g_assert_null (pl_tls_context_new_client (TRUE, one->key, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static const struct
{
  const char *name;
  FixtureFunc func;
} tests[] = {
  { "data-both-ways", test_data_both_ways },
  { "octets-left-inside-keep-it-readable", test_octets_left_inside_keep_it_readable },
  { "blocked-writes-resume", test_blocked_writes_resume },
  { "pieces-of-all-sizes", test_pieces_of_all_sizes },
  { "end-comes-after-the-data-and-stays", test_end_comes_after_the_data_and_stays },
  { "unannounced-end-is-no-end", test_unannounced_end_is_no_end },
  { "changed-octets-are-no-data", test_changed_octets_are_no_data },
  { "idle-holds-no-buffer", test_idle_holds_no_buffer },
  { "moved", test_moved },
  { "begun-plain", test_begun_plain },
  { "untrusted", test_untrusted },
  { "expired", test_expired },
  { "unverified", test_unverified },
  { "no-handshake", test_no_handshake },
  { "certificate-is-chosen-by-name", test_certificate_is_chosen_by_name },
  { "challenge", test_challenge },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    fixture_add_test ("tls", tests[i].name, tests[i].func);
  g_test_add_func ("/io/tls/unusable", test_unusable);
  return g_test_run ();
}
