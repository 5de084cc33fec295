/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What this program is, and who may do what with it. */

#pragma once

#include <gtk/gtk.h>

/** pl_about_show: over @parent. */
void pl_about_show (GtkWindow *parent);
