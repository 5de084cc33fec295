/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may connect is bounded thrice: by the folder, by the socket's own rights, which some systems
 * do not look at, and by asking the system who is there. */

#include "app/system/control_socket.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/i18n.h"

#define OWNER_ALONE 0600

#define SUPERUSER 0

gboolean
pl_control_socket_is_offered (void)
{
  return TRUE;
}

static gboolean
is_ours (uid_t user)
{
  return user == geteuid () || user == SUPERUSER;
}

static gboolean
check_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  GStatBuf found;

  if (g_stat (folder, &found) != 0)
    {
      int failure = errno;
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (failure), "%s: %s", folder,
                   g_strerror (failure));
      return FALSE;
    }
  if (is_ours (found.st_uid) && (found.st_mode & (S_IWGRP | S_IWOTH)) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("%s can be written to by other users"),
               folder);
  return FALSE;
}

/* Longer ones would be cut off, and lead elsewhere. */
static GSocketAddress *
new_address (const char *path, GError **error)
{
  static const gsize longest = sizeof ((struct sockaddr_un *) NULL)->sun_path - 1;

  if (strlen (path) <= longest)
    return g_unix_socket_address_new (path);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG, _ ("%s is too long for a socket"),
               path);
  return NULL;
}

static GSocket *
new_socket (GError **error)
{
  return g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                       error);
}

GSocket *
pl_control_socket_connect (const char *path, GError **error)
{
  g_autoptr (GSocketAddress) address = new_address (path, error);
  g_autoptr (GSocket) socket = address != NULL ? new_socket (error) : NULL;

  if (socket == NULL || !g_socket_connect (socket, address, NULL, error))
    return NULL;
  return g_steal_pointer (&socket);
}

/* A socket that nobody answers at was left by a program that is no more. What is no socket stays,
 * and hinders. */
static gboolean
put_aside (const char *path, GError **error)
{
  g_autoptr (GSocket) other = NULL;
  GStatBuf found;

  if (g_lstat (path, &found) != 0 || !S_ISSOCK (found.st_mode))
    return TRUE;
  other = pl_control_socket_connect (path, NULL);
  if (other == NULL)
    {
      g_unlink (path);
      return TRUE;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE,
               _ ("another Porchlight with these settings listens at %s"), path);
  return FALSE;
}

static gboolean
set_error (int failure, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (failure), g_strerror (failure));
  return FALSE;
}

/* Linux gives the socket in the folder the rights that its descriptor has, so that it is never
 * there with others; elsewhere the folder alone guards that moment. */
static gboolean
bind_for_owner (GSocket *socket, GSocketAddress *address, const char *path, GError **error)
{
  fchmod (g_socket_get_fd (socket), OWNER_ALONE);
  if (!g_socket_bind (socket, address, FALSE, error))
    return FALSE;
  return g_chmod (path, OWNER_ALONE) == 0 || set_error (errno, error);
}

GSocket *
pl_control_socket_listen (const char *path, GError **error)
{
  g_autoptr (GSocketAddress) address = new_address (path, error);
  g_autoptr (GSocket) socket = NULL;

  if (address == NULL || !check_folder (path, error) || !put_aside (path, error))
    return NULL;
  socket = new_socket (error);
  if (socket == NULL || !bind_for_owner (socket, address, path, error)
      || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

gboolean
pl_control_socket_admits (GSocket *socket)
{
  g_autoptr (GCredentials) other = g_socket_get_credentials (socket, NULL);
  uid_t user = other != NULL ? g_credentials_get_unix_user (other, NULL) : (uid_t) -1;

  return user != (uid_t) -1 && is_ours (user);
}
