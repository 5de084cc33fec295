/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/exchange/admission.h"

#include "net/exchange/exchange_state.h"
#include "net/route/forwarded.h"

static gboolean
is_at_home (const PlExchange *exchange, const PlAddress *address)
{
  return pl_exposure_admits (PL_EXPOSURE_NETWORK, exchange->snapshot->home, address);
}

static gboolean
only_reads (const PlHead *head)
{
  return pl_slice_equal (head->method, PL_SLICE ("GET"))
         || pl_slice_equal (head->method, PL_SLICE ("HEAD"));
}

static PlCloseReason
judge_method (const PlHead *head)
{
  return only_reads (head) ? PL_CLOSE_NONE : PL_CLOSE_METHOD_REFUSED;
}

/* Somebody in between speaks for others, and is not to be believed whom: a tunnel on this computer,
 * say, through which all the world comes. It need not say whom it speaks for: any field that only a
 * proxy sends shows that there is one. */
static gboolean
is_by_unknown_proxy (const PlExchange *exchange)
{
  return pl_forwarded_is_forwarded (exchange->head)
         && !pl_trust_contains (exchange->snapshot->trusted, &exchange->client->address);
}

static PlForwardedInput
get_way (const PlExchange *exchange)
{
  return (PlForwardedInput){
    .client = &exchange->client->address,
    .trusted = exchange->snapshot->trusted,
    .head = exchange->head,
    .is_tls = exchange->client->tls != NULL,
  };
}

static PlCircle
find_circle (const PlExchange *exchange)
{
  PlForwardedInput way = get_way (exchange);

  return pl_forwarded_find_circle (&way, exchange->snapshot->home);
}

gboolean
pl_exchange_comes_from_here (const PlExchange *exchange)
{
  const PlClient *client = exchange->client;

  return pl_address_is_same_host (&exchange->record->client, &client->address)
         && pl_socket_comes_from_here (client->socket, &client->address);
}

/* This computer is in its own network, too, and is itself by that address as by 127.0.0.1. */
static PlCircle
tell_computer_from_home (const PlExchange *exchange, const PlDoor *door, PlCircle circle)
{
  if (circle == PL_CIRCLE_HOME && door != NULL
      && pl_door_get_rule (door, PL_CIRCLE_HOME) != pl_door_get_rule (door, PL_CIRCLE_COMPUTER)
      && pl_exchange_comes_from_here (exchange))
    return PL_CIRCLE_COMPUTER;
  return circle;
}

/* A page is what somebody opens in a browser. */
static gboolean
asks_for_page (const PlExchange *exchange)
{
  return exchange->wants_html && exchange->request_body.kind == PL_BODY_NONE
         && only_reads (exchange->head);
}

/* The same address but encrypted, which is on the same port. */
static char *
dup_encrypted_address (const PlAsked *asked)
{
  const PlTarget *target = &asked->target;

  return g_strdup_printf ("https://%.*s%.*s%s%.*s", (int) asked->authority.length,
                          asked->authority.bytes, (int) target->path.length, target->path.bytes,
                          target->has_query ? "?" : "", (int) target->query.length,
                          target->has_query ? target->query.bytes : "");
}

/* Whoever came by our own TLS, or to a trusted proxy by its, is not asked. */
static PlCloseReason
judge_plain (PlExchange *exchange, const PlAsked *asked)
{
  PlForwardedInput way = get_way (exchange);

  if (exchange->snapshot->tls == NULL || pl_forwarded_is_encrypted (&way))
    return PL_CLOSE_NONE;
  switch (pl_plain_decide (exchange->snapshot->plain,
                           is_at_home (exchange, &exchange->record->client),
                           asks_for_page (exchange) && asked->authority.length > 0))
    {
    case PL_PLAIN_VERDICT_SERVE:
      return PL_CLOSE_NONE;
    case PL_PLAIN_VERDICT_SEND_ON:
      exchange->location = dup_encrypted_address (asked);
      return PL_CLOSE_PLAIN_SENT_ON;
    case PL_PLAIN_VERDICT_REFUSE:
      return PL_CLOSE_PLAIN_REFUSED;
    }
  g_return_val_if_reached (PL_CLOSE_PLAIN_REFUSED);
}

/* Whoever it was is of the world by no address, but because nobody is named. */
static gboolean
is_by_silent_proxy (const PlExchange *exchange)
{
  const PlTrust *home = exchange->snapshot->home;

  return pl_circle_find (&exchange->client->address, home) != PL_CIRCLE_WORLD
         && pl_circle_find (&exchange->record->client, home) != PL_CIRCLE_WORLD;
}

static PlCloseReason
explain_not_shared (const PlExchange *exchange)
{
  if (is_by_unknown_proxy (exchange))
    return PL_CLOSE_PROXY_NOT_TRUSTED;
  return exchange->circle == PL_CIRCLE_WORLD && is_by_silent_proxy (exchange)
             ? PL_CLOSE_PROXY_NAMES_NOBODY
             : PL_CLOSE_NOT_SHARED;
}

static PlCloseReason
judge_at_door (PlExchange *exchange, const PlAsked *asked)
{
  const PlDoor *door = exchange->snapshot->door;
  PlDoorVerdict verdict;

  exchange->circle = tell_computer_from_home (exchange, door, find_circle (exchange));
  verdict = pl_door_judge (door, exchange->circle, exchange->head->method, &asked->target);
  exchange->is_guest = verdict != PL_DOOR_OPEN;
  switch (verdict)
    {
    case PL_DOOR_OPEN:
    case PL_DOOR_GUEST:
      return PL_CLOSE_NONE;
    case PL_DOOR_NOT_SHARED:
      return explain_not_shared (exchange);
    case PL_DOOR_NO_LINK:
      return PL_CLOSE_SHARE_LINK_MISSING;
    case PL_DOOR_UNCLEAR:
      return PL_CLOSE_SHARE_ADDRESS_UNCLEAR;
    case PL_DOOR_LOGIN:
      return PL_CLOSE_SHARE_WITH_LOGIN;
    case PL_DOOR_UPLOAD:
      return PL_CLOSE_SHARE_UPLOAD_REFUSED;
    }
  g_return_val_if_reached (PL_CLOSE_NOT_SHARED);
}

/* There is no such page of ours for them. Who may see links alone is told of it what is said of all
 * else: nothing shows that there is more to find. */
static PlCloseReason
refuse_own_page (PlExchange *exchange, const PlAsked *asked)
{
  PlCloseReason reason = judge_at_door (exchange, asked);

  return reason != PL_CLOSE_NONE ? reason : PL_CLOSE_NO_ROUTE;
}

/* Our pages tell of this house, and are for those who live there: for others there is nothing. */
static PlCloseReason
find_own_page (PlExchange *exchange, const PlAsked *asked)
{
  const PlHead *head = exchange->head;

  if (find_circle (exchange) != PL_CIRCLE_WORLD)
    exchange->own_page = pl_own_pages_find (exchange->snapshot->own_pages, asked->target.path,
                                            pl_head_get_value (head, PL_FIELD_USER_AGENT),
                                            pl_head_get_value (head, PL_FIELD_ACCEPT_LANGUAGE));
  if (exchange->own_page == NULL)
    return refuse_own_page (exchange, asked);
  return judge_method (head);
}

/* Whether one of our pages is asked for, or would be if it were there; @reason: (out): as of
 * prepare(), where it is. */
static gboolean
asks_for_own_page (PlExchange *exchange, const PlAsked *asked, PlCloseReason *reason)
{
  const PlOwnPages *pages = exchange->snapshot->own_pages;

  if (pages == NULL)
    return FALSE;
  exchange->own_page = pl_own_pages_find_open (pages, asked->target.path);
  if (exchange->own_page != NULL)
    *reason = judge_method (exchange->head);
  else if (pl_own_pages_is_own (asked->target.path))
    *reason = find_own_page (exchange, asked);
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_too_fast (const PlExchange *exchange)
{
  PlSupplies *supplies = exchange->supplies;

  return exchange->circle == PL_CIRCLE_WORLD && supplies->pace != NULL
         && pl_snapshot_limits (exchange->snapshot, &exchange->record->client)
         && !pl_pace_ask (supplies->pace, &exchange->record->client, supplies->reactor->now_us);
}

static gboolean
turns_away (const PlExchange *exchange, const PlDoor *door, const PlAddress *address)
{
  const PlClient *client = exchange->client;

  return pl_door_turns_away (door, address)
         && !(pl_address_is_same_host (address, &client->address)
              && pl_socket_comes_from_here (client->socket, address));
}

/* Also one who speaks for others: whoever it names, it is the one who asks. */
gboolean
pl_exchange_is_turned_away_by (const PlExchange *exchange, const PlDoor *door)
{
  return door != NULL && exchange->record != NULL
         && (turns_away (exchange, door, &exchange->record->client)
             || turns_away (exchange, door, &exchange->client->address));
}

PlCloseReason
pl_exchange_admit (PlExchange *exchange, const PlAsked *asked)
{
  PlCloseReason reason;

  if (pl_exchange_is_turned_away_by (exchange, exchange->snapshot->door))
    return PL_CLOSE_DEVICE_TURNED_AWAY;
  if (asks_for_own_page (exchange, asked, &reason)
      || (reason = judge_at_door (exchange, asked)) != PL_CLOSE_NONE
      || (reason = judge_plain (exchange, asked)) != PL_CLOSE_NONE)
    return reason;
  return is_too_fast (exchange) ? PL_CLOSE_STRANGER_TOO_FAST : PL_CLOSE_NONE;
}

/* What came by a proxy that was not believed stays of the world: its head is gone. Who is refused,
 * or reads a page of ours, sees nothing of Immich. */
gboolean
pl_exchange_sees_less_by (const PlExchange *exchange, const PlDoor *door, const PlTrust *home)
{
  PlCircle circle = exchange->circle;

  if (exchange->upstream == NULL || exchange->snapshot->door == NULL)
    return FALSE;
  if (circle != PL_CIRCLE_WORLD)
    circle = MAX (pl_circle_find (&exchange->client->address, home),
                  pl_circle_find (&exchange->record->client, home));
  return pl_door_get_rule (door, tell_computer_from_home (exchange, door, circle))
         > pl_door_get_rule (exchange->snapshot->door, exchange->circle);
}
