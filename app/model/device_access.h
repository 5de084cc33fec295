/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a device is let in where others are. */

#pragma once

#include "net/proxy/proxy.h"

/**
 * PlDeviceAccess:
 * @PL_DEVICE_LET_IN: it comes in where others do
 * @PL_DEVICE_TURNED_AWAY: until it is let in again
 * @PL_DEVICE_TURNED_AWAY_WITH_NETWORK: as one of a network that the settings name
 */
typedef enum
{
  PL_DEVICE_LET_IN,
  PL_DEVICE_TURNED_AWAY,
  PL_DEVICE_TURNED_AWAY_WITH_NETWORK,
} PlDeviceAccess;

/** pl_device_access_find: of a device at @address, which is not this computer's. */
PlDeviceAccess pl_device_access_find (const PlTrust *turned_away, const PlAddress *address);

/** pl_device_access_dup_single: (transfer full) (element-type PlAddress): who was turned away
 * alone, not with a network. */
GArray *pl_device_access_dup_single (const PlTrust *turned_away);
