/* SPDX-License-Identifier: GPL-3.0-or-later */

/* g_date_time_new_from_unix_local() looks at /etc/localtime each time, by several system calls:
 * too much for every line of a log. */

#include "app/model/local_time.h"

static gpointer
new_zone (gpointer data)
{
  return g_time_zone_new_local ();
}

GDateTime *
pl_local_time_new (gint64 wall_us)
{
  static GOnce once = G_ONCE_INIT;
  GTimeZone *zone = g_once (&once, new_zone, NULL);
  g_autoptr (GDateTime) universal = g_date_time_new_from_unix_utc (wall_us / G_USEC_PER_SEC);

  return g_date_time_to_timezone (universal, zone);
}
