/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/route/plain.c: the whole table. */

#include "net/route/plain.h"

static void
test_table (void)
{
  static const struct
  {
    PlPlainRule rule;
    gboolean is_home, is_page;
    PlPlainVerdict verdict;
  } rows[] = {
    { PL_PLAIN_HOME, TRUE, TRUE, PL_PLAIN_VERDICT_SERVE },
    { PL_PLAIN_HOME, TRUE, FALSE, PL_PLAIN_VERDICT_SERVE },
    { PL_PLAIN_HOME, FALSE, TRUE, PL_PLAIN_VERDICT_SEND_ON },
    { PL_PLAIN_HOME, FALSE, FALSE, PL_PLAIN_VERDICT_REFUSE },
    { PL_PLAIN_REDIRECT, TRUE, TRUE, PL_PLAIN_VERDICT_SEND_ON },
    { PL_PLAIN_REDIRECT, TRUE, FALSE, PL_PLAIN_VERDICT_SERVE },
    { PL_PLAIN_REDIRECT, FALSE, TRUE, PL_PLAIN_VERDICT_SEND_ON },
    { PL_PLAIN_REDIRECT, FALSE, FALSE, PL_PLAIN_VERDICT_REFUSE },
    { PL_PLAIN_REFUSE, TRUE, TRUE, PL_PLAIN_VERDICT_REFUSE },
    { PL_PLAIN_REFUSE, TRUE, FALSE, PL_PLAIN_VERDICT_REFUSE },
    { PL_PLAIN_REFUSE, FALSE, TRUE, PL_PLAIN_VERDICT_REFUSE },
    { PL_PLAIN_REFUSE, FALSE, FALSE, PL_PLAIN_VERDICT_REFUSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (pl_plain_decide (rows[i].rule, rows[i].is_home, rows[i].is_page), ==,
                     rows[i].verdict);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/plain/table", test_table);
  return g_test_run ();
}
