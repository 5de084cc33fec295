/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/tls_*.c: what is shown in a handshake, and to whom; and who cannot agree is told why. */

#include <string.h>

#include "net/io/tls_openssl.h"
#include "tests/unit/io/tls_pair.h"

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
    g_assert_cmpint (pair_receive_one (pair, &pair->server), ==, PL_IO_BROKEN);
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
  pair_use (&pair, pl_tls_context_new_server (old, 1, pair_protocols, NULL),
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
      pair_use (&pair, pl_tls_context_new_server (both, 2, pair_protocols, NULL),
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
  PlTlsContext *server = pl_tls_context_new_server (both, 2, pair_protocols, NULL);
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

/* What is agreed on with a client that would have @offered, the preferred first. */
static void
assert_suite (Fixture *fixture, const char *offered, const char *agreed)
{
  PlIo of_server, of_client;
  Pair pair;

  pair_connect (&pair, fixture);
  SSL_CTX_set_ciphersuites (pair.client_context->contexts->pdata[0], offered);
  pair_shake_hands (&pair, "localhost", &of_server, &of_client);
  g_assert_cmpint (of_server, ==, PL_IO_DONE);
  g_assert_cmpstr (pl_tls_get_facts (&pair.server.stream)->cipher, ==, agreed);
  pair_close (&pair);
}

static void
test_suites_in_our_order (Fixture *fixture, gconstpointer platform)
{
  assert_suite (fixture,
                "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256",
                "TLS_AES_128_GCM_SHA256");
  assert_suite (fixture, "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256",
                "TLS_CHACHA20_POLY1305_SHA256");
  assert_suite (fixture, "TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384");
}

/* What a client is shown that asks what the authority says. */
static void
assert_stapled (Fixture *fixture, gint64 until_s, const char *expected)
{
  g_autoptr (PlTlsCertificate) usual = certificate_make ("DNS:localhost", -60, 3600);
  g_autoptr (GBytes) response = g_bytes_new_static ("all is well", 11);
  PlTlsCertificate stapled = { usual->chain, usual->key, response, until_s };
  PlTlsContext *client = pl_tls_context_new_client (TRUE, usual->chain, NULL);
  PlIo of_server, of_client;
  const guchar *shown;
  long length;
  Pair pair;

  SSL_CTX_set_tlsext_status_type (client->contexts->pdata[0], TLSEXT_STATUSTYPE_ocsp);
  pair_connect (&pair, fixture);
  pair_use (&pair, pl_tls_context_new_server (&stapled, 1, pair_protocols, NULL), client);
  pair_shake_hands (&pair, "localhost", &of_server, &of_client);
  g_assert_cmpint (of_client, ==, PL_IO_DONE);
  length = SSL_get_tlsext_status_ocsp_resp (pair.client.stream.tls->ssl, &shown);
  if (expected != NULL)
    g_assert_cmpmem (shown, length, expected, strlen (expected));
  else
    g_assert_cmpint (length, ==, -1);
  pair_close (&pair);
}

static void
test_staple_is_shown_while_it_is_good (Fixture *fixture, gconstpointer platform)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  assert_stapled (fixture, now_s + 60, "all is well");
  assert_stapled (fixture, now_s, NULL);
}

static void
assert_unusable (GBytes *chain, GBytes *key)
{
  g_autoptr (GError) error = NULL;
  const PlTlsCertificate certificate = { chain, key };

  g_assert_null (pl_tls_context_new_server (&certificate, 1, pair_protocols, &error));
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

static const FixtureTest tests[] = {
  { "untrusted", test_untrusted },
  { "expired", test_expired },
  { "unverified", test_unverified },
  { "no-handshake", test_no_handshake },
  { "certificate-is-chosen-by-name", test_certificate_is_chosen_by_name },
  { "challenge", test_challenge },
  { "suites-in-our-order", test_suites_in_our_order },
  { "staple-is-shown-while-it-is-good", test_staple_is_shown_while_it_is_good },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    fixture_add_test ("tls-handshake", tests[i].name, tests[i].func);
  g_test_add_func ("/io/tls-handshake/unusable", test_unusable);
  return g_test_run ();
}
