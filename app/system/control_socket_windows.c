/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows has sockets with a path, but does not say who is at their other end. */

#include "app/system/control_socket.h"

#include "app/i18n.h"

gboolean
pl_control_socket_is_offered (void)
{
  return FALSE;
}

static GSocket *
refuse (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                       _ ("this is not offered on Windows; use the window there, or change the "
                          "settings"));
  return NULL;
}

GSocket *
pl_control_socket_listen (const char *path, GError **error)
{
  return refuse (error);
}

GSocket *
pl_control_socket_connect (const char *path, GError **error)
{
  return refuse (error);
}

gboolean
pl_control_socket_admits (GSocket *socket)
{
  return FALSE;
}
