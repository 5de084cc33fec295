/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Handles are not bounded in number, and threads of the system's own pool come and go with theirs.
 */

#include "tests/unit/io/fixture.h"

#include <windows.h>

void
fixture_prepare_system (void)
{
}

guint
fixture_count_descriptors (void)
{
  return 0;
}

static gboolean
is_wine (void)
{
  return GetProcAddress (GetModuleHandleW (L"ntdll"), "wine_get_version") != NULL;
}

/* The server of Wine 8 asks a socket for its error, and so GIO, which asks too, hears of none. And
 * Windows, whose sends take all or nothing, tells of room to those it has refused. */
gboolean
fixture_lacks_events (Fixture *fixture)
{
  if (fixture->platform != &pl_platform_generic || !is_wine ())
    return FALSE;
  g_test_skip ("GIO has no way to know of it under Wine");
  return TRUE;
}

/* When that server has asked, before a receive that waits is done, the receive finds the end alone.
 */
gboolean
fixture_loses_resets (Fixture *fixture)
{
  if (!is_wine ())
    return FALSE;
  g_test_skip ("a reset may look like an end under Wine");
  return TRUE;
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
