/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether there is a newer version of this program: asked when somebody wants to know, and no more
 * done about it than to say so. Whoever builds the program says where to ask and whose word counts
 * (-Dupdate-url, -Dupdate-key); without that it is not offered. */

#pragma once

#include <gio/gio.h>

#include "app/update/announcement.h"

/** pl_update_is_offered: whether there is somewhere to ask. */
gboolean pl_update_is_offered (void);

/** pl_update_look_async: fetches the announcement, and tells nobody more than that this version of
 * Porchlight asked. Ends within half a minute. */
void
pl_update_look_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/**
 * pl_update_look_finish:
 * @newer: (out) (transfer full) (nullable): what there is; %NULL: this version is the newest
 *
 * Returns: %FALSE with @error when it could not be found out: %G_IO_ERROR_CANCELLED,
 *   %G_IO_ERROR_NOT_SUPPORTED where nothing is offered, or what kept the answer from coming
 */
gboolean pl_update_look_finish (GAsyncResult *result, PlAnnouncement **newer, GError **error);
