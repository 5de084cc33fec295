/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What to do when the program cannot listen. */

#pragma once

#include <gio/gio.h>

/**
 * pl_advice_dup: (transfer full):
 * @error: from pl_proxy_apply()
 * @port: the one that was asked for
 *
 * What happened, then what to do: `Port 8080 is taken by nginx (process 123). Stop it, or choose
 * another port: porchlightd --port 8081`.
 */
char *pl_advice_dup (const GError *error, guint16 port);
