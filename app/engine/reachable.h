/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The addresses people can type, from the addresses that are listened on. */

#pragma once

#include "net/proxy/proxy.h"

/**
 * pl_reachable_dup_urls: (transfer full):
 * @listening: from pl_proxy_dup_addresses()
 * @exposure: who is let in
 *
 * For "all addresses" these are the loopback one and, where others than this computer are let in,
 * those it has in its networks; bridges of containers and virtual machines are left out, since
 * nobody sits behind them.
 *
 * Returns: `http://127.0.0.1:8080`, …: the loopback one first if there is one; free with
 * g_strfreev()
 */
char **pl_reachable_dup_urls (const char *const *listening, PlExposure exposure);

/**
 * pl_reachable_dup_others: (transfer full):
 * @urls: from pl_reachable_dup_urls()
 *
 * Returns: those that other devices can type, the best first: at home, then by way of a provider or
 *   Tailscale, then IPv6, which nobody likes to type; free with g_strfreev()
 */
char **pl_reachable_dup_others (const char *const *urls);

/**
 * pl_reachable_dup_at_home: (transfer full) (element-type PlOwnAddress):
 * @listening: from pl_proxy_dup_addresses()
 * @port: (out): where is listened on them; untouched where there are none
 *
 * Returns: those of this computer that others in the same network at home come to
 */
GArray *pl_reachable_dup_at_home (const char *const *listening, guint16 *port);

/** pl_reachable_dup_own: (transfer full): all addresses of this computer, of #PlAddress. */
GArray *pl_reachable_dup_own (void);
