/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/places.h"

#include <string.h>

/* Published: 2283 at all times; 3001 by who publishes the server itself; 8080 is that of the proxy
 * old versions brought along. */
static const guint16 near_ports[] = { 2283, 3001, 8080 };
static const guint16 network_ports[] = { 2283, 3001 };

/* Containers are numbered from the bridge's own address up, in the order they start. */
#define CONTAINERS_ASKED 15

#define DOCKER_GATEWAY 0xac110001

#define WIDEST_MASK 0xffffff00

PlPlace *
pl_place_new (PlPlaceKind kind, const char *host, guint16 port)
{
  PlPlace *place = g_new (PlPlace, 1);

  *place = (PlPlace){ kind, g_strdup (host), port };
  return place;
}

void
pl_place_free (PlPlace *place)
{
  g_free (place->host);
  g_free (place);
}

char *
pl_place_dup_url (const PlPlace *place)
{
  return g_strdup_printf (strchr (place->host, ':') != NULL ? "http://[%s]:%u" : "http://%s:%u",
                          place->host, place->port);
}

static void
add_host (GPtrArray *places, PlPlaceKind kind, const char *host, guint16 but_port)
{
  for (guint i = 0; i < G_N_ELEMENTS (near_ports); i++)
    if (near_ports[i] != but_port)
      g_ptr_array_add (places, pl_place_new (kind, host, near_ports[i]));
}

static void
add_ipv4 (GPtrArray *places, PlPlaceKind kind, guint32 address, guint16 but_port)
{
  g_autofree char *host = pl_ipv4_dup_text (address);

  add_host (places, kind, host, but_port);
}

static void
add_bridge (GPtrArray *places, const PlInterface *bridge, guint16 own_port)
{
  guint32 last = bridge->address | ~bridge->mask;

  add_ipv4 (places, PL_PLACE_COMPUTER, bridge->address, own_port);
  for (guint i = 1; i <= CONTAINERS_ASKED && bridge->address + i < last; i++)
    add_ipv4 (places, PL_PLACE_CONTAINER, bridge->address + i, 0);
}

GPtrArray *
pl_places_new_near (const GArray *interfaces, guint16 own_port)
{
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_place_free);
  gboolean has_gateway = FALSE;

  add_host (places, PL_PLACE_COMPUTER, "127.0.0.1", own_port);
  add_host (places, PL_PLACE_COMPUTER, "::1", own_port);
  for (guint i = 0; i < interfaces->len; i++)
    {
      const PlInterface *interface = &g_array_index (interfaces, PlInterface, i);
      if (interface->kind != PL_INTERFACE_BRIDGE)
        continue;
      add_bridge (places, interface, own_port);
      has_gateway |= interface->address == DOCKER_GATEWAY;
    }
  /* Not a bridge of ours: then this may be a container itself, and that the computer around it. */
  if (!has_gateway)
    add_ipv4 (places, PL_PLACE_NETWORK, DOCKER_GATEWAY, 0);
  return places;
}

static void
add_neighbours (GPtrArray *places, const PlInterface *interface)
{
  guint32 mask = interface->mask | WIDEST_MASK;
  guint32 first = interface->address & mask;
  guint32 last = first | ~mask;

  for (guint i = 0; i < G_N_ELEMENTS (network_ports); i++)
    for (guint64 address = (guint64) first + 1; address < last; address++)
      {
        g_autofree char *host = pl_ipv4_dup_text (address);
        if (address != interface->address)
          g_ptr_array_add (places, pl_place_new (PL_PLACE_NETWORK, host, network_ports[i]));
      }
}

GPtrArray *
pl_places_new_network (const GArray *interfaces)
{
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_place_free);

  for (guint i = 0; i < interfaces->len; i++)
    {
      const PlInterface *interface = &g_array_index (interfaces, PlInterface, i);
      if (interface->kind == PL_INTERFACE_NETWORK && pl_interface_is_private (interface))
        add_neighbours (places, interface);
    }
  return places;
}
