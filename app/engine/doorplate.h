/* SPDX-License-Identifier: GPL-3.0-or-later */

/* This computer in its networks: what can be typed to reach it, followed as networks come and go.
 */

#pragma once

#include "app/certificates/gathering.h"
#include "net/proxy/proxy.h"

typedef struct _PlDoorplate PlDoorplate;

/** PlDoorplateFunc: a network has come, gone or changed. */
typedef void (*PlDoorplateFunc) (gpointer user_data);

PlDoorplate *pl_doorplate_new (PlDoorplateFunc on_changed, gpointer user_data);
void pl_doorplate_free (PlDoorplate *doorplate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlDoorplate, pl_doorplate_free)

/** pl_doorplate_follow: from now on changes are told. */
void pl_doorplate_follow (PlDoorplate *doorplate);

/**
 * pl_doorplate_update:
 * @listening: from pl_proxy_dup_addresses(); may be empty
 * @exposure: who is let in
 * @port: where it would listen
 * @name_url: (nullable): by what name devices at home find it, as pl_home_name_dup_url()
 * @certificates: what is encrypted with, if anything
 * @refuses_plain: nobody is served without encryption
 *
 * Looks at what there is now.
 *
 * Returns: whether pl_doorplate_get_others() are others than before
 */
gboolean pl_doorplate_update (PlDoorplate *doorplate,
                              const char *const *listening,
                              PlExposure exposure,
                              guint16 port,
                              const char *name_url,
                              const PlGathering *certificates,
                              gboolean refuses_plain);

/** pl_doorplate_get_others: (transfer none): what other devices can type, the best first, until
 * the next update; see pl_engine_get_addresses(). */
const char *const *pl_doorplate_get_others (const PlDoorplate *doorplate);

/** pl_doorplate_get_plain_url: (transfer none) (nullable): the best of them without encryption, for
 * devices that do not trust this computer yet; until the next update. */
const char *pl_doorplate_get_plain_url (const PlDoorplate *doorplate);

/** pl_doorplate_get_local_url: (transfer none) (nullable): what to open on this computer, until
 * the next update; %NULL before the first. */
const char *pl_doorplate_get_local_url (const PlDoorplate *doorplate);
