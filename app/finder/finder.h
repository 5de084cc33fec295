/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks for Immich at many places at once: a #GListModel of #PlFinding, best place first, which
 * grows while it looks. An Immich that is found under two addresses is in it once. */

#pragma once

#include <gio/gio.h>

#include "app/finder/finding.h"

#define PL_TYPE_FINDER (pl_finder_get_type ())
G_DECLARE_FINAL_TYPE (PlFinder, pl_finder, PL, FINDER, GObject)

/**
 * PlFinder properties, all read-only:
 *
 * - `running` (boolean)
 * - `progress` (double): 0 to 1
 * - `words` (string): how the search goes, or how it went
 */

PlFinder *pl_finder_new (void);

/**
 * pl_finder_start:
 * @places: (transfer full) (element-type PlPlace): what to ask, best first
 *
 * What was found before stays. Ends a search that is under way.
 */
void pl_finder_start (PlFinder *finder, GPtrArray *places);

/** pl_finder_cancel: what was found so far stays. */
void pl_finder_cancel (PlFinder *finder);

/** pl_finder_clear: forgets what was found. */
void pl_finder_clear (PlFinder *finder);

gboolean pl_finder_get_running (PlFinder *finder);
double pl_finder_get_progress (PlFinder *finder);
char *pl_finder_dup_words (PlFinder *finder);
