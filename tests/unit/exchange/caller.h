/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One who asks: the client of an exchange, of no protocol at all. What it is sent begins with a
 * head that is a status and a line end, and can be held back. */

#pragma once

#include "net/exchange/exchange.h"
#include "tests/unit/exchange/house.h"

/**
 * Caller:
 * @ours, @theirs: the two ends of its connection; what it is sent comes out of @theirs
 * @afterwards: what is to be done with the connection, once @is_over
 * @takes_nothing: a test holds back all of an answer
 * @was_last: what its last head said of requests to follow
 */
typedef struct
{
  House house;
  PlTask task;
  PlClient client;
  PeerEnd ours, theirs;
  PlStreamFuncs funcs;
  PlBuffer *input;
  PlExchange *exchange;
  PlAfterwards afterwards;
  gboolean is_over;
  gboolean takes_nothing;
  gboolean was_last;
} Caller;

/** caller_open: with a house of its own, connected; nothing is asked. */
void caller_open (Caller *caller, Fixture *fixture);
void caller_close (Caller *caller);

/** caller_ask: begins an exchange with @text, which is a head and maybe the begin of a body. */
void caller_ask (Caller *caller, const char *text);

/** caller_answer: the upstream reads until @request_end has come, and answers @text. */
void caller_answer (Caller *caller, PeerEnd *upstream, const char *request_end, const char *text);

/** caller_await_end: (transfer none): waits until it is over; the record of the @n-th exchange. */
const PlRecord *caller_await_end (Caller *caller, guint n);
