/* SPDX-License-Identifier: GPL-3.0-or-later */

/* /proc/net/tcp gives the inode of the socket that listens (proc(5)); the process is the one that
 * has a descriptor which is a link to `socket:[INODE]`. */

#include "app/system/port_owner_linux.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>

#define PROC "/proc"

#define STATE_LISTEN 0x0A

typedef struct
{
  guint user;
  guint64 inode;
} Listener;

/* `  0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000  0 41734 1 …`
 */
static gboolean
read_listener (const char *line, guint16 port, Listener *listener)
{
  guint local_port = 0;
  guint state = 0;
  int n_read = sscanf (line,
                       " %*u: %*[0-9A-F]:%x %*[0-9A-F]:%*x %x %*x:%*x %*x:%*x %*x %u %*u"
                       " %" G_GUINT64_FORMAT,
                       &local_port, &state, &listener->user, &listener->inode);

  return n_read == 4 && state == STATE_LISTEN && local_port == port;
}

/* Line by line: the table of a busy computer is long, and sscanf() measures all that is behind it.
 */
static gboolean
find_listener_in (const char *path, guint16 port, Listener *listener)
{
  FILE *table = fopen (path, "re");
  char line[512];
  gboolean found = FALSE;

  if (table == NULL)
    return FALSE;
  while (!found && fgets (line, sizeof line, table) != NULL)
    found = read_listener (line, port, listener);
  fclose (table);
  return found;
}

static gboolean
find_listener (const char *proc, guint16 port, Listener *listener)
{
  g_autofree char *ipv4 = g_build_filename (proc, "net", "tcp", NULL);
  g_autofree char *ipv6 = g_build_filename (proc, "net", "tcp6", NULL);

  return find_listener_in (ipv4, port, listener) || find_listener_in (ipv6, port, listener);
}

static gboolean
has_socket (const char *process_folder, guint64 inode)
{
  g_autofree char *wanted = g_strdup_printf ("socket:[%" G_GUINT64_FORMAT "]", inode);
  g_autofree char *folder = g_build_filename (process_folder, "fd", NULL);
  g_autoptr (GDir) descriptors = g_dir_open (folder, 0, NULL);
  const char *name;

  while (descriptors != NULL && (name = g_dir_read_name (descriptors)) != NULL)
    {
      g_autofree char *link = g_build_filename (folder, name, NULL);
      g_autofree char *target = g_file_read_link (link, NULL);
      if (g_strcmp0 (target, wanted) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
find_process (const char *proc, guint64 inode, PlPortOwner *owner)
{
  g_autoptr (GDir) processes = g_dir_open (proc, 0, NULL);
  const char *name;

  while (processes != NULL && (name = g_dir_read_name (processes)) != NULL)
    {
      g_autofree char *folder = g_build_filename (proc, name, NULL);
      g_autofree char *comm = g_build_filename (folder, "comm", NULL);
      if (!g_ascii_isdigit (*name) || !has_socket (folder, inode))
        continue;
      if (!g_file_get_contents (comm, &owner->program, NULL, NULL))
        return;
      g_strchomp (owner->program);
      owner->process = (int) g_ascii_strtoll (name, NULL, 10);
      return;
    }
}

/* Not getpwuid(), whose answer is shared by all threads. */
static char *
dup_user_name (guint user)
{
  char texts[4096];
  struct passwd entry;
  struct passwd *found = NULL;

  if (getpwuid_r (user, &entry, texts, sizeof texts, &found) != 0 || found == NULL)
    return NULL;
  return g_strdup (found->pw_name);
}

PlPortOwner *
pl_port_owner_find_in (const char *proc, guint16 port)
{
  Listener listener;
  if (!find_listener (proc, port, &listener))
    return NULL;

  PlPortOwner *owner = g_new0 (PlPortOwner, 1);
  owner->user = dup_user_name (listener.user);
  find_process (proc, listener.inode, owner);
  return owner;
}

gboolean
pl_port_owner_is_free_in (const char *proc, guint16 port)
{
  Listener listener;
  return !find_listener (proc, port, &listener);
}

PlPortOwner *
pl_port_owner_find (guint16 port)
{
  return pl_port_owner_find_in (PROC, port);
}

gboolean
pl_port_owner_is_free (guint16 port)
{
  return pl_port_owner_is_free_in (PROC, port);
}
