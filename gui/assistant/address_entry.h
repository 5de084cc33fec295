/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An address to be typed, with a line below that says who is there. */

#pragma once

#include <gtk/gtk.h>

#include "app/finder/finding.h"

#define PL_TYPE_ADDRESS_ENTRY (pl_address_entry_get_type ())
G_DECLARE_FINAL_TYPE (PlAddressEntry, pl_address_entry, PL, ADDRESS_ENTRY, GtkBox)

/** PlAddressEntry::changed: text or finding may be others now. */

/** PlAddressEntry::done: the user goes on, with a finding. */

/** pl_address_entry_set_own_port: before it is shown: where Porchlight itself listens. */
void pl_address_entry_set_own_port (PlAddressEntry *entry, guint16 own_port);

/** pl_address_entry_is_empty: whether nothing is typed. */
gboolean pl_address_entry_is_empty (PlAddressEntry *entry);

/** pl_address_entry_clear: as if nothing had been typed. */
void pl_address_entry_clear (PlAddressEntry *entry);

/** pl_address_entry_get_finding: (transfer none) (nullable): who is at what is typed, as soon as
 * that is known to be an Immich. */
PlFinding *pl_address_entry_get_finding (PlAddressEntry *entry);
