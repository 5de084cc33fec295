/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way from nothing to a phone that shows its photos, in four steps. Can be skipped, and can
 * be gone again at any time. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_ASSISTANT (pl_assistant_get_type ())
G_DECLARE_FINAL_TYPE (PlAssistant, pl_assistant, PL, ASSISTANT, GtkWindow)

/** PlAssistant::ask-internet: the user wants the internet let in. Whoever made the assistant asks,
 * as everywhere, over it; it goes on when the exposure is set. */

/** pl_assistant_new: over @parent; to be presented. What is chosen in a step holds as soon as that
 * is left forwards. */
GtkWidget *pl_assistant_new (PlEngine *engine, GtkWindow *parent);
