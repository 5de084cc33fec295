/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What lines are written to: files, pipes, sockets, terminals. Plain descriptors: what is opened
 * for appending takes a line whole even when two programs write the same file. */

#pragma once

#include <glib.h>

/** PL_DESCRIPTOR_STANDARD_OUTPUT, PL_DESCRIPTOR_STANDARD_ERROR: open from the start. */
#define PL_DESCRIPTOR_STANDARD_OUTPUT 1
#define PL_DESCRIPTOR_STANDARD_ERROR  2

/**
 * pl_descriptor_open:
 * @path: (type filename): appended to; made, for its owner and their group to read, if it is not
 *   there. One that names a descriptor of this process (`/dev/stderr`, `/dev/fd/3`,
 *   `/proc/self/fd/3`) is that, whatever it may be: a socket, as under systemd, cannot be opened.
 *
 * Returns: what pl_descriptor_close() takes, or -1 with errno; waits for nobody
 */
int pl_descriptor_open (const char *path);

/** pl_descriptor_find_standard: the number of the standard stream that @path is a name of, or -1.
 */
int pl_descriptor_find_standard (const char *path);

/** pl_descriptor_is_same: whether both lead to one place. */
gboolean pl_descriptor_is_same (int one, int other);

/**
 * pl_descriptor_write:
 *
 * Only for a thread that nobody waits for: it is held for as long as a terminal is paused or a pipe
 * is full, unless the descriptor was opened by pl_descriptor_open(); then for @patience_ms at most.
 *
 * Returns: how many octets were taken; 0 with errno when none, EAGAIN when that was long enough
 */
gsize pl_descriptor_write (int descriptor, const char *bytes, gsize length, guint patience_ms);

void pl_descriptor_close (int descriptor);
