/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving requests to a file the user chooses. */

#pragma once

#include <gtk/gtk.h>

#include "app/export/export.h"
#include "gui/kit/toast.h"

/**
 * pl_request_export_add:
 * @map: gets the action `export`, whose parameter is `har`, `csv` or `combined`: it asks for a file
 * @items: borrowed, as all others; saved is what is in it when the file was chosen
 * @devices: whose names stand in what is saved
 * @over: in the window over which to ask, and to say what went wrong
 * @toast: what says that it was saved
 */
void pl_request_export_add (GActionMap *map,
                            GListModel *items,
                            PlDeviceList *devices,
                            GtkWidget *over,
                            PlToast *toast);
