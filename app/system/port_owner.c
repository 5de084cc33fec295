/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/port_owner.h"

void
pl_port_owner_free (PlPortOwner *owner)
{
  g_free (owner->program);
  g_free (owner->user);
  g_free (owner);
}
