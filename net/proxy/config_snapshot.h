/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a configuration, which all workers share, to what one of them works by. */

#pragma once

#include "net/exchange/snapshot.h"
#include "net/proxy/config.h"

/** pl_config_new_snapshot: (transfer full): @before: (nullable): the one in force until now, whose
 * connections to upstreams are taken over. */
PlSnapshot *pl_config_new_snapshot (PlConfig *config, const PlSnapshot *before);
