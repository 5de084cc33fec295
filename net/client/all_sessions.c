/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each of these may free a session that it comes to, and no other. */

#include "net/client/all_sessions.h"

#include "net/io/tls.h"

void
pl_sessions_end (PlSessions *sessions, PlCloseReason reason)
{
  PlSession *session;

  while ((session = g_queue_peek_head (&sessions->list)) != NULL)
    pl_session_end (session, reason);
}

void
pl_sessions_judge (PlSessions *sessions,
                   PlExchangeJudge judge_exchange,
                   PlSessionJudge judge,
                   gconstpointer user_data)
{
  GList *next;

  for (GList *link = sessions->list.head; link != NULL; link = next)
    {
      PlSession *session = link->data;
      PlCloseReason reason;

      next = link->next;
      if (!pl_session_judge (session, judge_exchange, user_data)
          && (reason = judge (session, user_data)) != PL_CLOSE_NONE)
        pl_session_end (session, reason);
    }
}

void
pl_sessions_drain (PlSessions *sessions)
{
  GList *next;

  for (GList *link = sessions->list.head; link != NULL; link = next)
    {
      next = link->next;
      pl_session_drain (link->data);
    }
}

void
pl_sessions_retire (PlSessions *sessions, gboolean encrypted_alone)
{
  for (GList *link = sessions->list.head; link != NULL; link = link->next)
    {
      PlSession *session = link->data;

      if (!encrypted_alone || pl_tls_get_facts (&session->stream) != NULL)
        pl_session_retire (session);
    }
}

void
pl_sessions_close_idle (PlSessions *sessions, guint n_most)
{
  guint n_left = n_most;
  GList *next;

  for (GList *link = sessions->list.head; link != NULL && n_left > 0; link = next)
    {
      PlSession *session = link->data;

      next = link->next;
      if (session->has_served && pl_session_close_if_idle (session))
        n_left--;
    }
}
