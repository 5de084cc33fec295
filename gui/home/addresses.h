/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What other devices type, or scan, to come in: the upper part of the card by which a phone is
 * connected. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_ADDRESSES (pl_addresses_get_type ())
G_DECLARE_FINAL_TYPE (PlAddresses, pl_addresses, PL, ADDRESSES, GtkBox)

/** pl_addresses_set_engine: whose addresses they are; called once. */
void pl_addresses_set_engine (PlAddresses *addresses, PlEngine *engine);
