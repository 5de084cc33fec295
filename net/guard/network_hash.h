/* SPDX-License-Identifier: GPL-3.0-or-later */

/* By what networks are found in tables that strangers fill. */

#pragma once

#include "net/route/address.h"

/** pl_network_hash: of the beginning of @network and of how much of it counts. Seeded anew by each
 * run of the program: which networks collide is not to be known outside. */
guint pl_network_hash (const PlNetwork *network);
