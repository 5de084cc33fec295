/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/opening/clock.h"

#include "app/system/clock.h"

const PlOpeningClock pl_opening_clock = { g_get_real_time, pl_clock_get_us };
