/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What tests of a relay stand on: source → from ⇒ relay ⇒ to → target, two connections over
 * loopback and the relay between them. How the relay sends can be watched and held back. */

#pragma once

#include "net/io/relay.h"
#include "tests/unit/io/fixture.h"

/**
 * Course:
 * @arrived: all that the target has received
 * @target_sleeps: it receives nothing
 * @quota: octets that @to still takes before it says that it would block
 * @n_sends: how often it took some
 * @said_more: what it was told of more that follows, the last time
 */
typedef struct
{
  Fixture *fixture;
  PeerEnd source, from, to, target;
  PlRelayPools pools;
  PlBuffer *input;
  PlRelay relay;
  GByteArray *arrived;
  gboolean target_sleeps;
  gsize quota;
  guint n_sends;
  gboolean said_more;

  PlStreamFuncs to_funcs; /* private from here on */
  PlSlice unsent;
  gboolean ends;
} Course;

/** course_open: connects; nothing was sent, there is no relay yet. */
void course_open (Course *course, Fixture *fixture);

/** course_close: clears the relay, too. */
void course_close (Course *course);

/** course_forbid_splice: from now on octets are copied. */
void course_forbid_splice (Course *course);

/** course_begin: makes the relay; of @setup the streams, the pools and the input are filled in. */
void course_begin (Course *course, const char *head, PlRelaySetup setup);

/** course_put_input: @text has come before the relay was made. */
void course_put_input (Course *course, PlSlice text);

/** course_send: the source is to send @text, which is borrowed, and then to end if @ends;
 * course_run() does it. */
void course_send (Course *course, PlSlice text, gboolean ends);

/** course_send_now: the source sends @text, which is short; waits until it can be read. */
void course_send_now (Course *course, PlSlice text);

/** course_advance: as pl_relay_advance(), as often as it yields. */
PlRelayState course_advance (Course *course);

/** course_step: lets source, relay and target do what they can without waiting. */
PlRelayState course_step (Course *course);

/** course_run: lets source, relay and target work until the relay is over. */
PlRelayState course_run (Course *course);

/** course_run_until_stuck: until neither source nor relay can go on. */
void course_run_until_stuck (Course *course);

/** course_finish: no more is sent to the target; waits until all has arrived. */
void course_finish (Course *course);
