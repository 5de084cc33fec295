/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/io/platform.h"

static gboolean
is_available (const PlPlatform *platform)
{
  return platform->is_available == NULL || platform->is_available ();
}

static const PlPlatform *
find (const char *name)
{
  for (guint i = 0; pl_platforms[i] != NULL; i++)
    if ((name == NULL || g_str_equal (pl_platforms[i]->name, name))
        && is_available (pl_platforms[i]))
      return pl_platforms[i];
  return NULL;
}

/* The last of the list, the generic one, is always available. */
const PlPlatform *
pl_platform_get_default (void)
{
  const PlPlatform *named = find (g_getenv ("PORCHLIGHT_REACTOR"));

  return named != NULL ? named : find (NULL);
}

gsize
pl_platform_get_total_size (const GOutputVector *vectors, guint n_vectors)
{
  gsize total = 0;

  for (guint i = 0; i < n_vectors; i++)
    total += vectors[i].size;
  return total;
}
