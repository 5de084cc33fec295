/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a phone is connected: what it types or scans, whether it has come, and how it goes in and out
 * with two addresses. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_CONNECT (pl_connect_get_type ())
G_DECLARE_FINAL_TYPE (PlConnect, pl_connect, PL, CONNECT, GtkBox)

/** pl_connect_set_engine: called once. */
void pl_connect_set_engine (PlConnect *connect, PlEngine *engine);
