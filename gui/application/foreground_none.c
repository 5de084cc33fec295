/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The time of the start goes along with the command line, and window managers go by that. */

#include "gui/application/foreground.h"

void
pl_foreground_pass_on (void)
{
}
