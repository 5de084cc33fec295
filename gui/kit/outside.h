/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What other programs show: pages, files, folders. */

#pragma once

#include <gtk/gtk.h>

/** pl_outside_open_async: has the user's program for such things open @uri. */
void pl_outside_open_async (const char *uri, GAsyncReadyCallback callback, gpointer user_data);
/** pl_outside_open_finish: %FALSE with @error when nothing was opened. */
gboolean pl_outside_open_finish (GAsyncResult *result, GError **error);

/** pl_outside_show_async: shows @file among the others of its folder, selected if the user's
 * program for folders can do that. */
void pl_outside_show_async (GFile *file, GAsyncReadyCallback callback, gpointer user_data);
/** pl_outside_show_finish: %FALSE with @error when nothing was shown. */
gboolean pl_outside_show_finish (GAsyncResult *result, GError **error);
