/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How it goes with the phone that is being connected: whether it is here, or what was seen of it
 * instead, and what to do. Not to be seen while there is nothing to say. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_PHONE_STATUS (pl_phone_status_get_type ())
G_DECLARE_FINAL_TYPE (PlPhoneStatus, pl_phone_status, PL, PHONE_STATUS, GtkBox)

/** PlPhoneStatus::sight-changed: pl_phone_status_get_sight() is another. */

/** pl_phone_status_set_engine: once, before it is shown. */
void pl_phone_status_set_engine (PlPhoneStatus *status, PlEngine *engine);

/** pl_phone_status_get_sight: as it is shown. */
PlPhoneSight pl_phone_status_get_sight (PlPhoneStatus *status);
