/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ctrl+C ends any program that does not mind, and this one has nothing to put in order. */

#include "app/demo/demo_signals.h"

void
pl_demo_heed_signals (PlDemo *demo, GMainLoop *loop)
{
}
