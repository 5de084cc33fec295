/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/moment.h"

static gboolean
passed_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

void
run_for (guint duration_ms)
{
  gboolean passed = FALSE;

  g_timeout_add (duration_ms, passed_cb, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}
