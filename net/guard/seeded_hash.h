/* SPDX-License-Identifier: GPL-3.0-or-later */

/* By what is found again what strangers have sent. Seeded anew by each run of the program: what
 * collides is not to be known outside. */

#pragma once

#include "net/http/slice.h"
#include "net/route/address.h"

guint32 pl_seeded_hash (PlSlice octets);

/** pl_seeded_hash_network: of where @network begins, and of how much of that counts. */
guint32 pl_seeded_hash_network (const PlNetwork *network);
