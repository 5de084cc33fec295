/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All that is wrong at the moment: one trouble of each kind at most. */

#pragma once

#include "app/model/trouble.h"

typedef struct _PlTroubles PlTroubles;

PlTroubles *pl_troubles_new (void);
void pl_troubles_free (PlTroubles *troubles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlTroubles, pl_troubles_free)

/**
 * pl_troubles_set:
 * @trouble: (transfer full) (nullable): %NULL: there is none of @kind any more
 *
 * A trouble that is known already stays the object it is, so that nobody is told of it again.
 */
void pl_troubles_set (PlTroubles *troubles, PlTroubleKind kind, PlTrouble *trouble);

/** pl_troubles_get: (transfer none) (nullable): the trouble of @kind. */
PlTrouble *pl_troubles_get (PlTroubles *troubles, PlTroubleKind kind);

/** pl_troubles_get_gravest: (transfer none) (nullable). */
PlTrouble *pl_troubles_get_gravest (PlTroubles *troubles);

/** pl_troubles_has_fault: whether one of them keeps photos from being reached. */
gboolean pl_troubles_has_fault (PlTroubles *troubles);
