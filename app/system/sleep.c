/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/sleep.h"

#include <string.h>

PlSleep
pl_sleep_from_desktop (const char *action, int timeout_s)
{
  gboolean sleeps = timeout_s > 0
                    && (strcmp (action, "suspend") == 0 || strcmp (action, "hibernate") == 0
                        || strcmp (action, "shutdown") == 0);

  return (PlSleep){ TRUE, sleeps, sleeps ? timeout_s : 0 };
}

PlSleep
pl_sleep_from_login (const char *action, guint64 after_us)
{
  gboolean sleeps = strcmp (action, "ignore") != 0 && strcmp (action, "lock") != 0;

  return (PlSleep){ TRUE, sleeps, sleeps ? after_us / G_USEC_PER_SEC : 0 };
}
