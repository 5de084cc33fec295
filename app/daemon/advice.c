/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The two refusals everybody meets once are explained; others say what the system said. */

#include "app/daemon/advice.h"

#include "app/engine/refusal.h"
#include "app/i18n.h"
#include "app/system/program.h"

static char *
dup_taken (guint16 port)
{
  g_autofree char *owner = pl_port_dup_owner_words (port);

  return g_strdup_printf (_ ("Port %u is taken by %s. Stop it, or choose another port: "
                             "porchlightd --port %u"),
                          port, owner, pl_port_find_free (port));
}

static char *
dup_forbidden (guint16 port)
{
  g_autofree char *program = pl_program_dup_path ();

  return g_strdup_printf (_ ("Port %u is kept for privileged programs. Choose one above %d: "
                             "porchlightd --port %u. Or allow it once: sudo setcap "
                             "cap_net_bind_service=+ep %s"),
                          port, PL_PORT_FIRST_ORDINARY - 1, pl_port_find_free (port),
                          program != NULL ? program : "porchlightd");
}

char *
pl_advice_dup (const GError *error, guint16 port)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    return dup_taken (port);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
      && port < PL_PORT_FIRST_ORDINARY)
    return dup_forbidden (port);
  return g_strdup (error->message);
}
