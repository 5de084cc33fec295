/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of an exchange's time as bars, each beginning where the one before ends. Coloured by
 * the stylesheet: `.pl-connect`, `.pl-wait` and `.pl-transfer`. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/request_item.h"

#define PL_TYPE_WATERFALL (pl_waterfall_get_type ())
G_DECLARE_FINAL_TYPE (PlWaterfall, pl_waterfall, PL, WATERFALL, GtkDrawingArea)

void pl_waterfall_set_timing (PlWaterfall *waterfall, PlTiming timing);
