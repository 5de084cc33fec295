/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking a silent peer whether it is still there. One file for each kind of system. */

#pragma once

#include <glib.h>

/** pl_keep_alive: after @idle_s of silence on @fd the peer is asked, every @interval_s, up to
 * @n_probes times. A system without such an option asks as it likes. */
void pl_keep_alive (int fd, int idle_s, int interval_s, int n_probes);
