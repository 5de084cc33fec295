/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client's HTTP/1.1 connection: reads heads, runs one exchange after another, and sees to it
 * that the last answer arrives before the connection is closed. */

#pragma once

#include "net/client/sessions.h"

typedef struct _PlSession PlSession;

/** pl_session_begin: a new client; @handle: (transfer full). The session frees itself at its end.
 */
void pl_session_begin (PlSessions *sessions, PlHandle handle, const PlAddress *client);

/** pl_session_get_client: (transfer none): who it is. */
const PlAddress *pl_session_get_client (const PlSession *session);

/** pl_session_end: ends it at once, with what runs; @reason goes into the record. Frees @session.
 */
void pl_session_end (PlSession *session, PlCloseReason reason);

/** pl_session_has_served: whether it had a request; one that is new is about to have its first. */
gboolean pl_session_has_served (const PlSession *session);

/** pl_session_close_if_idle: closes one that is between requests. Returns: whether it was; @session
 * is then freed. */
gboolean pl_session_close_if_idle (PlSession *session);

/** pl_session_drain: ends an idle session and a tunnel now, another after its exchange. May free
 * @session. */
void pl_session_drain (PlSession *session);
