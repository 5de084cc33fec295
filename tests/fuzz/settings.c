/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings files: either they can be used or it is said why not, in words a terminal can show; and
 * saving changes neither. */

#include "app/settings/build.h"

#include "tests/fuzz/fuzz.h"

static void
check_problems (const PlProblems *problems)
{
  for (guint i = 0; i < pl_problems_get_n (problems); i++)
    {
      const char *text = pl_problems_get (problems, i)->text;

      g_assert_true (g_utf8_validate (text, -1, NULL));
      for (; *text != '\0'; text = g_utf8_next_char (text))
        g_assert_false (g_unichar_iscntrl (g_utf8_get_char (text)));
    }
}

static gboolean
can_be_used (const PlSettings *settings)
{
  g_autoptr (PlProblems) problems = pl_problems_new ();
  g_autoptr (PlConfig) config = pl_settings_new_config (settings, problems);

  g_assert_cmpint (config == NULL, ==, pl_problems_has_errors (problems));
  if (config != NULL)
    g_assert_cmpuint (pl_route_table_get_n_routes (config->routes), >, 0);
  check_problems (problems);
  return config != NULL;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (PlSettings) settings
      = pl_settings_new_from_data ("porchlight.ini", (const char *) data, size, NULL);
  if (settings == NULL)
    return 0;

  gsize length = 0;
  g_autofree char *saved = pl_settings_dup_data (settings, &length);
  g_autoptr (PlSettings) again = pl_settings_new_from_data ("porchlight.ini", saved, length, NULL);
  g_assert_nonnull (again);
  g_assert_cmpint (can_be_used (settings), ==, can_be_used (again));
  return 0;
}
