/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Handles are not bounded in number, and threads of the system's own pool come and go with theirs.
 */

#include "tests/unit/io/fixture.h"

void
fixture_prepare_system (void)
{
}

guint
fixture_count_descriptors (void)
{
  return 0;
}

gboolean
fixture_take_descriptors (guint n_left)
{
  g_test_skip ("this system has no bound on descriptors");
  return FALSE;
}

void
fixture_give_descriptors (void)
{
}
