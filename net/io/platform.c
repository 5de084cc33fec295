/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/io/platform.h"

const PlPlatform *
pl_platform_get_default (void)
{
#ifdef __linux__
  if (g_strcmp0 (g_getenv ("PORCHLIGHT_REACTOR"), "generic") != 0)
    return &pl_platform_epoll;
#endif
  return &pl_platform_generic;
}

gsize
pl_platform_get_total_size (const GOutputVector *vectors, guint n_vectors)
{
  gsize total = 0;

  for (guint i = 0; i < n_vectors; i++)
    total += vectors[i].size;
  return total;
}
