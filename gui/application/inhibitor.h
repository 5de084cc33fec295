/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps the computer from going to sleep by itself while photos are transferred, if the settings
 * say so. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

typedef struct _PlInhibitor PlInhibitor;

/** pl_inhibitor_new: (transfer full): from now on, for as long as it lives; @engine and @app, which
 * has been started, must outlive it. */
PlInhibitor *pl_inhibitor_new (PlEngine *engine, GtkApplication *app);
void pl_inhibitor_free (PlInhibitor *inhibitor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlInhibitor, pl_inhibitor_free)
