/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words as the notification area of Windows takes them: in UTF-16, of a bounded length, with marks
 * of its own for the keys of a menu. */

#pragma once

#include <glib.h>

/**
 * pl_native_words_dup_label: (transfer full):
 * @label: of a menu's item
 * @has_mnemonic: whether an underscore in @label marks the letter after it (`_Quit`), and two stand
 *   for one
 *
 * Returns: the same with `&` as the mark: `&Quit`, and `&&` for `&`
 */
char *pl_native_words_dup_label (const char *label, gboolean has_mnemonic);

/**
 * pl_native_words_put:
 * @units: (out caller-allocates): with a zero at the end
 * @n_units: how many there is room for, at least 2
 * @words: in UTF-8
 *
 * What has no room is cut off before a whole character, with an ellipsis in its place.
 */
void pl_native_words_put (gunichar2 *units, gsize n_units, const char *words);
