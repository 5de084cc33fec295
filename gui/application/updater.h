/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks for a newer version of this program: once a day if the settings wish it, and when somebody
 * asks. */

#pragma once

#include "app/engine/engine.h"
#include "app/update/update.h"

typedef struct _PlUpdater PlUpdater;

/**
 * PlUpdaterFunc: something newer was found, or somebody who asked is to be answered.
 * @newer: (nullable): what there is, which is to be said: it was not known before, or somebody
 * asked
 * @words: (nullable): what else to say to the person who asked
 */
typedef void (*PlUpdaterFunc) (const PlAnnouncement *newer, const char *words, gpointer user_data);

/** pl_updater_new: (transfer full): @engine must outlive it. */
PlUpdater *pl_updater_new (PlEngine *engine, PlUpdaterFunc func, gpointer user_data);

/** pl_updater_free: nothing is told of what is still being asked. */
void pl_updater_free (PlUpdater *updater);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlUpdater, pl_updater_free)

/** pl_updater_look: somebody asks now, whatever the settings wish. */
void pl_updater_look (PlUpdater *updater);

/** pl_updater_get_newer: (transfer none) (nullable): what was found so far. */
const PlAnnouncement *pl_updater_get_newer (PlUpdater *updater);
