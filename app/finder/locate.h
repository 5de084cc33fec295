/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A probe that goes on to the other part of an old Immich, so that both are known. */

#pragma once

#include "app/finder/probe.h"

/**
 * pl_locate_async:
 *
 * As pl_probe_async(). Where only the server or the web part of an Immich is found, the other one
 * is looked for at the same computer, at the port it has by itself: 3001 and 3000.
 */
void pl_locate_async (SoupSession *session,
                      const char *url,
                      guint timeout_ms,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);

/** pl_locate_finish: (transfer full): %NULL only with %G_IO_ERROR_CANCELLED. */
PlProbe *pl_locate_finish (GAsyncResult *result, GError **error);
