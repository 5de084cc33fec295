/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/client/visit.h"

static void
ended_cb (gpointer user_data)
{
  ((Visit *) user_data)->n_ended++;
}

static void
run_nothing (PlTask *task)
{
}

/* A client connects and a session begins. */
static void
connect_client (Visit *visit)
{
  Fixture *fixture = visit->house.fixture;
  PlAddress address, peer;
  PlHandle listening = fixture_listen (fixture, &address), accepted, handle;
  PlTask task = { .run = run_nothing };
  PlSocket listener = { 0 };
  int io_error;

  g_assert_true (pl_socket_open (&listener, fixture->reactor, listening, &task, 0));
  handle = fixture->platform->connect (&address, &io_error);
  visit->client.task.run = run_nothing;
  g_assert_true (pl_stream_open_plain (&visit->client.stream, fixture->reactor, handle,
                                       &visit->client.task, 0));
  FIXTURE_WAIT (fixture, (pl_socket_want (&visit->client.stream.socket, PL_READY_WRITE),
                          pl_socket_has (&visit->client.stream.socket, PL_READY_WRITE)));
  FIXTURE_WAIT (fixture, (pl_socket_want (&listener, PL_READY_READ),
                          fixture->platform->accept (&listener, &accepted, &peer))
                             == PL_IO_DONE);
  pl_socket_close (&listener, FALSE);
  pl_reactor_cancel (fixture->reactor, &task);
  pl_arrival_begin (&visit->sessions, accepted, &peer);
}

void
visit_open (Visit *visit, Fixture *fixture)
{
  *visit = (Visit){ 0 };
  house_open (&visit->house, fixture);
  visit->sessions.supplies = &visit->house.supplies;
  visit->sessions.on_ended = ended_cb;
  visit->sessions.user_data = visit;
  connect_client (visit);
}

void
visit_close (Visit *visit)
{
  while (!g_queue_is_empty (&visit->sessions.list))
    pl_session_end (g_queue_peek_head (&visit->sessions.list), PL_CLOSE_SHUTTING_DOWN);
  fixture_close (visit->house.fixture, &visit->client);
  house_close (&visit->house);
}
