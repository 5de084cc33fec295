/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a health check amounts to: the one list, for the checks, the choice of an address, and all
 * who say it in words. */

#pragma once

#include <glib.h>

/**
 * PlEndpointHealth: what is known of an endpoint.
 * @PL_HEALTH_UNKNOWN: not asked yet, or not asked at all
 * @PL_HEALTH_WELL: it answered as it should
 * @PL_HEALTH_MAINTENANCE: it is an Immich that its administrator has put into maintenance mode: it
 *   shows its own page about that, by which alone the mode can be ended, so requests go there
 * @PL_HEALTH_LOOP: what is sent there comes back to this program, or goes round in a ring behind it
 * @PL_HEALTH_NOT_WELL: it does not answer, or not as it should
 */
typedef enum
{
  PL_HEALTH_UNKNOWN,
  PL_HEALTH_WELL,
  PL_HEALTH_MAINTENANCE,
  PL_HEALTH_LOOP,
  PL_HEALTH_NOT_WELL,
} PlEndpointHealth;

/** pl_health_is_usable: whether requests may go to such an endpoint before others are tried. */
static inline gboolean
pl_health_is_usable (PlEndpointHealth health)
{
  switch (health)
    {
    case PL_HEALTH_UNKNOWN:
    case PL_HEALTH_WELL:
    case PL_HEALTH_MAINTENANCE:
      return TRUE;
    case PL_HEALTH_LOOP:
    case PL_HEALTH_NOT_WELL:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}
