/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that must not be lost, and that nobody else is to read. */

#pragma once

#include <gio/gio.h>

/**
 * pl_file_write:
 *
 * Writes @path whole or not at all, readable by its owner alone; folders that are missing are made.
 * A symbolic link stays one: what it points at is replaced. Waits for the disk.
 */
gboolean pl_file_write (const char *path, const char *data, gsize length, GError **error);
