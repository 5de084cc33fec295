/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An Immich that was found, ready to be used. */

#pragma once

#include <glib-object.h>

#include "app/finder/places.h"
#include "app/finder/probe.h"

#define PL_TYPE_FINDING (pl_finding_get_type ())
G_DECLARE_FINAL_TYPE (PlFinding, pl_finding, PL, FINDING, GObject)

/** pl_finding_new: @place and @probe are taken over; the probe says pl_probe_is_immich(). */
PlFinding *pl_finding_new (PlPlace *place, PlProbe *probe);

/** pl_finding_get_url: (transfer none): where it is, or its server part. */
const char *pl_finding_get_url (PlFinding *finding);

/** pl_finding_get_web_url: (transfer none) (nullable): of one in two parts, where the web part is.
 */
const char *pl_finding_get_web_url (PlFinding *finding);

/** pl_finding_get_health_path: (transfer none): what its pings are. */
const char *pl_finding_get_health_path (PlFinding *finding);

/** pl_finding_dup_words: (transfer full): `Immich 1.135 on this computer, port 2283`. */
char *pl_finding_dup_words (PlFinding *finding);

/** pl_finding_dup_address: (transfer full): where, for a line below: `127.0.0.1:2283`. */
char *pl_finding_dup_address (PlFinding *finding);

/** pl_finding_is_same: whether both are, as it seems, one Immich that was found twice: on this
 * computer, and of the same version, under another address. */
gboolean pl_finding_is_same (PlFinding *finding, PlFinding *other);
