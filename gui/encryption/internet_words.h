/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What it means to let the internet in, wherever that can be chosen. */

#pragma once

#include "app/engine/engine.h"

/** pl_internet_words_get: (transfer none): a few sentences, as encryption and what the internet may
 * see stand now; see `encryption-words` and `settings-changed` of the engine for when it changes.
 */
const char *pl_internet_words_get (PlEngine *engine);

/** pl_internet_words_get_of: (transfer none): the same if it saw @sees. */
const char *pl_internet_words_get_of (PlEngine *engine, PlDoorRule sees);
