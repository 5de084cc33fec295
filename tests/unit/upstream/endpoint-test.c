/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/upstream/endpoint.c: which kept connections are given out and which are closed, and how long
 * an endpoint that let nobody in is passed over. */

#include "net/upstream/endpoint.h"
#include "tests/unit/io/fixture.h"

#define LONG_MS (60 * 1000)

/* Older than any connection here becomes. */
#define AGE_MS (60 * 1000)

/* Our end of a connection, as an exchange has it, and the upstream's. */
typedef struct
{
  PlConnection *connection; /* an exchange's or the endpoint's */
  PeerEnd ours, theirs;
} Line;

static PlEndpoint *
new_endpoint_at (const char *host)
{
  g_autofree char *own_host = g_strdup (host);
  g_autofree char *label = g_strdup_printf ("%s:2283", host);
  PlEndpointConfig config = { .host = own_host, .port = 2283, .label = label };

  return pl_endpoint_new (&config, NULL);
}

static PlEndpoint *
new_endpoint (void)
{
  return new_endpoint_at ("nas");
}

static void
line_open (Line *line, Fixture *fixture)
{
  *line = (Line){ 0 };
  fixture_connect (fixture, &line->ours, &line->theirs);
  line->connection = pl_connection_new ();
  line->connection->stream.funcs = line->ours.stream.funcs;
  g_assert_true (pl_socket_move (&line->ours.stream.socket, &line->connection->stream.socket,
                                 &line->ours.task));
}

static PlIo
line_receive (Line *line, Fixture *fixture)
{
  gsize received;
  char octet;

  return fixture_receive (fixture, &line->theirs, &octet, 1, &received);
}

/* Seen from the upstream. */
static void
line_assert_open (Line *line, Fixture *fixture)
{
  gsize received;
  char octet;

  fixture_run_for (fixture, 1);
  g_assert_cmpint (pl_stream_receive (&line->theirs.stream, &octet, 1, &received), ==,
                   PL_IO_BLOCKED);
}

static void
line_close (Line *line, Fixture *fixture)
{
  fixture_close (fixture, &line->ours);
  fixture_close (fixture, &line->theirs);
}

static void
test_the_last_used_first (Fixture *fixture, gconstpointer platform)
{
  PlEndpoint *endpoint = new_endpoint ();
  PeerEnd user = { 0 };
  Line lines[3];

  g_assert_null (pl_endpoint_try_acquire (endpoint, &user.task, AGE_MS));
  for (guint i = 0; i < 3; i++)
    {
      line_open (&lines[i], fixture);
      g_assert_false (lines[i].connection->was_used);
      pl_endpoint_release (endpoint, lines[i].connection, LONG_MS);
    }
  for (guint i = 3; i > 0; i--)
    {
      PlConnection *connection = pl_endpoint_try_acquire (endpoint, &user.task, AGE_MS);

      g_assert_true (connection == lines[i - 1].connection);
      g_assert_true (connection->was_used);
      pl_connection_free (connection);
      g_assert_cmpint (line_receive (&lines[i - 1], fixture), ==, PL_IO_END);
      line_close (&lines[i - 1], fixture);
    }
  g_assert_null (pl_endpoint_try_acquire (endpoint, &user.task, AGE_MS));
  pl_endpoint_unref (endpoint);
}

/* An exchange takes it, uses it, gives it back; none of what woke it before wakes it then. */
static void
test_wakes_who_uses_it (Fixture *fixture, gconstpointer platform)
{
  PlEndpoint *endpoint = new_endpoint ();
  PlConnection *connection;
  gsize received, sent;
  char octet;
  Line line;

  line_open (&line, fixture);
  pl_endpoint_release (endpoint, line.connection, 1);
  connection = pl_endpoint_try_acquire (endpoint, &line.ours.task, AGE_MS);
  g_assert_nonnull (connection);
  fixture_run_for (fixture, 10);
  line_assert_open (&line, fixture);

  line.ours.n_runs = 0;
  pl_socket_want (&connection->stream.socket, PL_READY_READ);
  g_assert_cmpint (fixture_send (&line.theirs, "x", 1, &sent), ==, PL_IO_DONE);
  FIXTURE_WAIT (fixture, line.ours.n_runs > 0);
  g_assert_cmpint (pl_stream_receive (&connection->stream, &octet, 1, &received), ==, PL_IO_DONE);
  pl_connection_free (connection);
  line_close (&line, fixture);
  pl_endpoint_unref (endpoint);
}

static void
test_closed_when_idle_too_long (Fixture *fixture, gconstpointer platform)
{
  PlEndpoint *endpoint = new_endpoint ();
  gint64 released_us = g_get_monotonic_time ();
  Line brief, longer;

  line_open (&brief, fixture);
  line_open (&longer, fixture);
  pl_endpoint_release (endpoint, longer.connection, LONG_MS);
  pl_endpoint_release (endpoint, brief.connection, 30);
  g_assert_cmpint (line_receive (&brief, fixture), ==, PL_IO_END);
  g_assert_cmpint (g_get_monotonic_time () - released_us, >=, 20 * 1000);
  line_assert_open (&longer, fixture);
  g_assert_true (pl_endpoint_try_acquire (endpoint, &longer.ours.task, AGE_MS)
                 == longer.connection);
  pl_connection_free (longer.connection);
  line_close (&brief, fixture);
  line_close (&longer, fixture);
  pl_endpoint_unref (endpoint);
}

/* Whether one that is 30 ms old is given out where 10 ms are allowed. */
static gboolean
gives_old_one (Fixture *fixture, const char *host)
{
  PlEndpoint *endpoint = new_endpoint_at (host);
  PlConnection *connection;
  Line line;

  line_open (&line, fixture);
  pl_endpoint_release (endpoint, line.connection, LONG_MS);
  fixture_run_for (fixture, 30);
  connection = pl_endpoint_try_acquire (endpoint, &line.ours.task, 10);
  g_assert_true (connection == NULL || connection == line.connection);
  if (connection == NULL)
    g_assert_cmpint (line_receive (&line, fixture), ==, PL_IO_END);
  else
    pl_connection_free (connection);
  line_close (&line, fixture);
  pl_endpoint_unref (endpoint);
  return connection != NULL;
}

/* What is behind a literal address cannot have moved elsewhere under it. */
static void
test_old_ones_to_a_name_are_closed (Fixture *fixture, gconstpointer platform)
{
  g_assert_false (gives_old_one (fixture, "nas"));
  g_assert_false (gives_old_one (fixture, "localhost"));
  g_assert_true (gives_old_one (fixture, "192.168.1.10"));
  g_assert_true (gives_old_one (fixture, "2001:db8::1"));
}

static void
end_theirs (Line *line)
{
  pl_stream_shut_write (&line->theirs.stream);
}

static void
reset_theirs (Line *line)
{
  pl_stream_close (&line->theirs.stream, TRUE);
}

static void
speak_unasked (Line *line)
{
  gsize sent;

  g_assert_cmpint (fixture_send (&line->theirs, "x", 1, &sent), ==, PL_IO_DONE);
}

static void (*const disturbances[]) (Line *) = { end_theirs, reset_theirs, speak_unasked };

static gboolean
is_closed (Line *line, Fixture *fixture)
{
  return !line->theirs.stream.socket.is_open || line_receive (line, fixture) != PL_IO_DONE;
}

/* Whatever comes while nobody uses it: the connection is of no more use, and the one below it
 * still is. */
static void
test_closed_when_disturbed (Fixture *fixture, gconstpointer platform)
{
  for (guint i = 0; i < G_N_ELEMENTS (disturbances); i++)
    {
      PlEndpoint *endpoint = new_endpoint ();
      Line good, disturbed;

      line_open (&good, fixture);
      line_open (&disturbed, fixture);
      pl_endpoint_release (endpoint, good.connection, LONG_MS);
      pl_endpoint_release (endpoint, disturbed.connection, LONG_MS);
      disturbances[i](&disturbed);
      FIXTURE_WAIT (fixture, g_queue_get_length (&endpoint->idle) == 1);
      g_assert_true (is_closed (&disturbed, fixture));
      g_assert_true (pl_endpoint_try_acquire (endpoint, &good.ours.task, AGE_MS)
                     == good.connection);
      pl_connection_free (good.connection);
      line_close (&good, fixture);
      line_close (&disturbed, fixture);
      pl_endpoint_unref (endpoint);
    }
}

/* The same, known to the reactor in the very turn in which somebody asks for a connection. */
static void
test_stale_is_not_given_out (Fixture *fixture, gconstpointer platform)
{
  static const PlReady signs[] = { PL_READY_READ, PL_READY_READ | PL_READY_END, PL_READY_BROKEN };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      PlEndpoint *endpoint = new_endpoint ();
      Line good, stale;

      line_open (&good, fixture);
      line_open (&stale, fixture);
      pl_endpoint_release (endpoint, good.connection, LONG_MS);
      pl_endpoint_release (endpoint, stale.connection, LONG_MS);
      pl_socket_mark (&stale.connection->stream.socket, signs[i]);
      g_assert_true (pl_endpoint_try_acquire (endpoint, &good.ours.task, AGE_MS)
                     == good.connection);
      g_assert_cmpint (line_receive (&stale, fixture), ==, PL_IO_END);
      g_assert_null (pl_endpoint_try_acquire (endpoint, &good.ours.task, AGE_MS));
      pl_connection_free (good.connection);
      line_close (&good, fixture);
      line_close (&stale, fixture);
      pl_endpoint_unref (endpoint);
    }
}

/* What came behind a response must not become the answer to the next request, and an edge that was
 * seen while the exchange lasted does not come again. */
static void
test_not_kept_with_something_behind (Fixture *fixture, gconstpointer platform)
{
  for (guint i = 0; i < G_N_ELEMENTS (disturbances); i++)
    {
      PlEndpoint *endpoint = new_endpoint ();
      Line line;

      line_open (&line, fixture);
      pl_socket_want (&line.connection->stream.socket, PL_READY_READ);
      disturbances[i](&line);
      FIXTURE_WAIT (fixture, pl_socket_has (&line.connection->stream.socket, PL_READY_READ));
      pl_endpoint_release (endpoint, line.connection, LONG_MS);
      g_assert_cmpuint (g_queue_get_length (&endpoint->idle), ==, 0);
      g_assert_true (is_closed (&line, fixture));
      line_close (&line, fixture);
      pl_endpoint_unref (endpoint);
    }
}

/* A response that was read to its last octet may leave it open whether there is more. */
static void
test_kept_when_there_might_have_been_something (Fixture *fixture, gconstpointer platform)
{
  PlEndpoint *endpoint = new_endpoint ();
  Line line;

  line_open (&line, fixture);
  line.connection->stream.socket.ready |= PL_READY_READ;
  pl_endpoint_release (endpoint, line.connection, LONG_MS);
  line_assert_open (&line, fixture);
  g_assert_true (pl_endpoint_try_acquire (endpoint, &line.ours.task, AGE_MS) == line.connection);
  pl_connection_free (line.connection);
  line_close (&line, fixture);
  pl_endpoint_unref (endpoint);
}

static void
test_keeps_no_more_than_an_upstream_bears (Fixture *fixture, gconstpointer platform)
{
  PlEndpoint *endpoint = new_endpoint ();
  Line lines[300];
  guint n_kept;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    line_open (&lines[i], fixture);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    pl_endpoint_release (endpoint, lines[i].connection, LONG_MS);
  n_kept = g_queue_get_length (&endpoint->idle);
  g_assert_cmpuint (n_kept, >=, 100);
  g_assert_cmpuint (n_kept, <, G_N_ELEMENTS (lines));
  line_assert_open (&lines[n_kept - 1], fixture);
  for (guint i = n_kept; i < G_N_ELEMENTS (lines); i++)
    g_assert_cmpint (line_receive (&lines[i], fixture), ==, PL_IO_END);

  pl_endpoint_close_idle (endpoint);
  g_assert_null (pl_endpoint_try_acquire (endpoint, &lines[0].ours.task, AGE_MS));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_assert_cmpint (line_receive (&lines[i], fixture), ==, PL_IO_END);
      line_close (&lines[i], fixture);
    }
  pl_endpoint_unref (endpoint);
}

static void
test_lives_as_long_as_it_is_needed (Fixture *fixture, gconstpointer platform)
{
  PlEndpoint *endpoint = new_endpoint ();
  Line line;

  g_assert_true (pl_endpoint_ref (endpoint) == endpoint);
  line_open (&line, fixture);
  pl_endpoint_release (endpoint, line.connection, LONG_MS);
  pl_endpoint_unref (endpoint);
  line_assert_open (&line, fixture);
  g_assert_cmpstr (endpoint->label, ==, "nas:2283");
  pl_endpoint_unref (endpoint);
  g_assert_cmpint (line_receive (&line, fixture), ==, PL_IO_END);
  line_close (&line, fixture);
}

/* Passing over */

#define NOW_US (1000 * G_USEC_PER_SEC)

static gint64
get_pause_us (const PlEndpoint *endpoint)
{
  gint64 pause_us = 0;

  while (pl_endpoint_is_passed_over (endpoint, NOW_US + pause_us))
    pause_us += 1000;
  return pause_us;
}

static void
test_passed_over_longer_each_time (void)
{
  PlEndpoint *endpoint = new_endpoint ();
  gint64 pause_us, before_us = 0;

  g_assert_cmpint (get_pause_us (endpoint), ==, 0);
  for (guint i = 0; i < 5; i++)
    {
      pl_endpoint_failed (endpoint, NOW_US);
      pause_us = get_pause_us (endpoint);
      g_assert_cmpint (pause_us, >, before_us);
      before_us = pause_us;
    }

  /* It comes back some day, however often it failed. */
  for (guint i = 0; i < 1000; i++)
    pl_endpoint_failed (endpoint, NOW_US);
  pause_us = get_pause_us (endpoint);
  g_assert_cmpint (pause_us, >=, before_us);
  g_assert_cmpint (pause_us, <=, 60 * G_USEC_PER_SEC);

  pl_endpoint_worked (endpoint);
  g_assert_cmpint (get_pause_us (endpoint), ==, 0);
  pl_endpoint_failed (endpoint, NOW_US);
  g_assert_cmpint (get_pause_us (endpoint), <=, G_USEC_PER_SEC);
  pl_endpoint_unref (endpoint);
}

static void
test_passed_over_while_on_trial (void)
{
  PlEndpoint *endpoint = new_endpoint ();
  gint64 later_us = NOW_US + 60 * G_USEC_PER_SEC;

  pl_endpoint_begin_trial (endpoint, NOW_US);
  g_assert_false (pl_endpoint_is_passed_over (endpoint, NOW_US)); /* it never failed */
  pl_endpoint_failed (endpoint, NOW_US);
  g_assert_false (pl_endpoint_is_passed_over (endpoint, later_us));
  pl_endpoint_begin_trial (endpoint, later_us);
  g_assert_true (pl_endpoint_is_passed_over (endpoint, later_us));
  pl_endpoint_worked (endpoint);
  g_assert_false (pl_endpoint_is_passed_over (endpoint, later_us));
  pl_endpoint_unref (endpoint);
}

static void
test_retried_five_times_a_second (void)
{
  PlEndpoint *endpoint = new_endpoint ();
  guint n_retries = 0;

  g_assert_true (pl_endpoint_may_retry (endpoint, NOW_US));
  pl_endpoint_failed (endpoint, NOW_US);
  for (gint64 now_us = NOW_US; now_us < NOW_US + 10 * G_USEC_PER_SEC; now_us += 10 * 1000)
    if (pl_endpoint_may_retry (endpoint, now_us))
      {
        n_retries++;
        pl_endpoint_failed (endpoint, now_us);
      }
  g_assert_cmpuint (n_retries, >=, 45);
  g_assert_cmpuint (n_retries, <=, 50);
  pl_endpoint_worked (endpoint);
  g_assert_true (pl_endpoint_may_retry (endpoint, NOW_US));
  pl_endpoint_unref (endpoint);
}

static const FixtureTest tests[] = {
  { "the-last-used-first", test_the_last_used_first },
  { "wakes-who-uses-it", test_wakes_who_uses_it },
  { "closed-when-idle-too-long", test_closed_when_idle_too_long },
  { "closed-when-disturbed", test_closed_when_disturbed },
  { "old-ones-to-a-name-are-closed", test_old_ones_to_a_name_are_closed },
  { "stale-is-not-given-out", test_stale_is_not_given_out },
  { "not-kept-with-something-behind", test_not_kept_with_something_behind },
  { "kept-when-there-might-have-been-something", test_kept_when_there_might_have_been_something },
  { "keeps-no-more-than-an-upstream-bears", test_keeps_no_more_than_an_upstream_bears },
  { "lives-as-long-as-it-is-needed", test_lives_as_long_as_it_is_needed },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    fixture_add_test ("endpoint", tests[i].name, tests[i].func);
  g_test_add_func ("/upstream/endpoint/passed-over-longer-each-time",
                   test_passed_over_longer_each_time);
  g_test_add_func ("/upstream/endpoint/passed-over-while-on-trial",
                   test_passed_over_while_on_trial);
  g_test_add_func ("/upstream/endpoint/retried-five-times-a-second",
                   test_retried_five_times_a_second);
  return g_test_run ();
}
