/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines on their way to a descriptor. A terminal that is paused, a pipe nobody reads and a disk
 * that does not answer all hold whoever writes to them; here that is a thread nobody waits for.
 * What is put while too much waits is lost, and counted. */

#pragma once

#include <gio/gio.h>

/** PL_SPOOL_MOST_BYTES: what may wait; the log of some seconds of a flood. */
#define PL_SPOOL_MOST_BYTES (2 * 1024 * 1024)

/**
 * PlSpoolState:
 * @PL_SPOOL_WELL: all that was put is written, or waits
 * @PL_SPOOL_FULL: nobody reads it: what is put is lost
 * @PL_SPOOL_FAILING: the last write failed
 */
typedef enum
{
  PL_SPOOL_WELL,
  PL_SPOOL_FULL,
  PL_SPOOL_FAILING,
} PlSpoolState;

/**
 * PlSpoolStatus:
 * @failure: the errno while it is failing
 * @n_lost: lines lost since it was last well
 */
typedef struct
{
  PlSpoolState state;
  int failure;
  guint n_lost;
} PlSpoolStatus;

typedef struct _PlSpool PlSpool;

/** PlSpoolFunc: the state is another one. @status tells what was lost until then, when it is well
 * again. */
typedef void (*PlSpoolFunc) (const PlSpoolStatus *status, gpointer user_data);

/**
 * pl_spool_new: (transfer full):
 * @descriptor: is taken over
 * @before: (nullable): whose place it takes, and which is to be released: this one writes after it,
 *   unless it takes too long, and when it is well, what was told of that is over
 */
PlSpool *pl_spool_new (int descriptor, const PlSpool *before);

/** pl_spool_get_standard: (transfer none): that of standard output or standard error
 * (%PL_DESCRIPTOR_STANDARD_OUTPUT, %PL_DESCRIPTOR_STANDARD_ERROR), as long as the program; both are
 * one, which keeps lines in their order, where both lead to one place. On the main thread. */
PlSpool *pl_spool_get_standard (int descriptor);

/** pl_spool_watch: @func (nullable) is called from the main loop of whoever made the spool. */
void pl_spool_watch (PlSpool *spool, PlSpoolFunc func, gpointer user_data);

/** pl_spool_put: @lines: whole lines, or what moves a cursor; written together. Never waits.
 * %FALSE: they are lost. */
gboolean pl_spool_put (PlSpool *spool, const char *lines, gsize length);

/** pl_spool_release: what waits is still written if somebody takes it; never waits. @func is not
 * called any more. Not for those of pl_spool_get_standard(). */
void pl_spool_release (PlSpool *spool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlSpool, pl_spool_release)

/** pl_spool_settle_all: waits until nothing waits in any spool, a released one too, no longer than
 * @patience_ms: before the program ends. */
void pl_spool_settle_all (guint patience_ms);
