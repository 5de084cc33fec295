/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The access log that the settings ask for, if they ask for one: opened, changed and closed as they
 * change, and honest about its gaps. */

#pragma once

#include "app/log/access_log.h"
#include "app/settings/settings.h"

typedef struct _PlAccessKeeper PlAccessKeeper;

/** pl_access_keeper_new: (transfer full): no log yet; @report is told of trouble. */
PlAccessKeeper *pl_access_keeper_new (PlOutputReportFunc report, gpointer user_data);
void pl_access_keeper_free (PlAccessKeeper *keeper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAccessKeeper, pl_access_keeper_free)

/**
 * pl_access_keeper_apply:
 * @settings_path: (type filename): where @settings are stored
 *
 * Opens what `access-log` and `format` ask for, and closes what they do not. A log that stays the
 * same is opened anew, as rotation needs it.
 *
 * Returns: %FALSE with @error when it cannot be opened; all stays as it was
 */
gboolean pl_access_keeper_apply (PlAccessKeeper *keeper,
                                 const PlSettings *settings,
                                 const char *settings_path,
                                 GError **error);

/** pl_access_keeper_is_standard_output: whether the log has standard output for itself. */
gboolean pl_access_keeper_is_standard_output (const PlAccessKeeper *keeper);

/** pl_access_keeper_is_failing: whether the log it has is in trouble that is not over. */
gboolean pl_access_keeper_is_failing (const PlAccessKeeper *keeper);

/** pl_access_keeper_add: as #PlRecordsFunc. */
void pl_access_keeper_add (PlAccessKeeper *keeper, GPtrArray *records, guint64 n_dropped);
