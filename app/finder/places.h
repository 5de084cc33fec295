/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where an Immich might be: the addresses that are worth asking, best first. */

#pragma once

#include "app/finder/interfaces.h"

typedef enum
{
  PL_PLACE_COMPUTER,  /* this one */
  PL_PLACE_CONTAINER, /* on this one */
  PL_PLACE_NETWORK,   /* another one of the user's */
} PlPlaceKind;

typedef struct
{
  PlPlaceKind kind;
  char *host;
  guint16 port;
} PlPlace;

/** pl_place_new: (transfer full). */
PlPlace *pl_place_new (PlPlaceKind kind, const char *host, guint16 port);
void pl_place_free (PlPlace *place);

/** pl_place_dup_url: (transfer full): `http://[::1]:2283`. */
char *pl_place_dup_url (const PlPlace *place);

/**
 * pl_places_new_near: (transfer full) (element-type PlPlace):
 * @interfaces: of pl_interfaces_read()
 * @own_port: where Porchlight itself listens; it is not to find itself
 *
 * This computer, over IPv4 and IPv6, which can lead to different programs where Docker publishes a
 * port; then Docker's bridges and the first containers on each.
 */
GPtrArray *pl_places_new_near (const GArray *interfaces, guint16 own_port);

/**
 * pl_places_new_network: (transfer full) (element-type PlPlace):
 *
 * All neighbours in the home networks of @interfaces, of each no more than the 254 nearest.
 */
GPtrArray *pl_places_new_network (const GArray *interfaces);
