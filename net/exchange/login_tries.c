/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tries to log in, on their way: asked about before Immich sees one, and counted by what it says.
 * Requests that are none pay a look at what they ask for. */

#include "net/exchange/exchange_state.h"

/* What does not pass for guests is no try of theirs. */
static gboolean
is_taken_out (const PlExchange *exchange, PlLogin login)
{
  return exchange->is_guest && login == PL_LOGIN_KEY;
}

static gboolean
is_guarded (const PlExchange *exchange)
{
  return exchange->circle != PL_CIRCLE_COMPUTER && exchange->supplies->guard != NULL
         && exchange->snapshot->door != NULL && pl_door_guards (exchange->snapshot->door);
}

/* Of the address that is counted. A proxy that is not to be believed is at home, or on this
 * computer, and speaks for all the world: to lock it out would be to lock out everybody. */
static PlCircle
get_circle (const PlExchange *exchange)
{
  PlCircle circle = pl_circle_find (&exchange->record->client, exchange->snapshot->home);

  return MAX (circle, PL_CIRCLE_HOME);
}

PlCloseReason
pl_exchange_begin_login (PlExchange *exchange, const PlTarget *target)
{
  PlLogin login = pl_login_find (exchange->head, target);

  if (login == PL_LOGIN_NONE || is_taken_out (exchange, login))
    return PL_CLOSE_NONE;
  exchange->record->login = login;
  exchange->login = (PlTry){
    .login = login,
    .circle = get_circle (exchange),
    .address = exchange->record->client,
    .secret = login == PL_LOGIN_KEY ? pl_login_hash_key (exchange->head, target) : 0,
  };
  if (!is_guarded (exchange))
    return PL_CLOSE_NONE;
  exchange->retry_after_s = pl_guard_begin (exchange->supplies->guard, &exchange->login,
                                            exchange->supplies->reactor->now_us);
  exchange->is_tried = exchange->retry_after_s == 0;
  return exchange->is_tried ? PL_CLOSE_NONE : PL_CLOSE_LOGIN_MUST_WAIT;
}

static void
end_try (PlExchange *exchange, PlLoginOutcome outcome)
{
  if (exchange->is_tried)
    pl_guard_end (exchange->supplies->guard, &exchange->login, outcome,
                  exchange->supplies->reactor->now_us);
  exchange->is_tried = FALSE;
}

void
pl_exchange_note_login (PlExchange *exchange, guint status)
{
  PlLoginOutcome outcome = pl_login_judge (exchange->login.login, status);

  exchange->record->login_outcome = outcome;
  end_try (exchange, outcome);
}

void
pl_exchange_leave_login (PlExchange *exchange)
{
  end_try (exchange, PL_LOGIN_UNKNOWN);
}
