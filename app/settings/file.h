/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that must not be lost, and that nobody else is to read. */

#pragma once

#include <gio/gio.h>

/**
 * pl_file_write:
 *
 * Writes @path whole or not at all; folders that are missing are made. A new one is for its owner
 * alone to read; one that was there keeps its owner and its rights, and a symbolic link stays one.
 * Where no new file can take its place, it is written over. Waits for the disk.
 */
gboolean pl_file_write (const char *path, const char *data, gsize length, GError **error);
