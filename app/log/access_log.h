/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The access log: every finished exchange, for other programs to read. */

#pragma once

#include "app/log/format.h"
#include "app/log/output.h"

typedef struct _PlAccessLog PlAccessLog;

/** pl_access_log_new: (transfer full): @output is taken over. */
PlAccessLog *pl_access_log_new (PlOutput *output, PlLogFormat format);
void pl_access_log_free (PlAccessLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAccessLog, pl_access_log_free)

/** pl_access_log_add: writes the finished ones of @records (element-type PlRecord), together. */
void pl_access_log_add (PlAccessLog *log, GPtrArray *records);

/** pl_access_log_is_failing: as pl_output_is_failing(). */
gboolean pl_access_log_is_failing (const PlAccessLog *log);

/** pl_access_log_reopen: as pl_output_reopen(). */
void pl_access_log_reopen (PlAccessLog *log);
