/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of sockets GSocket leaves to the system, where two sockets cannot have one port on purpose:
 * GIO leaves SO_REUSEADDR alone there, which would let any program take the port over. Nor is
 * SO_EXCLUSIVEADDRUSE set: a port so held cannot be bound anew while connections of it live, so
 * exposure could not be changed while somebody is served. */

#include "net/io/gsocket.h"

gboolean
pl_gsocket_bind (GSocket *gsocket, GSocketAddress *address, gboolean shared, GError **error)
{
  return g_socket_bind (gsocket, address, TRUE, error);
}
