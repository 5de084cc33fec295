/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A reactor with a main context of its own, and connections over loopback: what the tests of this
 * folder stand on. Tearing down checks that no descriptor was left open. */

#pragma once

#include "net/io/reactor.h"
#include "net/io/stream.h"

/** Fixture: @n_turns: turns of the main loop so far, to tell waiting from spinning. */
typedef struct
{
  const PlPlatform *platform;
  GMainContext *context;
  PlReactor *reactor;
  GSource *tick;
  guint n_turns;
  guint n_descriptors;
} Fixture;

typedef void (*FixtureFunc) (Fixture *fixture, gconstpointer platform);

/** fixture_add_test: adds /io/@suite/PLATFORM/@name for each platform there is. */
void fixture_add_test (const char *suite, const char *name, FixtureFunc func);

/** fixture_add_test_on: adds it for @platform alone. */
void fixture_add_test_on (const PlPlatform *platform,
                          const char *suite,
                          const char *name,
                          FixtureFunc func);

/** FixtureTest: a row of fixture_run_tests(). */
typedef struct
{
  const char *name;
  FixtureFunc func;
} FixtureTest;

/** fixture_run_tests: a whole program of tests, each as by fixture_add_test(). Returns: its status
 */
int fixture_run_tests (int argc,
                       char *argv[],
                       const char *suite,
                       const FixtureTest *tests,
                       guint n_tests);

void fixture_turn (Fixture *fixture);
void fixture_run_for (Fixture *fixture, guint duration_ms);

/** FIXTURE_WAIT: turns until @condition holds, which must be soon. */
#define FIXTURE_WAIT(fixture, condition)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 patience_us = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;                            \
                                                                                                   \
    while (!(condition))                                                                           \
      {                                                                                            \
        if (g_get_monotonic_time () > patience_us)                                                 \
          g_error ("%s:%d: never came: %s", __FILE__, __LINE__, #condition);                       \
        fixture_turn (fixture);                                                                    \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

/** PeerEnd: one end of a connection, which counts how often it was woken. */
typedef struct
{
  PlTask task; /* first, so that the task is the end */
  PlStream stream;
  guint n_runs;
} PeerEnd;

/** fixture_address: (127.0.0.1, or ::1)@port. */
PlAddress fixture_address (gboolean is_ipv4, guint16 port);

/** fixture_has_ipv6: whether ::1 can be listened on here. */
gboolean fixture_has_ipv6 (Fixture *fixture);

/** fixture_listen: a handle on a port the system chose; @address: (out): which. */
PlHandle fixture_listen (Fixture *fixture, PlAddress *address);

/** fixture_connect: both closed; become the ends of one connection, writable and wanting nothing.
 */
void fixture_connect (Fixture *fixture, PeerEnd *one, PeerEnd *other);

/** fixture_close: closes if open; its task is not to run any more. */
void fixture_close (Fixture *fixture, PeerEnd *end);

/** fixture_receive: waits for octets; %PL_IO_DONE, or why there will be none. */
PlIo fixture_receive (Fixture *fixture, PeerEnd *end, char *bytes, gsize capacity, gsize *received);

PlIo fixture_send (PeerEnd *end, const char *bytes, gsize length, gsize *sent);

/** fixture_fill: octets that tell where they stand, from @offset on. */
void fixture_fill (char *bytes, gsize length, gsize offset);

/** fixture_assert_filled: what fixture_fill() wrote has arrived. */
void fixture_assert_filled (const char *bytes, gsize length, gsize offset);

/** fixture_prepare_system: what a program has to do once on this system. */
void fixture_prepare_system (void);

/** fixture_count_descriptors: that are open; always 0 where it is not to be told. */
guint fixture_count_descriptors (void);

/** fixture_lacks_events: whether resets, and room after a send that took a part, are not told of
 * here; the test was then skipped. */
gboolean fixture_lacks_events (Fixture *fixture);

/** fixture_loses_resets: whether what was reset may look ended here; the test was then skipped. */
gboolean fixture_loses_resets (Fixture *fixture);

/** fixture_take_descriptors: leaves the program only @n_left more; given back by
 * fixture_give_descriptors(). Returns: %FALSE where there is no bound: the test was then skipped.
 */
gboolean fixture_take_descriptors (guint n_left);
void fixture_give_descriptors (void);
