/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What others ask of porchlight-demo while it runs. */

#pragma once

#include "app/demo/demo.h"

/** pl_demo_heed_signals: @loop ends when that is asked for. Where there are such signals, SIGUSR1
 * begins maintenance mode and SIGUSR2 ends it. Both must last as long as the program. */
void pl_demo_heed_signals (PlDemo *demo, GMainLoop *loop);
