/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may put a window in front of all others, where not everybody may. */

#pragma once

/** pl_foreground_pass_on: whoever this program hands its command line to may come to the front: a
 * person has just started this one, and the other one is what they want to see. */
void pl_foreground_pass_on (void);
