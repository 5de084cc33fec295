/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What tests of exchanges and sessions stand on: all that a worker lends, rules that send
 * everything to one upstream, and that upstream, whose connections are the test's. */

#pragma once

#include "net/exchange/supplies.h"
#include "tests/unit/io/fixture.h"

/**
 * House:
 * @limits: the defaults; a test may change them before anything runs
 * @records: the finished ones that have come out, in their order
 * @n_running: how many came out of what still ran
 * @n_reclaimed: how often descriptors were asked for
 */
typedef struct
{
  Fixture *fixture;
  PlSupplies supplies;
  PlLimits limits;
  GPtrArray *records;
  guint n_running;
  guint n_reclaimed;

  PlRouteTable *routes; /* private from here on */
  PlTrust *trusted;
  PlUpstreamConfig upstream;
  PlSocket listener; /* of the upstream */
  PlTask listener_task;
} House;

/** house_open: the upstream listens; nobody has come. */
void house_open (House *house, Fixture *fixture);
void house_close (House *house);

/** house_get_endpoint: (transfer none): the one there is. */
PlEndpoint *house_get_endpoint (House *house);

/** house_accept: waits until the upstream is dialled; @end: closed, becomes its side. */
void house_accept (House *house, PeerEnd *end);

/** house_shut: nobody listens at the upstream's address any more. */
void house_shut (House *house);

/** house_await_record: (transfer none): waits until @n records are out; the last of them. */
const PlRecord *house_await_record (House *house, guint n);

/** house_send: @end sends @text whole. */
void house_send (PeerEnd *end, const char *text);

/** house_read: (transfer full): what @end receives until @until has come, or, where that is %NULL,
 * until its end. */
char *house_read (House *house, PeerEnd *end, const char *until);
