/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FNV-1a, with a seed in place of its basis. */

#include "net/guard/network_hash.h"

#define FNV_PRIME 16777619u

static guint32
get_seed (void)
{
  static gsize seed = 0;

  if (g_once_init_enter (&seed))
    g_once_init_leave (&seed, (gsize) g_random_int () | 1);
  return (guint32) seed;
}

guint
pl_network_hash (const PlNetwork *network)
{
  guint32 hash = get_seed () ^ network->prefix_bits;

  for (guint i = 0; i < sizeof network->address.bytes; i++)
    hash = (hash ^ network->address.bytes[i]) * FNV_PRIME;
  return hash ^ hash >> 15;
}
