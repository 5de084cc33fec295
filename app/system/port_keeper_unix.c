/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/port_owner.h"

PlPortKeeper
pl_port_find_keeper (guint16 port)
{
  return port < PL_PORT_FIRST_ORDINARY ? PL_PORT_KEPT_FOR_PRIVILEGED : PL_PORT_KEPT_BY_NOBODY;
}

/* All addresses and a single one are one port here, unless both programs want it otherwise. */
gboolean
pl_port_owner_would_share (guint16 port)
{
  return FALSE;
}
