/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes one more address of an Immich, after a look at who is there. It stays, with what is wrong,
 * until there is nothing wrong. */

#pragma once

#include <gtk/gtk.h>

#include "app/settings/proof.h"

#define PL_TYPE_ADD_POPOVER (pl_add_popover_get_type ())
G_DECLARE_FINAL_TYPE (PlAddPopover, pl_add_popover, PL, ADD_POPOVER, GtkPopover)

/** PlAddPopover::chosen: the user wants to add an address, the string that comes with it:
 * `http://192.168.1.30:2283`. Answered by pl_add_popover_refuse(), or by popping it down. */

/** pl_add_popover_set_own_port: before it is shown: where Porchlight itself listens. */
void pl_add_popover_set_own_port (PlAddPopover *popover, guint16 own_port);

/** pl_add_popover_set_proof: see pl_address_entry_set_proof(). */
void pl_add_popover_set_proof (PlAddPopover *popover, PlProof *proof);

/** pl_add_popover_refuse: says why the address cannot be added. */
void pl_add_popover_refuse (PlAddPopover *popover, const char *words);
