/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a fuzz target is: one function that must neither crash nor fail an assertion, whatever it
 * is given. libFuzzer calls it, or replay.c does with the files of a folder. */

#pragma once

#include <glib.h>

/** LLVMFuzzerTestOneInput: the name is libFuzzer's. Returns: 0 */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
