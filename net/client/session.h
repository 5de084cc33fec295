/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client's connection, whatever is spoken on it. It owns the stream and what was read of it and
 * not used; who speaks on it is a table of functions and something of its own, and may change: an
 * arrival finds out which protocol the client speaks, that protocol goes on, and at the end stands
 * a farewell. */

#pragma once

#include "net/client/sessions.h"
#include "net/exchange/exchange.h"

typedef struct _PlSession PlSession;

/** PlExchangeJudge: why @exchange must end; %PL_CLOSE_NONE: it may go on. */
typedef PlCloseReason (*PlExchangeJudge) (const PlExchange *exchange, gconstpointer user_data);

/**
 * PlSessionFuncs:
 * @advance: does what can be done without waiting; may close the session. Run when what the socket
 * or the deadline was asked for has come
 * @end: (nullable): ends what runs at once; its records say @reason. The session is closed after
 * that. %NULL: there is nothing that a record could tell of
 * @drain: (nullable): the program ends: closes the session if nothing runs; what runs may finish, a
 * tunnel does not. %NULL: what it does is short
 * @retire: (nullable): what runs is finished, a tunnel too, and then the client is to come on
 * another connection, without losing what it may just send. %NULL: it is too late for that, or too
 * early: who speaks next is to look at @is_retiring
 * @is_idle: (nullable): nothing was received that is not answered, and nothing runs. %NULL: never
 * so
 * @judge: (nullable): see pl_session_judge(). %NULL: nothing runs
 * @clear: (nullable): frees what @speaker has
 *
 * One protocol's way to speak, or what stands in for one at the begin and at the end.
 */
typedef struct
{
  void (*advance) (PlSession *session);
  void (*end) (PlSession *session, PlCloseReason reason);
  void (*drain) (PlSession *session);
  void (*retire) (PlSession *session);
  gboolean (*is_idle) (const PlSession *session);
  gboolean (*judge) (PlSession *session, PlExchangeJudge judge, gconstpointer user_data);
  void (*clear) (PlSession *session);
} PlSessionFuncs;

/**
 * PlSession:
 * @task: queued by the socket and by deadlines
 * @funcs, @speaker: who speaks
 * @supplies: what the worker lends; borrowed
 * @input: (nullable): octets of @stream that were read and not used; held only while there are some
 * @deadline: of whoever speaks
 * @address: who the client is
 * @connected_us: wall clock when it was taken in
 * @has_served: it had a request
 * @is_paced: it is counted among those of a stranger
 * @head_has_begun: @deadline is that of a head, and was set when its first octet came
 * @is_retiring: the client is to come on another connection, see pl_session_retire()
 */
struct _PlSession
{
  PlTask task;
  const PlSessionFuncs *funcs;
  gpointer speaker;
  PlSupplies *supplies;
  PlStream stream;
  PlBuffer *input;
  PlDeadline deadline;
  PlAddress address;
  gint64 connected_us;
  guint has_served : 1;
  guint head_has_begun : 1;
  guint is_paced : 1;
  guint is_retiring : 1;

  PlSessions *sessions; /* private from here on: what this is one of */
  GList link;
};

/* For those who keep sessions */

/** pl_session_end: ends it at once, with what runs; @reason goes into the record. Frees @session.
 */
void pl_session_end (PlSession *session, PlCloseReason reason);

/** pl_session_close_if_idle: closes one that is between requests. Returns: whether it was; @session
 * is then freed. */
gboolean pl_session_close_if_idle (PlSession *session);

/** pl_session_judge: ends at once what runs that @judge has a reason for, and nothing beside it.
 * Returns: whether @session had to end with it, and is freed. */
gboolean pl_session_judge (PlSession *session, PlExchangeJudge judge, gconstpointer user_data);

/** pl_session_drain: ends an idle session and a tunnel now, another after its exchange. May free
 * @session. */
void pl_session_drain (PlSession *session);

/** pl_session_retire: makes the client go over to a new connection when what runs is finished. */
void pl_session_retire (PlSession *session);

/* For those who speak */

/**
 * pl_session_new: (transfer none) (nullable):
 * @handle: (transfer full): taken in every case
 * @address: who the client is
 * @funcs: who speaks first; needs no @speaker
 *
 * A session in the list of @sessions, whose first turn is about to come. %NULL when the system
 * refused to watch its socket. It frees itself at its end.
 */
PlSession *pl_session_new (PlSessions *sessions,
                           PlHandle handle,
                           const PlAddress *address,
                           const PlSessionFuncs *funcs);

/**
 * pl_session_hand_over:
 * @funcs: who speaks from now on
 * @speaker: (transfer full) (nullable): what it needs for that; freed by its @clear
 *
 * What belonged to who spoke before is freed. Stream, input and deadline stay as they are.
 */
void pl_session_hand_over (PlSession *session, const PlSessionFuncs *funcs, gpointer speaker);

/** pl_session_receive: into the input, which grows as far as it can and goes back when nothing is
 * in it. */
PlIo pl_session_receive (PlSession *session);

/** pl_session_leave_record: for what came to no request: leaves a record that says @reason; not
 * more of them than the limits allow, so that a flood of such clients hides nobody else. */
void pl_session_leave_record (PlSession *session, PlCloseReason reason);

/** pl_session_close: closes the connection and frees @session. @abort: see pl_stream_close(). */
void pl_session_close (PlSession *session, gboolean abort);
