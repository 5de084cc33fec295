/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Time that passes while the main context runs. */

#pragma once

#include <glib.h>

/** run_for: runs the default main context so long. */
void run_for (guint duration_ms);
