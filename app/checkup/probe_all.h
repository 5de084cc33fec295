/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Probes of several addresses at once. */

#pragma once

#include "app/finder/probe.h"

/** pl_probe_all_async: @urls: %NULL-terminated, at least one; @timeout_ms: for each question. */
void pl_probe_all_async (SoupSession *session,
                         const char *const *urls,
                         guint timeout_ms,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/** pl_probe_all_finish: (transfer container) (element-type PlProbe): in the order of the
 * addresses; %NULL only with %G_IO_ERROR_CANCELLED. */
GPtrArray *pl_probe_all_finish (GAsyncResult *result, GError **error);
