/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/arrival/handshake.h"

#include "net/client/farewell.h"
#include "net/client/http1/session.h"
#include "net/client/http2/session.h"
#include "net/io/tls.h"

static PlCloseReason
get_reason (PlTlsFailure failure)
{
  switch (failure)
    {
    case PL_TLS_FAILURE_UNTRUSTED:
    case PL_TLS_FAILURE_NAME:
      return PL_CLOSE_TLS_UNTRUSTED;
    case PL_TLS_FAILURE_EXPIRED:
      return PL_CLOSE_TLS_EXPIRED;
    case PL_TLS_FAILURE_TOO_OLD:
      return PL_CLOSE_TLS_TOO_OLD;
    case PL_TLS_FAILURE_CLOSED:
      return PL_CLOSE_TLS_GONE;
    case PL_TLS_FAILURE_NONE:
    case PL_TLS_FAILURE_PROTOCOL:
    case PL_TLS_FAILURE_OTHER:
      return PL_CLOSE_TLS_FAILED;
    }
  g_return_val_if_reached (PL_CLOSE_TLS_FAILED);
}

/* What the client is to know of it was sent; it must not be overtaken by a reset. */
static void
give_up (PlSession *session)
{
  pl_session_leave_record (session, get_reason (pl_tls_get_failure (&session->stream)));
  pl_farewell_begin (session);
}

static void
time_out (PlSession *session)
{
  pl_session_leave_record (session, PL_CLOSE_TLS_TIMEOUT);
  pl_session_close (session, TRUE);
}

static void
hand_over (PlSession *session)
{
  const PlTlsFacts *facts = pl_tls_get_facts (&session->stream);

  pl_deadline_lift (&session->deadline);
  if (g_str_equal (facts->protocol, PL_TLS_CHALLENGE_PROTOCOL))
    pl_farewell_begin (session); /* the certificate was all there is to say (RFC 8737 §3) */
  else if (g_str_equal (facts->protocol, PL_HTTP2_NAME))
    pl_http2_begin (session);
  else
    pl_http1_begin (session);
}

static void
advance (PlSession *session)
{
  if (session->deadline.passed)
    {
      time_out (session);
      return;
    }
  switch (pl_tls_handshake (&session->stream))
    {
    case PL_IO_DONE:
      hand_over (session);
      return;
    case PL_IO_BLOCKED:
      pl_socket_want (&session->stream.socket, pl_tls_get_wants (&session->stream));
      return;
    case PL_IO_END: /* it has none of its own */
    case PL_IO_BROKEN:
      give_up (session);
      return;
    }
  g_return_if_reached ();
}

static void
drain (PlSession *session)
{
  pl_session_close (session, FALSE);
}

static const PlSessionFuncs funcs = {
  .advance = advance,
  .drain = drain,
};

void
pl_handshake_begin (PlSession *session)
{
  PlSupplies *supplies = session->supplies;

  pl_session_hand_over (session, &funcs, NULL);
  pl_tls_begin_server (&session->stream, supplies->snapshot->tls, &supplies->pools.buffers,
                       g_steal_pointer (&session->input));
  pl_deadline_set (&session->deadline, supplies->reactor,
                   supplies->limits->tls_handshake_timeout_ms);
  advance (session);
}
