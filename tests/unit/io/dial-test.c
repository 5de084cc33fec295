/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/dial.c: over which addresses a connection is made, how soon, and why not. */

#include "tests/unit/io/fixture.h"
#include "tests/unit/io/names.h"
#include "net/io/dial.h"

/* So long that who has to wait for it fails the test. */
#define FAR_MS 30000

/* How long names are remembered: longer than any test takes. */
#define REMEMBER_MS 60000

/* Nobody listens on a port that the system has just given away and back. */
static guint16
get_closed_port (Fixture *fixture)
{
  PlAddress address;

  fixture->platform->close_handle (fixture_listen (fixture, &address));
  return address.port;
}

/* A host that answers, or one that is silent: its backlog is full, so the system drops whatever
 * more comes (Linux does; elsewhere it may refuse). */
typedef struct
{
  GSocket *listener;
  GSocket *callers[4];
  guint16 port;
} Host;

static GSocketAddress *
parse_socket_address (const char *text, guint16 port)
{
  return g_inet_socket_address_new_from_string (text, port);
}

static void
host_open (Host *host, const char *text, guint16 port, int backlog)
{
  g_autoptr (GSocketAddress) wanted = parse_socket_address (text, port);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  *host = (Host){ 0 };
  host->listener = g_socket_new (g_socket_address_get_family (wanted), G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_set_blocking (host->listener, FALSE);
  g_socket_set_listen_backlog (host->listener, backlog);
  g_socket_bind (host->listener, wanted, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (host->listener, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (host->listener, &error);
  host->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

static void
host_open_silent (Host *host, const char *text, guint16 port)
{
  g_autoptr (GSocketAddress) address = NULL;

  host_open (host, text, port, 0);
  address = parse_socket_address (text, host->port);
  for (guint i = 0; i < G_N_ELEMENTS (host->callers); i++)
    {
      host->callers[i] = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                                       G_SOCKET_PROTOCOL_TCP, NULL);
      g_socket_set_blocking (host->callers[i], FALSE);
      (void) g_socket_connect (host->callers[i], address, NULL, NULL);
    }
}

static void
host_close (Host *host)
{
  g_clear_object (&host->listener);
  for (guint i = 0; i < G_N_ELEMENTS (host->callers); i++)
    g_clear_object (&host->callers[i]);
}

/* Who dials, and is told. */
typedef struct
{
  PeerEnd end; /* first, so that its task is the caller's */
  PlResolver *resolver;
  PlDial *dial;
} Caller;

static void
caller_run (PlTask *task)
{
  ((Caller *) task)->end.n_runs++;
}

static void
caller_dial (Caller *caller, Fixture *fixture, const PlDialSettings *settings)
{
  *caller = (Caller){ .end.task.run = caller_run };
  caller->resolver = pl_resolver_new (REMEMBER_MS);
  fixture_turn (fixture); /* durations count from the start of a turn */
  caller->dial = pl_dial_new (fixture->reactor, caller->resolver, settings, &caller->end.task);
}

static void
caller_clear (Caller *caller, Fixture *fixture)
{
  fixture_close (fixture, &caller->end);
  g_clear_pointer (&caller->dial, pl_dial_free);
  pl_resolver_free (caller->resolver);
}

static PlDialState
wait_for_state (Caller *caller, Fixture *fixture)
{
  FIXTURE_WAIT (fixture, caller->end.n_runs > 0);
  g_assert_cmpuint (caller->end.n_runs, ==, 1);
  return pl_dial_get_state (caller->dial);
}

static void
assert_dials (Fixture *fixture, const char *host, guint16 port, PlDialState expected)
{
  PlDialSettings settings = { host, port, FAR_MS, FAR_MS };
  Caller caller;

  caller_dial (&caller, fixture, &settings);
  g_assert_cmpint (wait_for_state (&caller, fixture), ==, expected);
  caller_clear (&caller, fixture);
}

static void
test_connects (Fixture *fixture, gconstpointer platform)
{
  Host host;

  host_open (&host, "127.0.0.1", 0, 5);
  assert_dials (fixture, "127.0.0.1", host.port, PL_DIAL_CONNECTED);
  host_close (&host);
}

static void
test_connects_over_ipv6 (Fixture *fixture, gconstpointer platform)
{
  Host host;

  if (!fixture_has_ipv6 (fixture))
    {
      g_test_skip ("no IPv6 here");
      return;
    }
  host_open (&host, "::1", 0, 5);
  assert_dials (fixture, "::1", host.port, PL_DIAL_CONNECTED);
  host_close (&host);
}

static void
test_taken_is_a_stream (Fixture *fixture, gconstpointer platform)
{
  PlDialSettings settings = { "127.0.0.1", 0, FAR_MS, FAR_MS };
  g_autoptr (GSocket) guest = NULL;
  PlAddress address;
  Caller caller;
  Host host;
  gsize moved;
  char bytes[8];

  host_open (&host, "127.0.0.1", 0, 5);
  settings.port = host.port;
  caller_dial (&caller, fixture, &settings);
  g_assert_cmpint (wait_for_state (&caller, fixture), ==, PL_DIAL_CONNECTED);
  g_assert_true (pl_dial_take (caller.dial, &caller.end.stream, &caller.end.task, &address));
  g_clear_pointer (&caller.dial, pl_dial_free);
  g_assert_true (pl_address_is_loopback (&address));
  g_assert_cmpuint (address.port, ==, host.port);

  guest = g_socket_accept (host.listener, NULL, NULL);
  g_assert_nonnull (guest);
  g_assert_cmpint (fixture_send (&caller.end, "ping", 4, &moved), ==, PL_IO_DONE);
  g_socket_set_blocking (guest, TRUE);
  g_assert_cmpint (g_socket_receive (guest, bytes, sizeof bytes, NULL, NULL), ==, 4);
  g_assert_cmpint (g_socket_send (guest, "pong", 4, NULL, NULL), ==, 4);
  g_assert_cmpint (fixture_receive (fixture, &caller.end, bytes, sizeof bytes, &moved), ==,
                   PL_IO_DONE);
  g_assert_cmpmem (bytes, moved, "pong", 4);
  caller_clear (&caller, fixture);
  host_close (&host);
}

static void
test_refused (Fixture *fixture, gconstpointer platform)
{
  guint16 port = get_closed_port (fixture);

  assert_dials (fixture, "127.0.0.1", port, PL_DIAL_REFUSED);
  assert_dials (fixture, "localhost", port, PL_DIAL_REFUSED);
}

static void
test_localhost_that_answers_on_one_family (Fixture *fixture, gconstpointer platform)
{
  static const char *const addresses[] = { "127.0.0.1", "::1" };

  if (!fixture_has_ipv6 (fixture))
    {
      g_test_skip ("no IPv6 here");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      Host host;

      host_open (&host, addresses[i], 0, 5);
      assert_dials (fixture, "localhost", host.port, PL_DIAL_CONNECTED);
      host_close (&host);
    }
}

static void
test_unknown_name (Fixture *fixture, gconstpointer platform)
{
  names_know ("nowhere.test", NULL);
  assert_dials (fixture, "nowhere.test", 80, PL_DIAL_NAME_UNKNOWN);
  names_forget_all ();
}

/* The next address is tried at once, not when the delay has passed. */
static void
test_refused_by_the_first (Fixture *fixture, gconstpointer platform)
{
  Host host;

  host_open (&host, "127.0.0.3", 0, 5);
  names_know ("immich.test", "127.0.0.1 127.0.0.2 127.0.0.3");
  assert_dials (fixture, "immich.test", host.port, PL_DIAL_CONNECTED);
  names_forget_all ();
  host_close (&host);
}

#define DELAY_MS 100

/* One that is silent costs the delay, and no more; @addresses are tried in this order. */
static void
assert_goes_past_silence (Fixture *fixture, const char *addresses, guint16 port, guint n_delays)
{
  PlDialSettings settings = { "immich.test", port, FAR_MS, DELAY_MS };
  gint64 start_us, duration_us;
  Caller caller;

  names_know ("immich.test", addresses);
  caller_dial (&caller, fixture, &settings);
  start_us = fixture->reactor->now_us;
  g_assert_cmpint (wait_for_state (&caller, fixture), ==, PL_DIAL_CONNECTED);
  duration_us = g_get_monotonic_time () - start_us;
  g_assert_cmpint (duration_us, >=, n_delays * DELAY_MS * 1000);
  g_assert_cmpint (duration_us, <, (n_delays + 1) * DELAY_MS * 1000);
  caller_clear (&caller, fixture);
  names_forget_all ();
}

static void
test_silence_of_the_first (Fixture *fixture, gconstpointer platform)
{
  Host silent, also_silent, host;

  host_open_silent (&silent, "127.0.0.2", 0);
  host_open_silent (&also_silent, "127.0.0.3", silent.port);
  host_open (&host, "127.0.0.1", silent.port, 5);
  assert_goes_past_silence (fixture, "127.0.0.1 127.0.0.2", host.port, 0);
  assert_goes_past_silence (fixture, "127.0.0.2 127.0.0.1", host.port, 1);
  assert_goes_past_silence (fixture, "127.0.0.2 127.0.0.3 127.0.0.1", host.port, 2);
  assert_goes_past_silence (fixture, "127.0.0.2 127.0.0.4 127.0.0.1", host.port, 1);
  host_close (&silent);
  host_close (&also_silent);
  host_close (&host);
}

/* A dial while @before is remembered of a name that is at @after by now; @n_lookups: how many it
 * took, with the one that was remembered. */
static void
assert_follows (Fixture *fixture,
                const char *before,
                const char *after,
                guint16 port,
                PlDialState expected,
                guint n_lookups)
{
  PlDialSettings settings = { "immich.test", port, 300, DELAY_MS };
  guint16 closed = get_closed_port (fixture);
  PlDialSettings first = { "immich.test", closed, FAR_MS, FAR_MS };
  Caller caller;

  names_know ("immich.test", before);
  caller_dial (&caller, fixture, &first);
  wait_for_state (&caller, fixture);
  g_clear_pointer (&caller.dial, pl_dial_free);
  g_assert_cmpuint (names_count_lookups (), ==, 1);

  names_know ("immich.test", after);
  caller.end.n_runs = 0;
  fixture_turn (fixture);
  caller.dial = pl_dial_new (fixture->reactor, caller.resolver, &settings, &caller.end.task);
  g_assert_cmpint (wait_for_state (&caller, fixture), ==, expected);
  g_assert_cmpuint (names_count_lookups (), ==, n_lookups);
  caller_clear (&caller, fixture);
  names_forget_all ();
}

static void
test_follows_a_name (Fixture *fixture, gconstpointer platform)
{
  Host silent, host;

  host_open (&host, "127.0.0.1", 0, 5);
  host_open_silent (&silent, "127.0.0.2", host.port);
  assert_follows (fixture, "127.0.0.1", "127.0.0.3", host.port, PL_DIAL_CONNECTED, 1);
  assert_follows (fixture, "127.0.0.3", "127.0.0.1", host.port, PL_DIAL_CONNECTED, 2);
  assert_follows (fixture, "127.0.0.3", "127.0.0.3 127.0.0.1", host.port, PL_DIAL_CONNECTED, 2);
  assert_follows (fixture, "127.0.0.2", "127.0.0.1", host.port, PL_DIAL_CONNECTED, 2);
  assert_follows (fixture, "127.0.0.3", "127.0.0.3", host.port, PL_DIAL_REFUSED, 2);
  assert_follows (fixture, "127.0.0.3", "127.0.0.4", host.port, PL_DIAL_REFUSED, 2);
  assert_follows (fixture, "127.0.0.3", NULL, host.port, PL_DIAL_REFUSED, 2);
  assert_follows (fixture, "127.0.0.3", "silent", host.port, PL_DIAL_REFUSED, 2);
  assert_follows (fixture, "127.0.0.2", "127.0.0.2", host.port, PL_DIAL_TIMED_OUT, 2);
  assert_follows (fixture, "127.0.0.2", "silent", host.port, PL_DIAL_TIMED_OUT, 2);
  host_close (&silent);
  host_close (&host);
}

static void
assert_times_out (Fixture *fixture, const char *host, guint16 port)
{
  PlDialSettings settings = { host, port, 100, 20 };
  guint n_before;
  Caller caller;

  caller_dial (&caller, fixture, &settings);
  n_before = fixture->n_turns;
  g_assert_cmpint (wait_for_state (&caller, fixture), ==, PL_DIAL_TIMED_OUT);
  g_assert_cmpuint (fixture->n_turns - n_before, <, 40);
  caller_clear (&caller, fixture);
}

static void
test_times_out (Fixture *fixture, gconstpointer platform)
{
  Host silent;

  host_open_silent (&silent, "127.0.0.1", 0);
  assert_times_out (fixture, "127.0.0.1", silent.port);
  names_know ("immich.test", "127.0.0.1");
  assert_times_out (fixture, "immich.test", silent.port);
  names_know ("immich.test", "silent");
  assert_times_out (fixture, "immich.test", silent.port);
  names_forget_all ();
  host_close (&silent);
}

static void
test_out_of_descriptors (Fixture *fixture, gconstpointer platform)
{
  PlDialSettings settings = { "127.0.0.1", 0, FAR_MS, FAR_MS };
  Caller caller;
  Host host;

  host_open (&host, "127.0.0.1", 0, 5);
  settings.port = host.port;
  if (fixture_take_descriptors (0))
    {
      caller_dial (&caller, fixture, &settings);
      g_assert_cmpint (wait_for_state (&caller, fixture), ==, PL_DIAL_OUT_OF_DESCRIPTORS);
      fixture_give_descriptors ();
      caller_clear (&caller, fixture);
    }
  host_close (&host);
}

/* At any point: while the name is looked up, while it connects, when it has. */
static void
test_given_up (Fixture *fixture, gconstpointer platform)
{
  PlDialSettings settings = { "immich.test", 0, FAR_MS, 1 };
  Host silent;

  host_open_silent (&silent, "127.0.0.1", 0);
  settings.port = silent.port;
  for (guint n_turns = 0; n_turns < 6; n_turns++)
    {
      Caller caller;

      names_know ("immich.test", n_turns % 2 == 0 ? "127.0.0.1" : "silent");
      caller_dial (&caller, fixture, &settings);
      for (guint i = 0; i < n_turns; i++)
        fixture_turn (fixture);
      g_clear_pointer (&caller.dial, pl_dial_free);
      fixture_run_for (fixture, 30);
      g_assert_cmpuint (caller.end.n_runs, ==, 0);
      caller_clear (&caller, fixture);
      names_forget_all ();
    }
  host_close (&silent);
}

int
main (int argc, char *argv[])
{
  static const FixtureTest tests[] = {
    { "connects", test_connects },
    { "connects-over-ipv6", test_connects_over_ipv6 },
    { "follows-a-name", test_follows_a_name },
    { "taken-is-a-stream", test_taken_is_a_stream },
    { "refused", test_refused },
    { "localhost-that-answers-on-one-family", test_localhost_that_answers_on_one_family },
    { "unknown-name", test_unknown_name },
    { "refused-by-the-first", test_refused_by_the_first },
    { "silence-of-the-first", test_silence_of_the_first },
    { "times-out", test_times_out },
    { "out-of-descriptors", test_out_of_descriptors },
    { "given-up", test_given_up },
  };

  return fixture_run_tests (argc, argv, "dial", tests, G_N_ELEMENTS (tests));
}
