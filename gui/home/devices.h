/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The devices that were here, the latest first. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_DEVICES (pl_devices_get_type ())
G_DECLARE_FINAL_TYPE (PlDevices, pl_devices, PL, DEVICES, GtkBox)

/** pl_devices_set_engine: whose devices they are; called once. */
void pl_devices_set_engine (PlDevices *devices, PlEngine *engine);
