/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows lets only the program that a person has just started, or whom that one names, put a
 * window in front; others blink in the taskbar. */

#include "gui/application/foreground.h"

#include <windows.h>

void
pl_foreground_pass_on (void)
{
  AllowSetForegroundWindow (ASFW_ANY);
}
