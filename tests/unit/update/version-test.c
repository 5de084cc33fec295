/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/update/version.h"

static void
test_valid (void)
{
  static const char *const good[] = { "1", "0.1.0", "12.34.56.78", "99999" };
  static const char *const bad[]
      = { "", ".", "1.", ".1", "1..2", "1.2.3.4.5", "100000", "1.2-rc1", "v1.2", "1 ", "-1", "+1" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (pl_version_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (pl_version_is_valid (bad[i]));
  g_assert_true (pl_version_is_valid (PL_VERSION));
}

static void
test_newer (void)
{
  static const char *const in_order[]
      = { "0", "0.0.1", "0.1", "0.2.0", "0.10", "0.10.0.1", "1", "1.99999", "2.0" };

  for (guint i = 0; i < G_N_ELEMENTS (in_order); i++)
    for (guint other = 0; other < G_N_ELEMENTS (in_order); other++)
      g_assert_cmpint (pl_version_is_newer (in_order[i], in_order[other]), ==, i > other);
  g_assert_false (pl_version_is_newer ("1.2.0", "1.2"));
  g_assert_false (pl_version_is_newer ("1.2", "1.2.0"));
  g_assert_false (pl_version_is_newer ("01.2", "1.2"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/update/version/valid", test_valid);
  g_test_add_func ("/app/update/version/newer", test_newer);
  return g_test_run ();
}
