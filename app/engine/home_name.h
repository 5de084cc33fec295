/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The name by which devices at home find this computer: from what is so to what is published, and
 * what is to be said of it. */

#pragma once

#include "app/certificates/gathering.h"
#include "app/system/local_name.h"
#include "net/proxy/proxy.h"

typedef struct _PlHomeName PlHomeName;

/** pl_home_name_new: (transfer full): @func: as of pl_local_name_new(). */
PlHomeName *pl_home_name_new (PlLocalNameFunc func, gpointer user_data);

/** pl_home_name_free: the name leads here no longer. */
void pl_home_name_free (PlHomeName *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlHomeName, pl_home_name_free)

/**
 * pl_home_name_update:
 * @label: of `[listen] local-name`; empty: none is wanted
 * @listening: from pl_proxy_dup_addresses(); may be empty
 * @exposure: who is let in
 * @certificates: what is encrypted with, if anything
 * @refuses_plain: nobody is served without encryption
 *
 * Looks at what there is now: a name is there while devices at home are let in.
 */
void pl_home_name_update (PlHomeName *name,
                          const char *label,
                          const char *const *listening,
                          PlExposure exposure,
                          const PlGathering *certificates,
                          gboolean refuses_plain);

/** pl_home_name_get_state: see pl_local_name_get_state(). */
PlLocalNameState pl_home_name_get_state (const PlHomeName *name);

/** pl_home_name_get_host: (transfer none) (nullable): `porchlight.local`, while it is known to lead
 * here; until the next change. */
const char *pl_home_name_get_host (const PlHomeName *name);

/** pl_home_name_dup_url: (transfer full) (nullable): `http://porchlight.local:8080`, or with https
 * where a certificate is for it; %NULL while it does not lead here, or to a refusal. */
char *pl_home_name_dup_url (const PlHomeName *name,
                            const PlGathering *certificates,
                            gboolean refuses_plain);

/** pl_home_name_dup_words: (transfer full) (nullable): what somebody should know of it who looks
 * for it: that another computer has it, that nothing publishes it; %NULL: nothing. */
char *pl_home_name_dup_words (const PlHomeName *name);
