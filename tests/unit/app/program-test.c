/* SPDX-License-Identifier: GPL-3.0-or-later */

/* app/system/program.c: which file is to be started again, and beside which settings are
 * looked for: the program, or the script that started it. */

#include "app/system/program.h"

#include <glib.h>
#include <string.h>

#define LAUNCHER "PORCHLIGHT_LAUNCHER"

static char *
dup_own_path (void)
{
  g_unsetenv (LAUNCHER);
  return pl_program_dup_path ();
}

static void
assert_path (const char *launcher, const char *expected)
{
  g_autofree char *path = NULL;

  g_setenv (LAUNCHER, launcher, TRUE);
  path = pl_program_dup_path ();
  g_assert_cmpstr (path, ==, expected);
}

static void
test_without_a_launcher (void)
{
  g_autofree char *own = dup_own_path ();
  g_autofree char *name = g_path_get_basename (own);

  g_assert_true (g_path_is_absolute (own));
  g_assert_cmpstr (name, ==, "app-program-test");
}

static void
test_a_launcher_beside_or_above (void)
{
  g_autofree char *own = dup_own_path ();
  g_autofree char *folder = g_path_get_dirname (own);
  g_autofree char *above = g_path_get_dirname (folder);
  g_autofree char *beside = g_build_filename (folder, "porchlightd", NULL);
  g_autofree char *higher = g_build_filename (above, "porchlightd", NULL);

  assert_path (beside, beside);
  assert_path (higher, higher);
}

/* It was inherited from a terminal that was started by it. */
static void
test_a_launcher_of_another (void)
{
  g_autofree char *own = dup_own_path ();
  g_autofree char *folder = g_path_get_dirname (own);
  g_autofree char *sibling = g_strconcat (folder, "-2/porchlightd", NULL);
  g_autofree char *part = g_strndup (folder, strlen (folder) - 1);
  g_autofree char *partly = g_build_filename (part, "porchlightd", NULL);

  assert_path (sibling, own);
  assert_path (partly, own);
  assert_path ("/elsewhere/porchlightd", own);
  assert_path ("porchlightd", own);
  assert_path ("", own);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/program/without-a-launcher", test_without_a_launcher);
  g_test_add_func ("/program/a-launcher-beside-or-above", test_a_launcher_beside_or_above);
  g_test_add_func ("/program/a-launcher-of-another", test_a_launcher_of_another);
  return g_test_run ();
}
