/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is seen of the relay's work, as the models that windows show. */

#pragma once

#include "app/model/device_list.h"
#include "app/model/phone_watch.h"
#include "app/model/reach.h"
#include "app/model/request_log.h"
#include "app/model/traffic.h"
#include "app/model/transfer_list.h"
#include "app/model/upstream_list.h"

/** PlModels: the models are borrowed by whoever shows them; the rest is private. */
typedef struct _PlModels PlModels;

/** pl_models_new: @keep: how many requests the log remembers. */
PlModels *pl_models_new (guint keep);

/** pl_models_free: waits until what is to be remembered is on the disk. */
void pl_models_free (PlModels *models);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlModels, pl_models_free)

/** pl_models_get_log, …: (transfer none): for as long as @models live. */
PlRequestLog *pl_models_get_log (PlModels *models);
PlTraffic *pl_models_get_traffic (PlModels *models);
PlTransferList *pl_models_get_transfers (PlModels *models);
PlDeviceList *pl_models_get_devices (PlModels *models);
PlUpstreamList *pl_models_get_upstreams (PlModels *models);
PlPhoneWatch *pl_models_get_phone_watch (PlModels *models);

/** pl_models_add: as #PlRecordsFunc; whether a device has come in. */
gboolean pl_models_add (PlModels *models, GPtrArray *records, guint64 n_dropped);

/** pl_models_watch_phone: looks through @records, which were added, for a phone that is being
 * connected; @home: (nullable): networks that are not outside. */
void pl_models_watch_phone (PlModels *models, GPtrArray *records, const PlTrust *home);

/** pl_models_set_upstreams: @statuses: (element-type PlEndpointStatus): what is known of Immich
 * now, with @config (nullable); which version it has is asked where that may have changed. */
void pl_models_set_upstreams (PlModels *models, const PlConfig *config, const GArray *statuses);

/** pl_models_set_own: @own: (element-type PlAddress): the addresses of this computer, which are no
 * other devices. */
void pl_models_set_own (PlModels *models, const GArray *own);

/**
 * pl_models_find_caller_from_outside:
 * @home: (nullable): networks that are not outside
 * @caller: (out caller-allocates): untouched where there was nobody
 *
 * Returns: when somebody last came from the internet (wall clock), be it to be turned away or to
 *   speak in vain: it has been tried; 0: nobody did in the last %PL_REACH_DAYS days
 */
gint64
pl_models_find_caller_from_outside (PlModels *models, const PlTrust *home, PlAddress *caller);

/** pl_models_turn_away: as #PlTurnedAwayFunc. */
void pl_models_turn_away (PlModels *models, const PlTurnedAwayList *batch);

/** pl_models_dup_turned_away: (transfer full) (nullable): who was turned away today, as a sentence;
 * %NULL: nobody. */
char *pl_models_dup_turned_away (PlModels *models);

/** pl_models_get_n_devices_today: how many came in since midnight, but for this computer. */
guint pl_models_get_n_devices_today (PlModels *models);

/** pl_models_load: reads the devices of earlier runs, and who was turned away lately. */
void pl_models_load (PlModels *models);

/** pl_models_save: has both written, in the background. */
void pl_models_save (PlModels *models);

/** pl_models_flush: waits until they are on the disk. */
void pl_models_flush (PlModels *models);
