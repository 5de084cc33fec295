/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What it means to let the internet in, wherever that can be chosen. */

#pragma once

#include "app/engine/engine.h"

/** pl_internet_words_get: (transfer none): one or two sentences, as encryption stands now; see
 * `encryption-words` of the engine for when it changes. */
const char *pl_internet_words_get (PlEngine *engine);
