/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The language the user chose in the settings, where it is not the system's. */

#pragma once

/**
 * pl_language_use:
 * @settings_path: (nullable) (type filename): %NULL: where pl_location_dup_settings_path() says
 *
 * Must be called before GTK is initialised, which takes the direction of writing from the
 * language, and before pl_translations_prepare(): on Windows, GLib has threads of its own from the
 * moment it is loaded, and a message of theirs decides whether GTK is translated; there must be no
 * moment with a text domain, but not yet its language. Nothing else may run yet: it changes the
 * environment.
 */
void pl_language_use (const char *settings_path);
