/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A clock that nobody sets. */

#pragma once

#include <glib.h>

/** pl_clock_get_us: microseconds since some moment. Where the system lets us know, those the
 * computer slept are among them, unlike those of g_get_monotonic_time(). */
gint64 pl_clock_get_us (void);
