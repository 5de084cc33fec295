/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the time of an exchange went. */

#pragma once

#include "net/proxy/proxy.h"

/**
 * PlTiming: the parts of an exchange's time, one after another; their sum is all of it.
 * @connect_us: until there was a connection to Immich
 * @upload_us: from then until all of the request had gone on to Immich, or until Immich answered
 *   without waiting for that: a slow device or line, not a slow Immich
 * @wait_us: from then until the answer began
 * @transfer_us: from then until the end, or until now
 */
typedef struct
{
  gint64 connect_us;
  gint64 upload_us;
  gint64 wait_us;
  gint64 transfer_us;
} PlTiming;

/** pl_timing_of: @duration_us: how long it has taken: as in @record, or until now while it runs. */
PlTiming pl_timing_of (const PlRecord *record, gint64 duration_us);
