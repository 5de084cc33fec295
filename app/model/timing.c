/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The moments of a record, each -1 where it never came, put into an order that leaves no part below
 * 0: what never came is as long as what was waited for. */

#include "app/model/timing.h"

static gint64
get_moment (gint64 moment_us, gint64 end_us)
{
  return moment_us >= 0 ? MIN (moment_us, end_us) : end_us;
}

PlTiming
pl_timing_of (const PlRecord *record, gint64 duration_us)
{
  gint64 end_us = MAX (duration_us, 0);
  gint64 connected_us = get_moment (record->connect_us, end_us);
  gint64 answered_us = MAX (get_moment (record->first_byte_us, end_us), connected_us);
  gint64 sent_us = MAX (get_moment (record->sent_us, answered_us), connected_us);

  return (PlTiming){
    .connect_us = connected_us,
    .upload_us = sent_us - connected_us,
    .wait_us = answered_us - sent_us,
    .transfer_us = end_us - answered_us,
  };
}
