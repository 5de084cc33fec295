/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A peer that has vanished without a word: its computer lost power or its network, so neither an
 * end nor a reset ever comes, and what is sent stays unacknowledged. Linux tells how long that has
 * been so when it is asked; other systems are told beforehand when to give such a connection up,
 * which then breaks (%PL_IO_BROKEN) by itself. One file for each kind of system. */

#pragma once

#include <glib.h>

/** PL_VANISHED_LIMIT_S: when a system that must be told beforehand is to give up. */
#define PL_VANISHED_LIMIT_S 5

/** pl_vanished_limit: what was sent on @fd is to be acknowledged within @limit_s; nothing on
 * systems where pl_vanished_is_seen() tells. */
void pl_vanished_limit (int fd, guint limit_s);

/**
 * pl_vanished_is_seen:
 * @fd: a connected TCP socket, on which nothing was sent for @for_ms
 *
 * Whether something is unacknowledged and not a segment has come for @for_ms. A peer that thinks,
 * or takes nothing more for now, acknowledges, and so has not vanished.
 */
gboolean pl_vanished_is_seen (int fd, guint for_ms);
