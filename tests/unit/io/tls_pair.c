/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/io/tls_pair.h"

const char *const pair_protocols[] = { "h2", "http/1.1", NULL };

void
pair_connect (Pair *pair, Fixture *fixture)
{
  g_autoptr (GBytes) authority = NULL;

  *pair = (Pair){ .fixture = fixture };
  pair->server_context = certificate_new_context (pair_protocols, &authority);
  pair->client_context = pl_tls_context_new_client (TRUE, authority, NULL);
  fixture_connect (fixture, &pair->client, &pair->server);
}

void
pair_use (Pair *pair, PlTlsContext *server_context, PlTlsContext *client_context)
{
  g_clear_pointer (&pair->server_context, pl_tls_context_unref);
  g_clear_pointer (&pair->client_context, pl_tls_context_unref);
  pair->server_context = server_context;
  pair->client_context = client_context;
}

void
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

void
pair_open (Pair *pair, Fixture *fixture)
{
  PlIo of_server, of_client;

  pair_connect (pair, fixture);
  pair_shake_hands (pair, "localhost", &of_server, &of_client);
  g_assert_cmpint (of_server, ==, PL_IO_DONE);
  g_assert_cmpint (of_client, ==, PL_IO_DONE);
}

void
pair_close (Pair *pair)
{
  fixture_close (pair->fixture, &pair->client);
  fixture_close (pair->fixture, &pair->server);
  g_clear_pointer (&pair->server_context, pl_tls_context_unref);
  g_clear_pointer (&pair->client_context, pl_tls_context_unref);
  pl_buffer_pool_clear (&pair->buffers);
}

PlIo
pair_receive_one (Pair *pair, PeerEnd *end)
{
  char octet;
  gsize received;

  return fixture_receive (pair->fixture, end, &octet, 1, &received);
}
