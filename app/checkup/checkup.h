/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The doctor: looks at the whole way from a device to Immich, through the proxy itself. A
 * #GListModel of #PlCheckItem, which are always all there, in their order. */

#pragma once

#include <gio/gio.h>

#include "app/checkup/check_item.h"
#include "app/checkup/site.h"

#define PL_TYPE_CHECKUP (pl_checkup_get_type ())
G_DECLARE_FINAL_TYPE (PlCheckup, pl_checkup, PL, CHECKUP, GObject)

/**
 * PlCheckup properties, all read-only:
 *
 * - `running` (boolean)
 * - `progress` (double): 0 to 1
 * - `summary` (string): `7 pass · 1 to look at · 1 wrong`, of what there is; empty
 *   before the first run
 */

PlCheckup *pl_checkup_new (void);

/** pl_checkup_start: @site: (transfer full). Ends a check-up that is under way. One takes seconds,
 * and changes nothing anywhere. */
void pl_checkup_start (PlCheckup *checkup, PlCheckSite *site);

/** pl_checkup_cancel: what was not done yet is left out. */
void pl_checkup_cancel (PlCheckup *checkup);

gboolean pl_checkup_get_running (PlCheckup *checkup);
double pl_checkup_get_progress (PlCheckup *checkup);

/** pl_checkup_count: how many items are in @state. */
guint pl_checkup_count (PlCheckup *checkup, PlCheckState state);

char *pl_checkup_dup_summary (PlCheckup *checkup);

/** pl_checkup_dup_report: (transfer full): all of it as text, fit to be shown to others: secrets
 * and public addresses are masked. */
char *pl_checkup_dup_report (PlCheckup *checkup);
