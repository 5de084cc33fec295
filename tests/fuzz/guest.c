/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/fuzz/guest.h"

#include <string.h>

#include "net/io/reactor.h"

/* Nothing waits for time, so all is over after a few turns for each piece. */
#define MANY_TURNS 1000000

static PlSlice rest;
static gsize piece_bytes;
static gboolean has_ended;

/* A platform without a system */

static gboolean
start (PlReactor *reactor, GError **error)
{
  return TRUE;
}

static void
stop (PlReactor *reactor)
{
}

static guint
collect (PlReactor *reactor)
{
  return 0;
}

static gboolean
attach (PlSocket *socket, PlHandle handle)
{
  return TRUE;
}

static PlIo
receive (PlSocket *socket, char *bytes, gsize capacity, gsize *received)
{
  *received = MIN (MIN (capacity, piece_bytes), rest.length);
  if (*received == 0)
    return PL_IO_END;
  memcpy (bytes, rest.bytes, *received);
  rest = pl_slice_from (rest, *received);
  return PL_IO_DONE;
}

static PlIo
take (PlSocket *socket, const GOutputVector *vectors, guint n_vectors, gboolean more, gsize *sent)
{
  *sent = MIN (pl_platform_get_total_size (vectors, n_vectors), piece_bytes);
  return PL_IO_DONE;
}

static void
shut_write (PlSocket *socket)
{
}

static void
close_socket (PlSocket *socket, gboolean abort)
{
}

static const PlPlatform platform = {
  .name = "memory",
  .start = start,
  .stop = stop,
  .collect = collect,
  .attach = attach,
  .receive = receive,
  .send = take,
  .shut_write = shut_write,
  .close = close_socket,
};

/* The house */

static void
note_end (gpointer user_data)
{
  has_ended = TRUE;
}

static void
pass_records_over (GPtrArray *records, guint64 n_dropped, gpointer user_data)
{
}

/* Anew for each guest, so that what it leaves behind is a leak. */
static void
open_house (PlSupplies *supplies, const PlSnapshotSource *source, GMainContext *context)
{
  pl_supplies_init (supplies, 0);
  supplies->reactor = pl_reactor_new (context, &platform, NULL);
  supplies->outbox = pl_outbox_new (pass_records_over, NULL);
  supplies->snapshot = pl_snapshot_new (source, NULL);
}

static void
close_house (PlSupplies *supplies)
{
  pl_reactor_free (supplies->reactor);
  pl_outbox_free (supplies->outbox);
  pl_supplies_clear (supplies);
}

void
guest_visit (const Guest *guest, GuestBegin begin)
{
  static GMainContext *context;
  static PlRouteTable *routes;
  static PlTrust *trusted;
  PlSupplies supplies = { 0 };
  PlSessions sessions = { .supplies = &supplies, .on_ended = note_end };

  if (context == NULL)
    {
      context = g_main_context_new ();
      routes = pl_route_table_new ();
      trusted = pl_trust_new ();
    }
  open_house (&supplies,
              &(PlSnapshotSource){
                  .routes = routes, .trusted = trusted, .tls = guest->tls, .plain = guest->plain },
              context);
  rest = guest->octets;
  piece_bytes = guest->piece_bytes;
  has_ended = FALSE;
  begin (&sessions, PL_HANDLE_NONE, &guest->address);
  for (guint i = 0; i < MANY_TURNS && !has_ended; i++)
    g_main_context_iteration (context, FALSE);
  g_assert_true (has_ended);
  g_assert_true (g_queue_is_empty (&sessions.list));
  close_house (&supplies);
}
