/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The access log: every finished exchange, for other programs to read. It is opened, changed and
 * closed as the settings ask for, and honest about its gaps. */

#pragma once

#include "app/log/format.h"
#include "app/log/output.h"
#include "app/settings/settings.h"

typedef struct _PlAccessLog PlAccessLog;

/** pl_access_log_new: (transfer full): no log yet; @report is told of trouble. */
PlAccessLog *pl_access_log_new (PlOutputReportFunc report, gpointer user_data);
void pl_access_log_free (PlAccessLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAccessLog, pl_access_log_free)

/**
 * pl_access_log_apply:
 * @settings_path: (type filename): where @settings are stored
 *
 * Opens what `access-log` and `format` ask for, and closes what they do not. A log that stays the
 * same is opened anew, as rotation needs it.
 *
 * Returns: %FALSE with @error when it cannot be opened; all stays as it was
 */
gboolean pl_access_log_apply (PlAccessLog *log,
                              const PlSettings *settings,
                              const char *settings_path,
                              GError **error);

/** pl_access_log_is_standard_output: whether the log has standard output for itself. */
gboolean pl_access_log_is_standard_output (const PlAccessLog *log);

/** pl_access_log_is_failing: whether the log it has is in trouble that is not over. */
gboolean pl_access_log_is_failing (const PlAccessLog *log);

/** pl_access_log_add: as #PlRecordsFunc. */
void pl_access_log_add (PlAccessLog *log, GPtrArray *records, guint64 n_dropped);
