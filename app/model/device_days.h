/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a device brought and took on each of the last days, by the clock on the wall of this
 * computer: days begin at its midnight. Whatever that clock does, there are never more. */

#pragma once

#include <glib.h>

/** PL_DEVICE_DAYS: of so many days something is known, today among them. */
#define PL_DEVICE_DAYS 7

/**
 * PlDeviceDay:
 * @day: see pl_local_time_get_day(); 0: none
 * @up_bytes, @down_bytes: from the device, and to it
 */
typedef struct
{
  guint32 day;
  guint64 up_bytes;
  guint64 down_bytes;
} PlDeviceDay;

/** PlDeviceDays: in no order; all zeros to begin with. */
typedef struct
{
  PlDeviceDay days[PL_DEVICE_DAYS];
} PlDeviceDays;

/** pl_device_days_add: @added: more of a day, which takes the place of one a week or weeks away. */
void pl_device_days_add (PlDeviceDays *days, const PlDeviceDay *added);

/** pl_device_days_add_all: all of @others. */
void pl_device_days_add_all (PlDeviceDays *days, const PlDeviceDays *others);

/** pl_device_days_sum: of the last @n_days, the last of which is @today; what a clock that was
 * ahead has dated after that is left out. */
PlDeviceDay pl_device_days_sum (const PlDeviceDays *days, guint32 today, guint n_days);

/** pl_device_days_dup_lines: (transfer full): one for each day there is, the first first, to be
 * kept in a file: `2026-11-27 1200 3400`; free with g_strfreev(). */
char **pl_device_days_dup_lines (const PlDeviceDays *days);

/** pl_device_days_add_line: adds what such a line says; one that says nothing is passed over. */
void pl_device_days_add_line (PlDeviceDays *days, const char *line);
