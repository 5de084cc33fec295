/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The logs the settings ask for: an access log, if one is wanted, and the live one, unless the
 * access log has taken standard output. */

#pragma once

#include "app/log/output.h"
#include "app/settings/settings.h"
#include "net/proxy/proxy.h"

typedef struct _PlLogs PlLogs;

/** pl_logs_new: (transfer full): no log yet; @report is told of trouble. What the live log has on
 * the terminal makes room for what is said. */
PlLogs *pl_logs_new (PlOutputReportFunc report, gpointer user_data);
void pl_logs_free (PlLogs *logs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlLogs, pl_logs_free)

/**
 * pl_logs_apply:
 * @path: (type filename): where @settings are stored
 *
 * Opens what @settings ask for; an access log that stays the same is opened anew, as rotation needs
 * it.
 *
 * Returns: %FALSE with @error when the access log cannot be opened; the logs stay as they were
 */
gboolean pl_logs_apply (PlLogs *logs, const PlSettings *settings, const char *path, GError **error);

/** pl_logs_add: as #PlRecordsFunc. */
void pl_logs_add (PlLogs *logs, GPtrArray *records, guint64 n_dropped);

/** pl_logs_resize: the terminal may have another width now. */
void pl_logs_resize (PlLogs *logs);
