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

/* By an address of its own network: whoever guesses there sits before it. Asked where somebody
 * would wait or be counted alone, since a program that has an API key tries with every request. */
static gboolean
is_this_computer (const PlExchange *exchange)
{
  return exchange->circle == PL_CIRCLE_HOME && pl_exchange_comes_from_here (exchange);
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
  guint wait_s;

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
  wait_s = pl_guard_begin (exchange->supplies->guard, &exchange->login,
                           exchange->supplies->reactor->now_us);
  exchange->is_tried = wait_s == 0;
  if (exchange->is_tried || is_this_computer (exchange))
    return PL_CLOSE_NONE;
  exchange->retry_after_s = wait_s;
  return PL_CLOSE_LOGIN_MUST_WAIT;
}

static void
end_try (PlExchange *exchange, PlLoginOutcome outcome)
{
  if (exchange->is_tried && outcome == PL_LOGIN_FAILED && is_this_computer (exchange))
    outcome = PL_LOGIN_UNKNOWN;
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
