/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a worker does with all of its sessions. */

#pragma once

#include "net/client/session.h"

/** PlSessionJudge: why @session must end; %PL_CLOSE_NONE: it may stay. */
typedef PlCloseReason (*PlSessionJudge) (const PlSession *session, gconstpointer user_data);

/** pl_sessions_end: ends all at once, with what runs on them, whose records say @reason. */
void pl_sessions_end (PlSessions *sessions, PlCloseReason reason);

/** pl_sessions_judge: ends what runs that @judge_exchange has a reason for, and then, as
 * pl_sessions_end() does, those sessions that @judge has one for. */
void pl_sessions_judge (PlSessions *sessions,
                        PlExchangeJudge judge_exchange,
                        PlSessionJudge judge,
                        gconstpointer user_data);

/** pl_sessions_drain: the program ends: see pl_session_drain(). */
void pl_sessions_drain (PlSessions *sessions);

/** pl_sessions_retire: see pl_session_retire(). @encrypted_alone: those within TLS. */
void pl_sessions_retire (PlSessions *sessions, gboolean encrypted_alone);

/** pl_sessions_close_idle: closes up to @n_most that are between requests, those that came first
 * before others. One that is new is about to have its first request, and stays. */
void pl_sessions_close_idle (PlSessions *sessions, guint n_most);
