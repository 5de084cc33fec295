/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An Immich that was found, to be chosen. */

#pragma once

#include <gtk/gtk.h>

#include "app/finder/finding.h"

#define PL_TYPE_FINDING_ROW (pl_finding_row_get_type ())
G_DECLARE_FINAL_TYPE (PlFindingRow, pl_finding_row, PL, FINDING_ROW, GtkListBoxRow)

GtkWidget *pl_finding_row_new (PlFinding *finding);

/** pl_finding_row_new_present: for the Immich in use now, which need not have been found. */
GtkWidget *pl_finding_row_new_present (const char *words, const char *addresses);

/** pl_finding_row_get_finding: (transfer none) (nullable): %NULL: the one in use now. */
PlFinding *pl_finding_row_get_finding (PlFindingRow *row);
