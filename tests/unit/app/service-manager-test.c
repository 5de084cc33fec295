/* SPDX-License-Identifier: GPL-3.0-or-later */

/* app/system/service_manager_systemd.c: the test is systemd, which is a socket and an environment.
 */

#include "app/system/service_manager.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/moment.h"

/* Longer than any word that comes; a word that does not come is waited for as long. */
#define PATIENCE_S 10

static const char *const variables[] = { "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID",
                                         "LISTEN_PID",    "LISTEN_FDS",    "LISTEN_FDNAMES" };

static GSocket *
new_ear (GSocketAddress *address)
{
  g_autoptr (GError) error = NULL;
  GSocket *ear = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM,
                               G_SOCKET_PROTOCOL_DEFAULT, NULL);

  g_socket_bind (ear, address, FALSE, &error);
  g_assert_no_error (error);
  g_socket_set_timeout (ear, PATIENCE_S);
  return ear;
}

static char *
dup_heard (GSocket *ear)
{
  g_autoptr (GError) error = NULL;
  char words[500];
  gssize length = g_socket_receive (ear, words, sizeof words, NULL, &error);

  g_assert_no_error (error);
  return g_strndup (words, (gsize) length);
}

static void
assert_hears (GSocket *ear, const char *expected)
{
  g_autofree char *heard = dup_heard (ear);

  g_assert_cmpstr (heard, ==, expected);
}

static void
set_number (const char *name, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  g_setenv (name, text, TRUE);
}

/* What it is told, in the words of sd_notify(3). */
static void
assert_words_come (GSocket *ear, PlServiceManager *manager)
{
  gint64 before_us = g_get_monotonic_time ();
  g_autofree char *reloading = NULL;
  gint64 told_us;

  pl_service_manager_tell_ready (manager);
  assert_hears (ear, "READY=1\n");
  pl_service_manager_tell_status (manager, "well\nREADY=1");
  assert_hears (ear, "STATUS=well READY=1\n");
  pl_service_manager_tell_reloading (manager);
  reloading = dup_heard (ear);
  g_assert_true (g_str_has_prefix (reloading, "RELOADING=1\nMONOTONIC_USEC="));
  told_us = g_ascii_strtoll (strchr (reloading, 'C') + strlen ("C_USEC="), NULL, 10);
  g_assert_cmpint (told_us, >=, before_us);
  g_assert_cmpint (told_us, <=, g_get_monotonic_time ());
  pl_service_manager_tell_stopping (manager);
  assert_hears (ear, "STOPPING=1\n");
}

static void
test_is_told_by_a_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("porchlight-notify-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "notify", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) ear = new_ear (address);
  g_autoptr (PlServiceManager) manager = NULL;

  g_setenv ("NOTIFY_SOCKET", path, TRUE);
  manager = pl_service_manager_new ();
  assert_words_come (ear, manager);
  g_unlink (path);
  g_rmdir (folder);

  /* It has gone: nobody is told, and nothing happens. */
  pl_service_manager_tell_ready (manager);
}

static void
test_is_told_by_a_name (void)
{
  g_autofree char *name = g_strdup_printf ("porchlight-test-%d", (int) getpid ());
  g_autofree char *path = g_strconcat ("@", name, NULL);
  g_autoptr (GSocketAddress) address
      = g_unix_socket_address_new_with_type (name, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT);
  g_autoptr (GSocket) ear = new_ear (address);
  g_autoptr (PlServiceManager) manager = NULL;

  g_setenv ("NOTIFY_SOCKET", path, TRUE);
  manager = pl_service_manager_new ();
  assert_words_come (ear, manager);
}

static void
test_nobody_wants_to_know (void)
{
  g_autoptr (PlServiceManager) manager = NULL;

  g_setenv ("NOTIFY_SOCKET", "vsock:2:1234", TRUE);
  manager = pl_service_manager_new ();
  pl_service_manager_tell_ready (manager);
  pl_service_manager_tell_status (manager, "well");
  g_assert_cmpuint (pl_service_manager_get_sockets (manager)->len, ==, 0);
}

static void
test_sockets_have_names (void)
{
  g_autoptr (PlServiceManager) manager = NULL;
  const GArray *sockets;

  set_number ("LISTEN_PID", getpid ());
  g_setenv ("LISTEN_FDS", "3", TRUE);
  g_setenv ("LISTEN_FDNAMES", "porchlightd.socket:other", TRUE);
  manager = pl_service_manager_new ();

  sockets = pl_service_manager_get_sockets (manager);
  g_assert_cmpuint (sockets->len, ==, 3);
  for (guint i = 0; i < sockets->len; i++)
    g_assert_cmpint (g_array_index (sockets, PlServiceSocket, i).descriptor, ==, 3 + (int) i);
  g_assert_cmpstr (g_array_index (sockets, PlServiceSocket, 0).name, ==, "porchlightd.socket");
  g_assert_cmpstr (g_array_index (sockets, PlServiceSocket, 1).name, ==, "other");
  g_assert_cmpstr (g_array_index (sockets, PlServiceSocket, 2).name, ==, "unknown");
}

/* Descriptors that are meant for the parent are something else here. */
static void
test_sockets_of_another_process (void)
{
  const char *const counts[] = { "", "-1", "0", "3x", "99999999999", "65" };

  for (guint i = 0; i <= G_N_ELEMENTS (counts); i++)
    {
      gboolean is_for_parent = i == G_N_ELEMENTS (counts);
      g_autoptr (PlServiceManager) manager = NULL;

      set_number ("LISTEN_PID", is_for_parent ? getppid () : getpid ());
      g_setenv ("LISTEN_FDS", is_for_parent ? "1" : counts[i], TRUE);
      manager = pl_service_manager_new ();
      g_assert_cmpuint (pl_service_manager_get_sockets (manager)->len, ==, 0);
    }
}

/* Nothing that this program starts is to believe it is meant. */
static void
test_the_environment_is_cleared (void)
{
  g_autoptr (PlServiceManager) manager = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_setenv (variables[i], "1", TRUE);
  manager = pl_service_manager_new ();
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_assert_null (g_getenv (variables[i]));
}

/* Signs of life */

static void
count_cb (gpointer user_data)
{
  ++*(guint *) user_data;
}

/* Returns: how often it was looked whether all is well; as many signs of life have come */
static guint
count_looks (const char *interval_us, gint64 process)
{
  g_autofree char *name = g_strdup_printf ("porchlight-watch-%d", (int) getpid ());
  g_autofree char *path = g_strconcat ("@", name, NULL);
  g_autoptr (GSocketAddress) address
      = g_unix_socket_address_new_with_type (name, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT);
  g_autoptr (GSocket) ear = new_ear (address);
  g_autoptr (PlServiceManager) manager = NULL;
  guint n_looks = 0;

  g_setenv ("NOTIFY_SOCKET", path, TRUE);
  g_setenv ("WATCHDOG_USEC", interval_us, TRUE);
  if (process != 0)
    set_number ("WATCHDOG_PID", process);
  manager = pl_service_manager_new ();
  pl_service_manager_vouch (manager, count_cb, &n_looks);
  run_for (250);
  for (guint i = 0; i < n_looks; i++)
    assert_hears (ear, "WATCHDOG=1\n");
  g_assert_cmpint (g_socket_get_available_bytes (ear), <=, 0);
  return n_looks;
}

static void
test_signs_of_life_come_at_half_the_interval (void)
{
  guint n_looks = count_looks ("100000", getpid ());

  /* Every 50 ms; a machine that has much to do brings fewer. */
  g_assert_cmpuint (n_looks, >=, 2);
  g_assert_cmpuint (n_looks, <=, 5);
  g_assert_cmpuint (count_looks ("100000", 0), >=, 2);
}

static void
test_signs_of_life_of_another_process (void)
{
  g_assert_cmpuint (count_looks ("100000", getppid ()), ==, 0);
  g_assert_cmpuint (count_looks ("0", getpid ()), ==, 0);
  g_assert_cmpuint (count_looks ("soon", getpid ()), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service-manager/is-told-by-a-file", test_is_told_by_a_file);
  g_test_add_func ("/service-manager/is-told-by-a-name", test_is_told_by_a_name);
  g_test_add_func ("/service-manager/nobody-wants-to-know", test_nobody_wants_to_know);
  g_test_add_func ("/service-manager/sockets-have-names", test_sockets_have_names);
  g_test_add_func ("/service-manager/sockets-of-another-process", test_sockets_of_another_process);
  g_test_add_func ("/service-manager/the-environment-is-cleared", test_the_environment_is_cleared);
  g_test_add_func ("/service-manager/signs-of-life-come-at-half-the-interval",
                   test_signs_of_life_come_at_half_the_interval);
  g_test_add_func ("/service-manager/signs-of-life-of-another-process",
                   test_signs_of_life_of_another_process);
  return g_test_run ();
}
