/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A moment on the user's own clock. */

#pragma once

#include <glib.h>

/** pl_local_time_new: (transfer full): @wall_us (microseconds since the epoch), whole seconds of
 * it, in the zone the computer was in when this was first asked. */
GDateTime *pl_local_time_new (gint64 wall_us);

/** pl_local_time_is_same_day: whether both are on one day of the calendar. */
gboolean pl_local_time_is_same_day (GDateTime *a, GDateTime *b);

/** pl_local_time_dup_moment: (transfer full): @wall_us as it is said at @now_us: `14:02`, with its
 * day where that is another one: `26 Nov, 14:02`. */
char *pl_local_time_dup_moment (gint64 wall_us, gint64 now_us);

/** pl_local_time_get_day: the day @wall_us is in, in that zone, counted from a day long ago (as
 * g_date_get_julian()); for every record there is. Main thread only. */
guint32 pl_local_time_get_day (gint64 wall_us);

/** pl_local_time_dup_day: (transfer full): `Friday, 27 Nov 2026`, in the language of the program:
 * the system may not know how to say it in that. */
char *pl_local_time_dup_day (GDateTime *time);

/** pl_local_time_dup_short_day: (transfer full): `27 Nov`. */
char *pl_local_time_dup_short_day (GDateTime *time);
