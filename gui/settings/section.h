/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A section of the settings page: a heading, rows, and folded below them the advanced ones. */

#pragma once

#include <gtk/gtk.h>

#define PL_TYPE_SETTINGS_SECTION (pl_settings_section_get_type ())
G_DECLARE_FINAL_TYPE (PlSettingsSection, pl_settings_section, PL, SETTINGS_SECTION, GtkBox)

GtkWidget *pl_settings_section_new (const char *title);

/** pl_settings_section_add: at the end. */
void pl_settings_section_add (PlSettingsSection *section, GtkWidget *row, gboolean is_advanced);

/** pl_settings_section_clear: takes all rows out. What was unfolded stays so. */
void pl_settings_section_clear (PlSettingsSection *section);
