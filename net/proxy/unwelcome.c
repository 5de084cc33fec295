/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/proxy/unwelcome.h"

#include "net/client/all_sessions.h"

/* What runs was judged by what held then. Who comes through a proxy is cut off alone: others have
 * uploads running there, too. */
static PlCloseReason
judge_exchange (const PlExchange *exchange, gconstpointer user_data)
{
  const PlConfig *config = user_data;

  if (pl_exchange_is_turned_away_by (exchange, config->door))
    return PL_CLOSE_DEVICE_TURNED_AWAY;
  if (pl_exchange_sees_less_by (exchange, config->door, config->home))
    return PL_CLOSE_NOT_ADMITTED;
  return PL_CLOSE_NONE;
}

/* This computer is not turned away by its own network address either. */
static PlCloseReason
judge (const PlSession *session, gconstpointer user_data)
{
  const PlAddress *client = &session->address;
  const PlConfig *config = user_data;

  if (pl_config_lets_stay (config, client)
      || (pl_config_admits (config, client)
          && pl_socket_comes_from_here (&session->stream.socket, client)))
    return PL_CLOSE_NONE;
  return PL_CLOSE_NOT_ADMITTED;
}

void
pl_sessions_end_unwelcome (PlSessions *sessions, const PlConfig *config)
{
  pl_sessions_judge (sessions, judge_exchange, judge, config);
}
