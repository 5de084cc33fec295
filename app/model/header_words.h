/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why this program adds, changes or leaves out a header, in a line. */

#pragma once

#include "app/model/header_diff.h"

/** pl_header_words: (transfer none) (nullable): @name: of the field that @kind happened to; %NULL
 * for %PL_HEADER_SAME. */
const char *pl_header_words (PlHeadKind head, PlSlice name, PlHeaderKind kind);
