/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the networks go with sleep and come with waking, and that is told: see
 * app/system/network_watch.c. */

#include "app/system/waking.h"

PlWaking *
pl_waking_watch (GSourceFunc func, gpointer user_data)
{
  return NULL;
}

void
pl_waking_free (PlWaking *waking)
{
}
