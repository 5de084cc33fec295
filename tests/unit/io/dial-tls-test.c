/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/dial.c: connections that are to be encrypted, and whoever cannot show who it is. */

#include "net/io/dial.h"
#include "tests/unit/io/certificate.h"
#include "tests/unit/io/fixture.h"

/* So long that who has to wait for it fails the test. */
#define FAR_MS 30000

#define RIGHT "IP:127.0.0.1"

/* Who dials, and whoever is there. */
typedef struct
{
  Fixture *fixture;
  PeerEnd caller;
  PeerEnd host;
  PlSocket listener;
  PlTask task;
  PlBufferPool buffers;
  PlResolver *resolver;
  PlTlsContext *server;
  PlTlsContext *client;
  PlDial *dial;
} Line;

static void
run_nothing (PlTask *task)
{
}

static void
run_caller (PlTask *task)
{
  ((PeerEnd *) task)->n_runs++;
}

static void
line_open (Line *line, Fixture *fixture, const char *names, guint timeout_ms)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  g_autoptr (PlTlsCertificate) shown = certificate_make (names, -60, 3600);
  PlAddress address;
  PlHandle listening = fixture_listen (fixture, &address);
  PlDialSettings settings = {
    .host = "127.0.0.1",
    .port = address.port,
    .timeout_ms = timeout_ms,
    .attempt_delay_ms = FAR_MS,
  };

  *line = (Line){ .fixture = fixture, .caller.task.run = run_caller };
  line->host.task.run = line->task.run = run_nothing;
  g_assert_true (pl_socket_open (&line->listener, fixture->reactor, listening, &line->task, 0));
  line->server = pl_tls_context_new_server (shown, 1, protocols, NULL);
  line->client = pl_tls_context_new_client (TRUE, shown->chain, NULL);
  line->resolver = pl_resolver_new (FAR_MS);
  settings.tls = line->client;
  settings.buffers = &line->buffers;
  fixture_turn (fixture); /* durations count from the start of a turn */
  line->dial = pl_dial_new (fixture->reactor, line->resolver, &settings, &line->caller.task);
}

static gboolean
has_come (Line *line, PlHandle *handle)
{
  PlAddress peer;

  pl_socket_want (&line->listener, PL_READY_READ);
  return line->fixture->platform->accept (&line->listener, handle, &peer) == PL_IO_DONE;
}

static void
line_accept (Line *line)
{
  PlHandle handle;

  FIXTURE_WAIT (line->fixture, has_come (line, &handle));
  g_assert_true (pl_stream_open_plain (&line->host.stream, line->fixture->reactor, handle,
                                       &line->host.task, PL_READY_READ | PL_READY_WRITE));
}

static gboolean
is_decided (Line *line, gboolean with_tls)
{
  if (with_tls)
    {
      (void) pl_tls_handshake (&line->host.stream);
      pl_socket_want (&line->host.stream.socket, PL_READY_READ);
    }
  return line->caller.n_runs > 0;
}

static void
line_close (Line *line)
{
  g_clear_pointer (&line->dial, pl_dial_free);
  fixture_close (line->fixture, &line->caller);
  fixture_close (line->fixture, &line->host);
  pl_socket_close (&line->listener, FALSE);
  pl_reactor_cancel (line->fixture->reactor, &line->task);
  pl_resolver_free (line->resolver);
  pl_buffer_pool_clear (&line->buffers);
  pl_tls_context_unref (line->server);
  pl_tls_context_unref (line->client);
}

static void
test_connects (Fixture *fixture, gconstpointer platform)
{
  PlAddress address;
  char bytes[8];
  gsize moved;
  Line line;

  line_open (&line, fixture, RIGHT, FAR_MS);
  line_accept (&line);
  pl_tls_begin_server (&line.host.stream, line.server, &line.buffers, NULL);
  FIXTURE_WAIT (fixture, is_decided (&line, TRUE));
  g_assert_cmpint (pl_dial_get_state (line.dial), ==, PL_DIAL_CONNECTED);
  g_assert_true (pl_dial_take (line.dial, &line.caller.stream, &line.caller.task, &address));
  g_assert_nonnull (pl_tls_get_facts (&line.caller.stream));

  g_assert_cmpint (fixture_send (&line.caller, "ping", 4, &moved), ==, PL_IO_DONE);
  g_assert_cmpint (fixture_receive (fixture, &line.host, bytes, sizeof bytes, &moved), ==,
                   PL_IO_DONE);
  g_assert_cmpmem (bytes, moved, "ping", 4);
  g_assert_cmpint (fixture_send (&line.host, "pong", 4, &moved), ==, PL_IO_DONE);
  g_assert_cmpint (fixture_receive (fixture, &line.caller, bytes, sizeof bytes, &moved), ==,
                   PL_IO_DONE);
  g_assert_cmpmem (bytes, moved, "pong", 4);
  line_close (&line);
}

static void
test_wrong_name (Fixture *fixture, gconstpointer platform)
{
  Line line;

  line_open (&line, fixture, "DNS:localhost,IP:127.0.0.2", FAR_MS);
  line_accept (&line);
  pl_tls_begin_server (&line.host.stream, line.server, &line.buffers, NULL);
  FIXTURE_WAIT (fixture, is_decided (&line, TRUE));
  g_assert_cmpint (pl_dial_get_state (line.dial), ==, PL_DIAL_UNTRUSTED);
  g_assert_cmpint (pl_dial_get_failure (line.dial), ==, PL_TLS_FAILURE_NAME);
  line_close (&line);
}

static void
test_answers_in_clear (Fixture *fixture, gconstpointer platform)
{
  gsize sent;
  Line line;

  line_open (&line, fixture, RIGHT, FAR_MS);
  line_accept (&line);
  g_assert_cmpint (fixture_send (&line.host, "HTTP/1.1 400 Bad Request\r\n\r\n", 28, &sent), ==,
                   PL_IO_DONE);
  FIXTURE_WAIT (fixture, is_decided (&line, FALSE));
  g_assert_cmpint (pl_dial_get_state (line.dial), ==, PL_DIAL_NO_TLS);
  line_close (&line);
}

static void
test_silent_handshake_times_out (Fixture *fixture, gconstpointer platform)
{
  Line line;

  line_open (&line, fixture, RIGHT, 100);
  line_accept (&line);
  FIXTURE_WAIT (fixture, is_decided (&line, FALSE));
  g_assert_cmpint (pl_dial_get_state (line.dial), ==, PL_DIAL_TIMED_OUT);
  line_close (&line);
}

static void
test_given_up_in_the_handshake (Fixture *fixture, gconstpointer platform)
{
  Line line;

  line_open (&line, fixture, RIGHT, FAR_MS);
  line_accept (&line);
  fixture_run_for (fixture, 30);
  g_clear_pointer (&line.dial, pl_dial_free);
  fixture_run_for (fixture, 30);
  g_assert_cmpuint (line.caller.n_runs, ==, 0);
  line_close (&line);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("dial-tls", "connects", test_connects);
  fixture_add_test ("dial-tls", "wrong-name", test_wrong_name);
  fixture_add_test ("dial-tls", "answers-in-clear", test_answers_in_clear);
  fixture_add_test ("dial-tls", "silent-handshake-times-out", test_silent_handshake_times_out);
  fixture_add_test ("dial-tls", "given-up-in-the-handshake", test_given_up_in_the_handshake);
  return g_test_run ();
}
