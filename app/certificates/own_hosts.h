/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What this computer is called at home: names and addresses that its certificate is to be for. */

#pragma once

#include <gio/gio.h>

/**
 * pl_own_hosts_dup_names: (transfer full):
 * @host_name: from g_get_host_name()
 *
 * Returns: its first part and, if there are more, all of it, in lower case; none when it cannot be
 *   a name in a network (RFC 1123 §2.1)
 */
GStrv pl_own_hosts_dup_names (const char *host_name);

/**
 * pl_own_hosts_of: (transfer full):
 * @host_name: from g_get_host_name()
 * @called: (nullable): another name that leads here
 * @addresses: (element-type PlOwnAddress): all that this computer has
 *
 * Returns: `localhost`, its names, alone and as `.local`, `.lan` and `.home.arpa`, @called,
 *   and the addresses by which it can be called: loopback, and those of its networks but for IPv6
 * ones that hold on one link alone
 */
GStrv pl_own_hosts_of (const char *host_name, const char *called, const GArray *addresses);

/** pl_own_hosts_read: (transfer full): those of now; @called: as of pl_own_hosts_of(). */
GStrv pl_own_hosts_read (const char *called);
