/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the buttons beside a trouble do, wherever they stand. */

#pragma once

#include "app/engine/engine.h"

/** pl_remedy_apply: @remedy: borrowed, and no longer there when this returns, if it helped. */
void pl_remedy_apply (PlEngine *engine, const PlRemedy *remedy);
