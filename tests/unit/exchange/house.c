/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/exchange/house.h"

#include <string.h>

static void
records_cb (GPtrArray *records, guint64 n_dropped, gpointer user_data)
{
  House *house = user_data;

  for (guint i = 0; i < records->len; i++)
    if (((PlRecord *) records->pdata[i])->state == PL_RECORD_FINISHED)
      g_ptr_array_add (house->records, pl_record_ref (records->pdata[i]));
    else
      house->n_running++;
}

static void
reclaim_cb (gpointer user_data)
{
  ((House *) user_data)->n_reclaimed++;
}

static void
run_nothing (PlTask *task)
{
}

static void
open_upstream (House *house)
{
  g_autoptr (GError) error = NULL;
  PlAddress address;
  PlHandle handle = fixture_listen (house->fixture, &address);

  house->listener_task.run = run_nothing;
  g_assert_true (
      pl_socket_open (&house->listener, house->fixture->reactor, handle, &house->listener_task, 0));
  pl_upstream_config_init (&house->upstream, "immich");
  pl_upstream_config_add (&house->upstream, "127.0.0.1", address.port, &error);
  g_assert_no_error (error);
}

static void
make_rules (House *house)
{
  g_autoptr (GError) error = NULL;
  PlSnapshotSource source = { 0 };

  house->routes = pl_route_table_new ();
  pl_route_table_add (house->routes, "all", NULL, "/", FALSE, 0, &error);
  g_assert_no_error (error);
  house->trusted = pl_trust_new ();
  source.routes = house->routes;
  source.trusted = house->trusted;
  source.upstreams = &house->upstream;
  source.n_upstreams = 1;
  house->supplies.snapshot = pl_snapshot_new (&source, NULL);
}

void
house_open (House *house, Fixture *fixture)
{
  *house = (House){ .fixture = fixture, .limits = *pl_limits_get () };
  house->records = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_record_unref);
  pl_supplies_init (&house->supplies, 0);
  house->supplies.limits = &house->limits;
  house->supplies.reactor = fixture->reactor;
  house->supplies.resolver = pl_resolver_new (1000);
  house->supplies.outbox = pl_outbox_new (records_cb, house);
  house->supplies.reclaim_descriptors = reclaim_cb;
  house->supplies.user_data = house;
  open_upstream (house);
  make_rules (house);
}

void
house_shut (House *house)
{
  pl_socket_close (&house->listener, FALSE);
  pl_reactor_cancel (house->fixture->reactor, &house->listener_task);
}

void
house_close (House *house)
{
  house_shut (house);
  pl_supplies_clear (&house->supplies);
  pl_resolver_free (house->supplies.resolver);
  pl_outbox_free (house->supplies.outbox);
  pl_upstream_config_clear (&house->upstream);
  pl_route_table_free (house->routes);
  pl_trust_free (house->trusted);
  g_ptr_array_unref (house->records);
}

PlEndpoint *
house_get_endpoint (House *house)
{
  return house->supplies.snapshot->upstreams[0].endpoints[0];
}

static PlIo
try_accept (House *house, PlHandle *handle)
{
  PlAddress peer;

  pl_socket_want (&house->listener, PL_READY_READ);
  return house->fixture->platform->accept (&house->listener, handle, &peer);
}

void
house_accept (House *house, PeerEnd *end)
{
  PlHandle handle;

  FIXTURE_WAIT (house->fixture, try_accept (house, &handle) == PL_IO_DONE);
  *end = (PeerEnd){ .task.run = run_nothing };
  g_assert_true (pl_stream_open_plain (&end->stream, house->fixture->reactor, handle, &end->task,
                                       PL_READY_READ | PL_READY_WRITE));
}

const PlRecord *
house_await_record (House *house, guint n)
{
  FIXTURE_WAIT (house->fixture, house->records->len >= n);
  g_assert_cmpuint (house->records->len, ==, n);
  return house->records->pdata[n - 1];
}

void
house_send (PeerEnd *end, const char *text)
{
  gsize sent;

  g_assert_cmpint (fixture_send (end, text, strlen (text), &sent), ==, PL_IO_DONE);
  g_assert_cmpuint (sent, ==, strlen (text));
}

char *
house_read (House *house, PeerEnd *end, const char *until)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char bytes[4096];
  gsize received;

  while (until == NULL || strstr (text->str, until) == NULL)
    {
      if (fixture_receive (house->fixture, end, bytes, sizeof bytes, &received) != PL_IO_DONE)
        break;
      g_string_append_len (text, bytes, received);
    }
  if (until != NULL && strstr (text->str, until) == NULL)
    g_error ("“%s” never came, but: %s", until, text->str);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
