/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses of Immich that can be seen to lead back to this program before anything is sent. Those
 * that have a health check are told of by that. */

#pragma once

#include "net/proxy/proxy.h"

/** pl_loops_say: tells of each on standard error. */
void pl_loops_say (const PlConfig *config);
