/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An address of Immich to be typed, with a line below that says who is there. */

#pragma once

#include <gtk/gtk.h>

#include "app/finder/judge.h"

#define PL_TYPE_ADDRESS_ENTRY (pl_address_entry_get_type ())
G_DECLARE_FINAL_TYPE (PlAddressEntry, pl_address_entry, PL, ADDRESS_ENTRY, GtkBox)

/**
 * PlAddressEntry properties:
 *
 * - `label` (string, write-only): what stands above it, with a mnemonic
 */

/** PlAddressEntry::changed: text or judgment may be others now. */

/** PlAddressEntry::done: the user goes on, and an Immich is there. Whoever pressed Return before
 * that was known is heard when it is. */

/** pl_address_entry_set_own_port: before it is shown: where Porchlight itself listens. */
void pl_address_entry_set_own_port (PlAddressEntry *entry, guint16 own_port);

/** pl_address_entry_set_proof: @proof: (nullable): how who is at an address with https shows who it
 * is, see pl_settings_find_proof(); else the system knows. For what is typed from now on. */
void pl_address_entry_set_proof (PlAddressEntry *entry, PlProof *proof);

/** pl_address_entry_is_empty: whether nothing is typed. */
gboolean pl_address_entry_is_empty (PlAddressEntry *entry);

/** pl_address_entry_clear: as if nothing had been typed. */
void pl_address_entry_clear (PlAddressEntry *entry);

/** pl_address_entry_refuse: says @words in place of what was found out, until something else is
 * typed. */
void pl_address_entry_refuse (PlAddressEntry *entry, const char *words);

/** pl_address_entry_get_judgment: (transfer none) (nullable): on what is typed, as soon as it is
 * known. */
const PlJudgment *pl_address_entry_get_judgment (PlAddressEntry *entry);

/** pl_address_entry_get_finding: (transfer none) (nullable): the Immich that is there. */
PlFinding *pl_address_entry_get_finding (PlAddressEntry *entry);
