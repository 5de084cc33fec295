/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/io/fixture.h"

#define TICK_MS 20

/* What was cancelled says so in a turn or two, and holds the context until it has. */
#define LAST_TURNS 8

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* GLib opens descriptors of its own when first needed, and keeps them: not a leak. */
static void
keep_what_glib_keeps (void)
{
  g_main_context_default ();
  g_type_ensure (G_TYPE_TASK);
}

static void
set_up (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (GError) error = NULL;

  fixture_prepare_system ();
  keep_what_glib_keeps ();
  fixture->n_descriptors = fixture_count_descriptors ();
  fixture->platform = platform;
  fixture->context = g_main_context_new ();
  g_main_context_push_thread_default (fixture->context);
  fixture->reactor = pl_reactor_new (fixture->context, platform, &error);
  g_assert_no_error (error);
  fixture->tick = g_timeout_source_new (TICK_MS);
  g_source_set_callback (fixture->tick, tick_cb, NULL, NULL);
  g_source_attach (fixture->tick, fixture->context);
}

static void
tear_down (Fixture *fixture, gconstpointer platform)
{
  g_source_destroy (fixture->tick);
  g_source_unref (fixture->tick);
  for (guint i = 0; i < LAST_TURNS; i++)
    g_main_context_iteration (fixture->context, FALSE);
  pl_reactor_free (fixture->reactor);
  g_main_context_pop_thread_default (fixture->context);
  g_main_context_unref (fixture->context);
  g_assert_cmpuint (fixture_count_descriptors (), ==, fixture->n_descriptors);
}

void
fixture_add_test_on (const PlPlatform *platform,
                     const char *suite,
                     const char *name,
                     FixtureFunc func)
{
  g_autofree char *path = g_strdup_printf ("/io/%s/%s/%s", suite, platform->name, name);

  g_test_add (path, Fixture, platform, set_up, func, tear_down);
}

void
fixture_add_test (const char *suite, const char *name, FixtureFunc func)
{
  for (guint i = 0; pl_platforms[i] != NULL; i++)
    fixture_add_test_on (pl_platforms[i], suite, name, func);
}

int
fixture_run_tests (int argc,
                   char *argv[],
                   const char *suite,
                   const FixtureTest *tests,
                   guint n_tests)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n_tests; i++)
    fixture_add_test (suite, tests[i].name, tests[i].func);
  return g_test_run ();
}

void
fixture_turn (Fixture *fixture)
{
  fixture->n_turns++;
  g_main_context_iteration (fixture->context, TRUE);
}

void
fixture_run_for (Fixture *fixture, guint duration_ms)
{
  gint64 end_us = g_get_monotonic_time () + duration_ms * 1000;

  while (g_get_monotonic_time () < end_us)
    fixture_turn (fixture);
}

PlAddress
fixture_address (gboolean is_ipv4, guint16 port)
{
  PlAddress address;

  g_assert_true (pl_address_parse (is_ipv4 ? PL_SLICE ("127.0.0.1") : PL_SLICE ("::1"), &address));
  address.port = port;
  return address;
}

gboolean
fixture_has_ipv6 (Fixture *fixture)
{
  PlAddress address = fixture_address (FALSE, 0);
  PlHandle handle = fixture->platform->listen (&address, FALSE, NULL);

  if (handle == PL_HANDLE_NONE)
    return FALSE;
  fixture->platform->close_handle (handle);
  return TRUE;
}

PlHandle
fixture_listen (Fixture *fixture, PlAddress *address)
{
  g_autoptr (GError) error = NULL;
  PlAddress any_port = fixture_address (TRUE, 0);
  PlHandle handle = fixture->platform->listen (&any_port, FALSE, &error);

  g_assert_no_error (error);
  g_assert_true (fixture->platform->get_local_address (handle, address));
  return handle;
}

static void
peer_end_run (PlTask *task)
{
  ((PeerEnd *) task)->n_runs++;
}

static void
open_end (Fixture *fixture, PeerEnd *end, PlHandle handle)
{
  end->task.run = peer_end_run;
  g_assert_true (pl_stream_open_plain (&end->stream, fixture->reactor, handle, &end->task, 0));
  pl_socket_want (&end->stream.socket, PL_READY_WRITE);
  FIXTURE_WAIT (fixture, pl_socket_has (&end->stream.socket, PL_READY_WRITE));
  pl_socket_want (&end->stream.socket, 0);
  pl_reactor_cancel (fixture->reactor, &end->task);
  end->n_runs = 0;
}

void
fixture_connect (Fixture *fixture, PeerEnd *one, PeerEnd *other)
{
  PlAddress address, peer;
  PlSocket listener = { 0 };
  PlTask task = { .run = peer_end_run };
  PlHandle handle = fixture_listen (fixture, &address), accepted;
  int io_error;

  g_assert_true (pl_socket_open (&listener, fixture->reactor, handle, &task, 0));
  open_end (fixture, one, fixture->platform->connect (&address, &io_error));
  g_assert_cmpint (fixture->platform->get_connect_error (&one->stream.socket), ==, -1);
  g_assert_cmpint (fixture->platform->accept (&listener, &accepted, &peer), ==, PL_IO_DONE);
  g_assert_true (pl_address_is_loopback (&peer));
  open_end (fixture, other, accepted);
  pl_socket_close (&listener, FALSE);
  pl_reactor_cancel (fixture->reactor, &task);
}

void
fixture_close (Fixture *fixture, PeerEnd *end)
{
  pl_stream_close (&end->stream, FALSE);
  pl_reactor_cancel (fixture->reactor, &end->task);
}

PlIo
fixture_receive (Fixture *fixture, PeerEnd *end, char *bytes, gsize capacity, gsize *received)
{
  PlIo io;

  FIXTURE_WAIT (fixture, (pl_socket_want (&end->stream.socket, PL_READY_READ),
                          io = pl_stream_receive (&end->stream, bytes, capacity, received))
                             != PL_IO_BLOCKED);
  return io;
}

PlIo
fixture_send (PeerEnd *end, const char *bytes, gsize length, gsize *sent)
{
  GOutputVector vector = { bytes, length };

  return pl_stream_send (&end->stream, &vector, 1, FALSE, sent);
}

/* A prime, so that no power of two of octets lost or doubled goes unseen. */
static char
get_filling (gsize offset)
{
  return (char) (offset % 251);
}

void
fixture_fill (char *bytes, gsize length, gsize offset)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = get_filling (offset + i);
}

void
fixture_assert_filled (const char *bytes, gsize length, gsize offset)
{
  for (gsize i = 0; i < length; i++)
    if (bytes[i] != get_filling (offset + i))
      g_error ("octet %" G_GSIZE_FORMAT " is wrong", offset + i);
}
