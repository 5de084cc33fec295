/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tray's pictures, for those who draw them in another process. */

#pragma once

#include "app/model/lamp.h"

/** pl_tray_icons_dup_name: (transfer full): what the picture for @lamp is called in an icon theme.
 */
char *pl_tray_icons_dup_name (PlLamp lamp);

/**
 * pl_tray_icons_dup_folder: (transfer full) (type filename):
 *
 * Writes the pictures to a folder that lasts as long as the user's session.
 *
 * Returns: the folder, or %NULL with @error when it cannot be written
 */
char *pl_tray_icons_dup_folder (GError **error);
