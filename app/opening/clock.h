/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The two clocks an opening is held to: what people read, and what nobody sets. */

#pragma once

#include <glib.h>

/**
 * PlOpeningClock:
 * @get_wall_us: microseconds since 1970
 * @get_steady_us: those since some moment, with the ones the computer slept; see app/system/clock.h
 */
typedef struct
{
  gint64 (*get_wall_us) (void);
  gint64 (*get_steady_us) (void);
} PlOpeningClock;

/** pl_opening_clock: the system's. */
extern const PlOpeningClock pl_opening_clock;
