/* SPDX-License-Identifier: GPL-3.0-or-later */

/* As app/system/port_owner.h, out of tables that lie elsewhere than in /proc: for its test. */

#pragma once

#include "app/system/port_owner.h"

/** pl_port_owner_find_in: (transfer full) (nullable): @proc: `/proc`, or a folder like it. */
PlPortOwner *pl_port_owner_find_in (const char *proc, guint16 port);

gboolean pl_port_owner_is_free_in (const char *proc, guint16 port);
