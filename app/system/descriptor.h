/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What lines are written to: files, pipes, terminals. Plain descriptors: what is opened for
 * appending takes a line whole even when two programs write the same file. */

#pragma once

#include <glib.h>

/** PL_DESCRIPTOR_STANDARD_OUTPUT: open from the start; it is not to be closed. */
#define PL_DESCRIPTOR_STANDARD_OUTPUT 1

/** PlRoom: whether a descriptor that may block takes more. */
typedef enum
{
  PL_ROOM_THERE,
  PL_ROOM_NONE, /* its reader has left it full */
} PlRoom;

/** pl_descriptor_open: for appending to @path (type filename), which is made, for its owner and
 * their group to read, if it is not there. Waits for nobody. -1 with errno when it cannot be
 * opened. */
int pl_descriptor_open (const char *path);

/** pl_descriptor_may_block: a pipe, a socket or a terminal: somebody at the other end must read. */
gboolean pl_descriptor_may_block (int descriptor);

/** pl_descriptor_await_room: waits no longer than @patience_ms; pl_descriptor_write() then moves
 * something without waiting. */
PlRoom pl_descriptor_await_room (int descriptor, guint patience_ms);

/** pl_descriptor_write: how many octets were taken; 0 with errno when none. One that may block is
 * given no more than it has room for, after pl_descriptor_await_room(). */
gsize pl_descriptor_write (int descriptor, const char *bytes, gsize length, gboolean may_block);

void pl_descriptor_close (int descriptor);
