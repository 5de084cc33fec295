/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the firewall of this computer will ask, or whom it keeps out, with what to do about it; not
 * to be seen where there is nothing to say. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_FIREWALL_NOTE (pl_firewall_note_get_type ())
G_DECLARE_FINAL_TYPE (PlFirewallNote, pl_firewall_note, PL, FIREWALL_NOTE, GtkBox)

/** pl_firewall_note_set_engine: once, before it is shown. */
void pl_firewall_note_set_engine (PlFirewallNote *note, PlEngine *engine);
