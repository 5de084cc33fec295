/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/exchange/turned_away.h"

static PlTurnedAway *
find (PlTurnedAwayList *list, const PlAddress *address)
{
  for (guint i = 0; i < list->n_places; i++)
    if (pl_address_is_same_host (&list->places[i].address, address))
      return &list->places[i];
  return NULL;
}

static PlTurnedAway *
find_quietest (PlTurnedAwayList *list)
{
  PlTurnedAway *quietest = &list->places[0];

  for (guint i = 1; i < list->n_places; i++)
    if (list->places[i].last_us < quietest->last_us)
      quietest = &list->places[i];
  return quietest;
}

static PlTurnedAway *
take_place (PlTurnedAwayList *list, const PlAddress *address)
{
  PlTurnedAway *place = list->n_places < PL_TURNED_AWAY_PLACES ? &list->places[list->n_places++]
                                                               : find_quietest (list);

  *place = (PlTurnedAway){ .address = *address };
  place->address.port = 0;
  return place;
}

void
pl_turned_away_add (PlTurnedAwayList *list,
                    const PlAddress *address,
                    guint64 n_connections,
                    gint64 last_us)
{
  PlTurnedAway *place = find (list, address);

  if (place == NULL)
    place = take_place (list, address);
  place->n_connections += n_connections;
  place->last_us = MAX (place->last_us, last_us);
  list->n_connections += n_connections;
}

void
pl_turned_away_add_all (PlTurnedAwayList *list, const PlTurnedAwayList *more)
{
  guint64 n_forgotten = more->n_connections;

  for (guint i = 0; i < more->n_places; i++)
    {
      const PlTurnedAway *place = &more->places[i];

      pl_turned_away_add (list, &place->address, place->n_connections, place->last_us);
      n_forgotten -= place->n_connections;
    }
  list->n_connections += n_forgotten;
}
