/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the system tells about ports, in words. */

#include "app/engine/port_advice.h"

#include "app/system/port_owner.h"
#include "app/i18n.h"

#define FIRST_OFFERED 8080

guint16
pl_port_find_other (guint16 port)
{
  guint16 other = MAX (port, FIRST_OFFERED);

  while (other == port || !pl_port_owner_is_free (other))
    other = other < G_MAXUINT16 ? other + 1 : FIRST_OFFERED;
  return other;
}

char *
pl_port_dup_owner_words (guint16 port)
{
  g_autoptr (PlPortOwner) owner = pl_port_owner_find (port);

  if (owner != NULL && owner->program != NULL)
    return g_strdup_printf (_ ("%s (process %d)"), owner->program, owner->process);
  if (owner != NULL && owner->user != NULL)
    return g_strdup_printf (_ ("a program of the user %s"), owner->user);
  return g_strdup (_ ("another program"));
}
