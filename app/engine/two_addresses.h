/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of all addresses that can be typed, the two that a phone needs which goes in and out. */

#pragma once

#include "net/proxy/proxy.h"

/** pl_two_addresses_get_home: (transfer none) (nullable): the best of @addresses that leads here
 * within one's own network whatever the router does; %NULL: none is known to. */
const char *pl_two_addresses_get_home (const char *const *addresses);

/** pl_two_addresses_get_outside: (transfer none) (nullable): the best of @addresses that leads here
 * from elsewhere, too, and by which an app can log in; %NULL: there is none. @world: what the
 * internet may see, where @exposure lets it in. */
const char *
pl_two_addresses_get_outside (const char *const *addresses, PlExposure exposure, PlDoorRule world);
