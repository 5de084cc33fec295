/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may listen where, on each platform alike. */

#include "tests/unit/io/fixture.h"

static void
test_ports (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (GError) error = NULL;
  PlAddress address;
  PlHandle handle = fixture_listen (fixture, &address), second;

  g_assert_cmpuint (address.port, !=, 0);
  g_assert_true (pl_address_is_loopback (&address));
  second = fixture->platform->listen (&address, FALSE, &error);
  g_assert_cmpint (second, ==, PL_HANDLE_NONE);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  fixture->platform->close_handle (handle);

  handle = fixture->platform->listen (&address, FALSE, NULL);
  g_assert_cmpint (handle, !=, PL_HANDLE_NONE);
  fixture->platform->close_handle (handle);
}

static void
test_shared_ports (Fixture *fixture, gconstpointer platform)
{
  PlAddress address;
  PlHandle handle, second, third;

  if (fixture->platform->share == NULL)
    {
      g_test_skip ("no ports are shared here");
      return;
    }
  handle = fixture_listen (fixture, &address);
  fixture->platform->share (handle, TRUE);
  second = fixture->platform->listen (&address, TRUE, NULL);
  g_assert_cmpint (second, !=, PL_HANDLE_NONE);
  fixture->platform->share (handle, FALSE);
  fixture->platform->share (second, FALSE);
  third = fixture->platform->listen (&address, FALSE, NULL);
  g_assert_cmpint (third, ==, PL_HANDLE_NONE);
  fixture->platform->close_handle (handle);
  fixture->platform->close_handle (second);
}

/* A socket for ::1, or ::, leaves the port of IPv4 to others. */
static void
test_ipv6_is_ipv6_only (Fixture *fixture, gconstpointer platform)
{
  PlAddress any_v4 = { { [10] = 0xff, 0xff }, 0 }, any_v6 = { 0 };
  PlHandle v4, v6;

  if (!fixture_has_ipv6 (fixture))
    {
      g_test_skip ("no IPv6 here");
      return;
    }
  v6 = fixture->platform->listen (&any_v6, FALSE, NULL);
  g_assert_cmpint (v6, !=, PL_HANDLE_NONE);
  g_assert_true (fixture->platform->get_local_address (v6, &any_v6));
  any_v4.port = any_v6.port;
  v4 = fixture->platform->listen (&any_v4, FALSE, NULL);
  g_assert_cmpint (v4, !=, PL_HANDLE_NONE);
  fixture->platform->close_handle (v4);
  fixture->platform->close_handle (v6);
}

static const FixtureTest tests[] = {
  { "ports", test_ports },
  { "shared-ports", test_shared_ports },
  { "ipv6-is-ipv6-only", test_ipv6_is_ipv6_only },
};

int
main (int argc, char *argv[])
{
  return fixture_run_tests (argc, argv, "ports", tests, G_N_ELEMENTS (tests));
}
