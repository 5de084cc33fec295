/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/arrival/arrival.h"

#include "net/client/farewell.h"
#include "net/client/arrival/first_octets.h"
#include "net/client/arrival/handshake.h"
#include "net/client/http1/session.h"
#include "net/client/http2/session.h"

const char *const pl_arrival_protocols[] = { PL_HTTP2_NAME, "http/1.1", NULL };

/* Nothing that HTTP could say would be understood. */
static void
turn_tls_away (PlSession *session)
{
  GOutputVector alert = { pl_first_octets_get_tls_alert (), PL_TLS_ALERT_BYTES };
  gsize sent;

  pl_session_leave_record (session, PL_CLOSE_TLS_SPOKEN);
  (void) pl_stream_send (&session->stream, &alert, 1, FALSE, &sent); /* fits: it is the first */
  pl_farewell_begin (session);
}

static void
wait_for_more (PlSession *session)
{
  if (!session->head_has_begun)
    pl_deadline_set (&session->deadline, session->supplies->reactor,
                     session->supplies->limits->request_head_timeout_ms);
  session->head_has_begun = TRUE;
  pl_reactor_queue (session->supplies->reactor, &session->task);
}

/* Without encryption only programs of this computer speak it, which know what is spoken here. For
 * others it is what a request of an unknown version is. */
static void
tell_http_apart (PlSession *session)
{
  switch (pl_address_is_loopback (&session->address) ? pl_first_octets_look_for_http2 (
              pl_buffer_get_data (session->input), pl_buffer_get_length (session->input))
                                                     : PL_FIRST_OCTETS_OTHER)
    {
    case PL_FIRST_OCTETS_OTHER:
      pl_http1_begin (session);
      return;
    case PL_FIRST_OCTETS_HTTP2:
      pl_http2_begin (session);
      return;
    case PL_FIRST_OCTETS_TOO_FEW:
      wait_for_more (session);
      return;
    }
  g_return_if_reached ();
}

static void
hand_over (PlSession *session)
{
  if (!pl_first_octets_are_tls (pl_buffer_get_data (session->input),
                                pl_buffer_get_length (session->input)))
    tell_http_apart (session);
  else if (session->supplies->snapshot->tls != NULL)
    pl_handshake_begin (session);
  else
    turn_tls_away (session);
}

static void
wait_for_octets (PlSession *session)
{
  if (session->supplies->is_draining)
    {
      pl_session_close (session, FALSE);
      return;
    }
  if (!pl_deadline_is_set (&session->deadline))
    pl_deadline_set (&session->deadline, session->supplies->reactor,
                     session->supplies->limits->keep_alive_timeout_ms);
  pl_socket_want (&session->stream.socket, PL_READY_READ);
}

static void
advance (PlSession *session)
{
  PlIo io = session->deadline.passed ? PL_IO_END : pl_session_receive (session);

  switch (io)
    {
    case PL_IO_DONE:
      hand_over (session);
      return;
    case PL_IO_BLOCKED:
      wait_for_octets (session);
      return;
    case PL_IO_END:
    case PL_IO_BROKEN:
      pl_session_close (session, io == PL_IO_BROKEN);
      return;
    }
  g_return_if_reached ();
}

static gboolean
is_idle (const PlSession *session)
{
  return session->input == NULL && !pl_socket_has (&session->stream.socket, PL_READY_READ);
}

static void
drain (PlSession *session)
{
  pl_session_close_if_idle (session);
}

static const PlSessionFuncs funcs = {
  .advance = advance,
  .drain = drain,
  .is_idle = is_idle,
};

void
pl_arrival_begin (PlSessions *sessions, PlHandle handle, const PlAddress *address)
{
  (void) pl_session_new (sessions, handle, address, &funcs);
}
