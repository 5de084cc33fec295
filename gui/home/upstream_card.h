/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One upstream: its addresses, and, if there are several, how requests are shared among them. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"
#include "gui/kit/toast.h"

#define PL_TYPE_UPSTREAM_CARD (pl_upstream_card_get_type ())
G_DECLARE_FINAL_TYPE (PlUpstreamCard, pl_upstream_card, PL, UPSTREAM_CARD, GtkBox)

/**
 * pl_upstream_card_new:
 * @upstream: its name in the settings
 * @title: (nullable): what it is called, where there are several
 * @toast: to say what was done, and to take it back; outlives the card
 */
GtkWidget *
pl_upstream_card_new (PlEngine *engine, const char *upstream, const char *title, PlToast *toast);
