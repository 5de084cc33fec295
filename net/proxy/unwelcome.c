/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/proxy/unwelcome.h"

#include "net/client/all_sessions.h"

/* This computer is not turned away by its own network address either. */
static gboolean
may_connect (const PlSession *session, const PlConfig *config)
{
  const PlAddress *client = &session->address;

  return pl_config_lets_stay (config, client)
         || (pl_config_admits (config, client)
             && pl_socket_comes_from_here (&session->stream.socket, client));
}

static gboolean
is_turned_away (const PlExchange *exchange, gconstpointer config)
{
  return pl_exchange_is_turned_away_by (exchange, ((const PlConfig *) config)->door);
}

static gboolean
sees_less (const PlExchange *exchange, gconstpointer user_data)
{
  const PlConfig *config = user_data;

  return pl_exchange_sees_less_by (exchange, config->door, config->home);
}

/* What runs was judged by what held then. Who comes through a proxy is cut off alone: others have
 * uploads running there, too. */
static PlCloseReason
judge (const PlSession *session, gconstpointer config)
{
  if (pl_session_has (session, is_turned_away, config))
    return PL_CLOSE_DEVICE_TURNED_AWAY;
  if (!may_connect (session, config) || pl_session_has (session, sees_less, config))
    return PL_CLOSE_NOT_ADMITTED;
  return PL_CLOSE_NONE;
}

void
pl_sessions_end_unwelcome (PlSessions *sessions, const PlConfig *config)
{
  pl_sessions_judge (sessions, judge, config);
}
