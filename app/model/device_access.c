/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/model/device_access.h"

static gboolean
is_single (const PlNetwork *network)
{
  return network->prefix_bits == 8 * sizeof network->address.bytes;
}

PlDeviceAccess
pl_device_access_find (const PlTrust *turned_away, const PlAddress *address)
{
  guint n_networks;
  const PlNetwork *networks = pl_trust_get_networks (turned_away, &n_networks);
  PlDeviceAccess access = PL_DEVICE_LET_IN;

  for (guint i = 0; i < n_networks; i++)
    if (pl_network_contains (&networks[i], address))
      {
        if (is_single (&networks[i]))
          return PL_DEVICE_TURNED_AWAY;
        access = PL_DEVICE_TURNED_AWAY_WITH_NETWORK;
      }
  return access;
}

GArray *
pl_device_access_dup_single (const PlTrust *turned_away)
{
  guint n_networks;
  const PlNetwork *networks = pl_trust_get_networks (turned_away, &n_networks);
  GArray *single = g_array_new (FALSE, FALSE, sizeof (PlAddress));

  for (guint i = 0; i < n_networks; i++)
    if (is_single (&networks[i]))
      g_array_append_val (single, networks[i].address);
  return single;
}
