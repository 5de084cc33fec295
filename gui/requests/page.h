/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of requests: the live log, what to choose from it, and one of them in detail. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_REQUESTS_PAGE (pl_requests_page_get_type ())
G_DECLARE_FINAL_TYPE (PlRequestsPage, pl_requests_page, PL, REQUESTS_PAGE, GtkBox)

/** pl_requests_page_new: @engine: a reference is taken. */
GtkWidget *pl_requests_page_new (PlEngine *engine);
