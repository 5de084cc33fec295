/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Home: who may come in, how they get there, how Immich is, and what is going on. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_HOME_PAGE (pl_home_page_get_type ())
G_DECLARE_FINAL_TYPE (PlHomePage, pl_home_page, PL, HOME_PAGE, GtkBin)

GtkWidget *pl_home_page_new (PlEngine *engine);

/** pl_home_page_show_guests: brings them into sight, as soon as the page is. */
void pl_home_page_show_guests (PlHomePage *page);
