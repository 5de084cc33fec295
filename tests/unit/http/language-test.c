/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/http/language.h"

#include <glib.h>

static void
test_weigh (void)
{
  static const struct
  {
    const char *accept;
    const char *language;
    guint weight;
  } cases[] = {
    { "de", "de", 1000 },
    { "DE-at", "de", 1000 },
    { "de-DE,de;q=0.9,en;q=0.8", "en", 800 },
    { "de-DE, de ; q=0.9 ,\ten;q=0.85", "en", 850 },
    { "pt", "pt-BR", 1000 },
    { "zh-TW", "zh-CN", 0 },
    { "den", "de", 0 },
    { "*;q=0.1, de;q=0", "de", 0 },
    { "*;q=0.1, de;q=0", "he", 100 },
    { "en;q=1.000", "en", 1000 },
    { "en;q=1.9", "en", 1000 },
    { "en;q=0", "en", 0 },
    { "en;q=", "en", 0 },
    { "en;q=x", "en", 0 },
    { "en;level=1", "en", 0 },
    { ",,;,-", "en", 0 },
    { "", "en", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s: %s", cases[i].accept, cases[i].language);
      g_assert_cmpuint (
          pl_language_weigh (pl_slice_from_string (cases[i].accept), cases[i].language), ==,
          cases[i].weight);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/weigh", test_weigh);
  return g_test_run ();
}
