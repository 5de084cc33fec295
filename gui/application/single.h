/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One Porchlight for each session of a user, however often it is started. */

#pragma once

#include <gio/gio.h>

typedef struct _PlSingle PlSingle;

/** pl_single_new: (transfer full): @application has it, is not registered yet, and outlives it. */
PlSingle *pl_single_new (GApplication *application);

/**
 * pl_single_join:
 * @options: what this program is asked for, checked
 * @may_stay: whether the application is to run where none does
 *
 * Makes the application the one of the session, or lets the one that runs have @options, by its
 * signal `command-line`, and its window come to the front: a person has just started this program,
 * and the other one is what they want to see.
 *
 * Returns: the status to end with at once; -1: to go on
 */
int pl_single_join (PlSingle *single, GVariantDict *options, gboolean may_stay);

/** pl_single_leave: the application is not the one any more. Whoever is started takes its place. */
void pl_single_leave (PlSingle *single);

/** pl_single_free: leaves before that, on the thread that has joined. */
void pl_single_free (PlSingle *single);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlSingle, pl_single_free)
