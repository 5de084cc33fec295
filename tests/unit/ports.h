/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ports of this computer. Other tests run beside this one, and take ports, too. */

#pragma once

#include <gio/gio.h>

/** port_find_free: one that nobody listens on, at no address, as nobody does on the next one; never
 * the same twice. */
guint16 port_find_free (void);

/** port_take: (transfer full) (nullable): listens at 127.0.0.1; @port: 0: any; @taken: (out): which
 * it was. %NULL: somebody else does. */
GSocketListener *port_take (guint16 port, guint16 *taken);

/** port_hold: nobody is to listen on @port of @address while this program runs, who connects is
 * refused. @port: 0: any. Returns: which it was; 0: somebody else has it. */
guint16 port_hold (const char *address, guint16 port);
