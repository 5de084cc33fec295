/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FNV-1a, with a seed in place of its basis. */

#include "net/guard/seeded_hash.h"

#define FNV_PRIME 16777619u

static guint32
get_seed (void)
{
  static gsize seed = 0;

  if (g_once_init_enter (&seed))
    g_once_init_leave (&seed, (gsize) g_random_int () | 1);
  return (guint32) seed;
}

guint32
pl_seeded_hash (PlSlice octets)
{
  guint32 hash = get_seed ();

  for (gsize i = 0; i < octets.length; i++)
    hash = (hash ^ (guint8) octets.bytes[i]) * FNV_PRIME;
  return hash ^ hash >> 15;
}

guint32
pl_seeded_hash_network (const PlNetwork *network)
{
  const PlAddress *address = &network->address;

  return pl_seeded_hash (pl_slice ((const char *) address->bytes, sizeof address->bytes))
         ^ network->prefix_bits;
}
