/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who has a port: in a made-up /proc, and in the real one for a socket of our own. */

#include "app/daemon/say.h"
#include "app/engine/refusal.h"
#include "app/system/port_owner_linux.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define TABLE_HEAD                                                                                 \
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout "    \
  "inode\n"

static char *proc;

static void
write_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (proc, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
make_descriptor (const char *process, const char *number, const char *target)
{
  g_autofree char *folder = g_build_filename (proc, process, "fd", NULL);
  g_autofree char *path = g_build_filename (folder, number, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
make_proc (void)
{
  proc = g_dir_make_tmp ("porchlight-proc-XXXXXX", NULL);
  write_file ("net/tcp", TABLE_HEAD
              "   0: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000   "
              "     0 111 1 0000000000000000 100 0 0 10 0\n"
              "   1: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0   "
              "     0 41734 1 0000000000000000 100 0 0 10 0\n"
              "   2: 00000000:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0   "
              "     0 999 1 0000000000000000 100 0 0 10 0\n");
  write_file ("net/tcp6", TABLE_HEAD "   0: 00000000000000000000000000000000:1F92 "
                                     "00000000000000000000000000000000:0000 0A 00000000:00000000 "
                                     "00:00000000 00000000     0        0 555 1 0\n");
  write_file ("123/comm", "nginx\n");
  make_descriptor ("123", "0", "/dev/null");
  make_descriptor ("123", "6", "socket:[41734]");
  write_file ("124/comm", "other\n");
  make_descriptor ("124", "6", "socket:[4173]");
  make_descriptor ("124", "7", "socket:[555]");
  make_descriptor ("self", "6", "socket:[41734]");
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) entries
      = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *entry = g_build_filename (path, name, NULL);
      remove_all (entry);
    }
  g_remove (path);
}

static void
test_found (void)
{
  g_autoptr (PlPortOwner) owner = pl_port_owner_find_in (proc, 8080);

  g_assert_cmpstr (owner->program, ==, "nginx");
  g_assert_cmpint (owner->process, ==, 123);
  g_assert_cmpstr (owner->user, ==, "root");
}

static void
test_found_by_ipv6 (void)
{
  g_autoptr (PlPortOwner) owner = pl_port_owner_find_in (proc, 8082);
  g_assert_cmpstr (owner->program, ==, "other");
}

static void
test_only_the_user_is_known (void)
{
  g_autoptr (PlPortOwner) owner = pl_port_owner_find_in (proc, 8081);

  g_assert_null (owner->program);
  g_assert_cmpstr (owner->user, ==, "root");
}

static void
test_free (void)
{
  g_assert_null (pl_port_owner_find_in (proc, 8083));
  g_assert_true (pl_port_owner_is_free_in (proc, 8083));
  g_assert_false (pl_port_owner_is_free_in (proc, 8082));
  g_assert_null (pl_port_owner_find_in ("/nowhere", 8080));
}

static char *
dup_advice (const GError *error, guint16 port)
{
  g_autoptr (PlConfig) config = pl_config_new ();

  pl_config_set_listen (config, port, PL_EXPOSURE_COMPUTER, 1);
  return pl_say_dup_refusal (error, config);
}

static void
test_advice (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) taken = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, "in use");
  g_autoptr (GError) forbidden
      = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "denied");
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *who = g_strdup_printf ("Port %u is taken by ", port);
  g_autofree char *process = g_strdup_printf (" (process %d). Stop it, or ", (int) getpid ());

  g_autofree char *about_taken = dup_advice (taken, port);
  g_assert_true (g_str_has_prefix (about_taken, who));
  g_assert_nonnull (strstr (about_taken, process));
  g_assert_nonnull (strstr (about_taken, "porchlightd --port "));

  g_autofree char *about_forbidden = dup_advice (forbidden, 80);
  g_assert_nonnull (strstr (about_forbidden, "Choose one above 1023: porchlightd --port 80"));
  g_assert_nonnull (strstr (about_forbidden, "setcap"));

  g_autofree char *about_other = dup_advice (forbidden, pl_port_find_free (8080));
  g_assert_cmpstr (about_other, ==, "denied");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  make_proc ();
  g_test_add_func ("/app/port-owner/found", test_found);
  g_test_add_func ("/app/port-owner/found-by-ipv6", test_found_by_ipv6);
  g_test_add_func ("/app/port-owner/only-the-user-is-known", test_only_the_user_is_known);
  g_test_add_func ("/app/port-owner/free", test_free);
  g_test_add_func ("/app/port-owner/advice", test_advice);
  int result = g_test_run ();
  remove_all (proc);
  g_free (proc);
  return result;
}
