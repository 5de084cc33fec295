/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/io/platform.h"

const PlPlatform *
pl_platform_get_default (void)
{
  const char *name = g_getenv ("PORCHLIGHT_REACTOR");

  for (guint i = 0; name != NULL && pl_platforms[i] != NULL; i++)
    if (g_str_equal (pl_platforms[i]->name, name))
      return pl_platforms[i];
  return pl_platforms[0];
}

gsize
pl_platform_get_total_size (const GOutputVector *vectors, guint n_vectors)
{
  gsize total = 0;

  for (guint i = 0; i < n_vectors; i++)
    total += vectors[i].size;
  return total;
}
