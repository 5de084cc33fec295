/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Linux tells about ports, in words. */

#include "app/engine/port_advice.h"

#include "app/engine/port_owner.h"
#include "app/i18n.h"

#define PROC "/proc"

guint16
pl_port_find_other (guint16 port)
{
  guint other = MAX (port + 1u, 8080u);

  while (other < G_MAXUINT16 && !pl_port_owner_is_free (PROC, (guint16) other))
    other++;
  return (guint16) MIN (other, G_MAXUINT16 - 1u);
}

char *
pl_port_dup_owner_words (guint16 port)
{
  g_autoptr (PlPortOwner) owner = pl_port_owner_find (PROC, port);

  if (owner != NULL && owner->program != NULL)
    return g_strdup_printf (_ ("%s (process %d)"), owner->program, owner->process);
  if (owner != NULL && owner->user != NULL)
    return g_strdup_printf (_ ("a program of the user %s"), owner->user);
  return g_strdup (_ ("another program"));
}
