/* SPDX-License-Identifier: GPL-3.0-or-later */

/* systemd's side is a datagram for each word, and sockets from descriptor 3 on (sd_notify(3),
 * sd_listen_fds(3), sd_watchdog_enabled(3)). That is too little to need libsystemd, which a program
 * that brings all it needs along would have to carry. */

#include "app/system/service_manager.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <unistd.h>

#define FIRST_SOCKET 3
#define MOST_SOCKETS 64

/* What systemd says of a socket that has no name. */
#define NAMELESS "unknown"

/* systemd takes in at once what it is sent; should it not, nothing here may hang with it. */
#define PATIENCE_S 1

/**
 * PlServiceManager:
 * @socket: (nullable): what words are sent by; %NULL: nobody wants to know
 * @address: (nullable): where to
 * @watchdog_us: within what time it wants a sign of life; 0: it wants none
 * @pulse: (nullable): gives them
 */
struct _PlServiceManager
{
  GSocket *socket;
  GSocketAddress *address;
  GArray *sockets;
  guint64 watchdog_us;
  GSource *pulse;
  GSourceOnceFunc look;
  gpointer user_data;
};

/* What it says */

/* Returns: (transfer full) (nullable): the value, which is then no longer there */
static char *
take (const char *name)
{
  char *value = g_strdup (g_getenv (name));

  g_unsetenv (name);
  return value;
}

/* Returns: 0 where @text is no number, or one that cannot be */
static guint64
read_number (const char *text, guint64 most)
{
  guint64 number = 0;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 1, most, &number, NULL) ? number : 0;
}

/* A program that is not the one these words are for has only inherited them. */
static gboolean
is_for_us (const char *process)
{
  return read_number (process, G_MAXINT) == (guint64) getpid ();
}

static void
socket_clear (gpointer data)
{
  g_free (((PlServiceSocket *) data)->name);
}

static void
take_sockets (PlServiceManager *manager)
{
  g_autofree char *process = take ("LISTEN_PID");
  g_autofree char *count = take ("LISTEN_FDS");
  g_autofree char *all_names = take ("LISTEN_FDNAMES");
  guint n_sockets = is_for_us (process) ? (guint) read_number (count, MOST_SOCKETS) : 0;
  g_auto (GStrv) names = g_strsplit (all_names != NULL ? all_names : "", ":", -1);
  guint n_names = g_strv_length (names);

  for (guint i = 0; i < n_sockets; i++)
    {
      PlServiceSocket given = { .descriptor = FIRST_SOCKET + (int) i };

      given.name = g_strdup (i < n_names ? names[i] : NAMELESS);
      g_array_append_val (manager->sockets, given);
    }
}

static void
take_watchdog (PlServiceManager *manager)
{
  g_autofree char *process = take ("WATCHDOG_PID");
  g_autofree char *interval = take ("WATCHDOG_USEC");

  if (process == NULL || is_for_us (process))
    manager->watchdog_us = read_number (interval, G_MAXINT64);
}

/* A name that begins with @ has no file: it is in the kernel alone, with a zero octet there. */
static GSocketAddress *
new_address (const char *path)
{
  if (path == NULL || (*path != '/' && *path != '@'))
    return NULL;
  if (*path == '/')
    return g_unix_socket_address_new (path);
  return g_unix_socket_address_new_with_type (path + 1, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT);
}

static void
take_address (PlServiceManager *manager)
{
  g_autofree char *path = take ("NOTIFY_SOCKET");
  g_autoptr (GSocketAddress) address = new_address (path);

  if (address == NULL)
    return;
  manager->socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM,
                                  G_SOCKET_PROTOCOL_DEFAULT, NULL);
  if (manager->socket == NULL)
    return;
  g_socket_set_timeout (manager->socket, PATIENCE_S);
  manager->address = g_steal_pointer (&address);
}

PlServiceManager *
pl_service_manager_new (void)
{
  PlServiceManager *manager = g_new0 (PlServiceManager, 1);

  manager->sockets = g_array_new (FALSE, FALSE, sizeof (PlServiceSocket));
  g_array_set_clear_func (manager->sockets, socket_clear);
  take_address (manager);
  take_watchdog (manager);
  take_sockets (manager);
  return manager;
}

void
pl_service_manager_free (PlServiceManager *manager)
{
  if (manager->pulse != NULL)
    g_source_destroy (manager->pulse);
  g_clear_pointer (&manager->pulse, g_source_unref);
  g_clear_object (&manager->socket);
  g_clear_object (&manager->address);
  g_array_unref (manager->sockets);
  g_free (manager);
}

const GArray *
pl_service_manager_get_sockets (const PlServiceManager *manager)
{
  return manager->sockets;
}

/* What it is told */

/* One that does not hear is not mended by being told so. */
static void
tell (PlServiceManager *manager, const char *words)
{
  if (manager->socket != NULL)
    (void) g_socket_send_to (manager->socket, manager->address, words, strlen (words), NULL, NULL);
}

void
pl_service_manager_tell_ready (PlServiceManager *manager)
{
  tell (manager, "READY=1\n");
}

/* With the time, for systemd to tell this reload from another (Type=notify-reload). */
void
pl_service_manager_tell_reloading (PlServiceManager *manager)
{
  g_autofree char *words = g_strdup_printf ("RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT "\n",
                                            g_get_monotonic_time ());

  tell (manager, words);
}

void
pl_service_manager_tell_stopping (PlServiceManager *manager)
{
  tell (manager, "STOPPING=1\n");
}

void
pl_service_manager_tell_status (PlServiceManager *manager, const char *words)
{
  g_autofree char *line = g_strdelimit (g_strdup (words), "\n", ' ');
  g_autofree char *status = g_strdup_printf ("STATUS=%s\n", line);

  tell (manager, status);
}

/* Signs of life */

static gboolean
pulse_cb (gpointer user_data)
{
  PlServiceManager *manager = user_data;

  manager->look (manager->user_data);
  tell (manager, "WATCHDOG=1\n");
  return G_SOURCE_CONTINUE;
}

void
pl_service_manager_vouch (PlServiceManager *manager, GSourceOnceFunc look, gpointer user_data)
{
  guint64 pause_ms = manager->watchdog_us / 2 / 1000;

  g_return_if_fail (manager->pulse == NULL);

  if (manager->socket == NULL || manager->watchdog_us == 0)
    return;
  manager->look = look;
  manager->user_data = user_data;
  manager->pulse = g_timeout_source_new ((guint) CLAMP (pause_ms, 1, G_MAXUINT));
  g_source_set_callback (manager->pulse, pulse_cb, manager, NULL);
  g_source_attach (manager->pulse, NULL);
}
