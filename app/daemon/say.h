/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the daemon says: lines on standard error, each with its name before it. */

#pragma once

#include "app/settings/problems.h"

/** pl_say: one line. */
void pl_say (const char *format, ...) G_GNUC_PRINTF (1, 2);

/** pl_say_problems: a line for each. */
void pl_say_problems (const PlProblems *problems);
