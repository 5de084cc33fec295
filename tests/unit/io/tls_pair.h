/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two ends of an encrypted connection, for tests. */

#pragma once

#include "net/io/tls.h"
#include "tests/unit/io/certificate.h"
#include "tests/unit/io/fixture.h"

/** pair_protocols: %NULL-terminated: what servers of tests speak. */
extern const char *const pair_protocols[];

/** Pair: both ends, each with a context that fits the other, and the pool of both. */
typedef struct
{
  Fixture *fixture;
  PlBufferPool buffers;
  PlTlsContext *server_context;
  PlTlsContext *client_context;
  PeerEnd server;
  PeerEnd client;
} Pair;

/** pair_connect: a connection that is plain yet; for localhost. */
void pair_connect (Pair *pair, Fixture *fixture);

/** pair_use: other contexts, each (transfer full). */
void pair_use (Pair *pair, PlTlsContext *server_context, PlTlsContext *client_context);

/** pair_shake_hands: both sides until each has an answer. */
void pair_shake_hands (Pair *pair, const char *host, PlIo *of_server, PlIo *of_client);

/** pair_open: pair_connect(), and a handshake that must do. */
void pair_open (Pair *pair, Fixture *fixture);

void pair_close (Pair *pair);

/** pair_receive_one: waits for an octet, or the end. */
PlIo pair_receive_one (Pair *pair, PeerEnd *end);
