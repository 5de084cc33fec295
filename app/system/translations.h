/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the program's words in the user's language. */

#pragma once

/**
 * pl_translations_prepare:
 *
 * Takes up the user's locale and lets gettext() know where the catalogues are. To be called first
 * of all, before anything is said.
 */
void pl_translations_prepare (void);
