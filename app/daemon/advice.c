/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The two refusals everybody meets once are explained; others say what the system said. */

#include "app/daemon/advice.h"

#include "app/daemon/port_owner.h"
#include "app/i18n.h"

#define PROC "/proc"

/* Below, ports are for privileged programs, by an old convention of Unix. */
#define FIRST_ORDINARY_PORT 1024

static guint16
find_other_port (guint16 port)
{
  guint other = MAX (port + 1u, 8080u);

  while (other < G_MAXUINT16 && !pl_port_owner_is_free (PROC, (guint16)other))
    other++;
  return (guint16)MIN (other, G_MAXUINT16 - 1u);
}

static char *
dup_owner (guint16 port)
{
  g_autoptr (PlPortOwner) owner = pl_port_owner_find (PROC, port);

  if (owner != NULL && owner->program != NULL)
    return g_strdup_printf (_ ("%s (process %d)"), owner->program, owner->process);
  if (owner != NULL && owner->user != NULL)
    return g_strdup_printf (_ ("a program of the user %s"), owner->user);
  return g_strdup (_ ("another program"));
}

static char *
dup_taken (guint16 port)
{
  g_autofree char *owner = dup_owner (port);

  return g_strdup_printf (_ ("Port %u is taken by %s. Stop it, or choose another port: "
                             "porchlightd --port %u"),
                          port, owner, find_other_port (port));
}

static char *
dup_forbidden (guint16 port)
{
  g_autofree char *program = g_file_read_link (PROC "/self/exe", NULL);

  return g_strdup_printf (_ ("Port %u is kept for privileged programs. Choose one above %d: "
                             "porchlightd --port %u. Or allow it once: sudo setcap "
                             "cap_net_bind_service=+ep %s"),
                          port, FIRST_ORDINARY_PORT - 1, find_other_port (port),
                          program != NULL ? program : "porchlightd");
}

char *
pl_advice_dup (const GError *error, guint16 port)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    return dup_taken (port);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
      && port < FIRST_ORDINARY_PORT)
    return dup_forbidden (port);
  return g_strdup (error->message);
}
