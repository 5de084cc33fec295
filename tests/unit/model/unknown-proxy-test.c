/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which proxies are offered to be believed. */

#include "app/model/unknown_proxy.h"

static void
assert_address (const char *address, PlCloseReason reason, const char *expected)
{
  PlRecordText text = { .method = PL_SLICE ("GET"), .target = PL_SLICE ("/photos") };
  g_autoptr (PlRecord) record = pl_record_new (&text);
  g_autofree char *entry = NULL;

  g_assert_true (pl_address_parse (pl_slice_from_string (address), &record->client));
  record->reason = reason;
  entry = pl_unknown_proxy_dup_address (record);
  g_assert_cmpstr (entry, ==, expected);
}

static void
those_nearby (void)
{
  assert_address ("127.0.0.1", PL_CLOSE_PROXY_NOT_TRUSTED, "127.0.0.1");
  assert_address ("::1", PL_CLOSE_PROXY_NOT_TRUSTED, "::1");
  assert_address ("192.168.1.2", PL_CLOSE_PROXY_NOT_TRUSTED, "192.168.1.2");
  assert_address ("172.18.0.1", PL_CLOSE_PROXY_NOT_TRUSTED, "172.18.0.1");
  assert_address ("fd00::2", PL_CLOSE_PROXY_NOT_TRUSTED, "fd00::2");
}

static void
nobody_else (void)
{
  assert_address ("203.0.113.9", PL_CLOSE_PROXY_NOT_TRUSTED, NULL);
  assert_address ("2001:db8::1", PL_CLOSE_PROXY_NOT_TRUSTED, NULL);
  assert_address ("192.168.1.2", PL_CLOSE_NOT_SHARED, NULL);
  assert_address ("127.0.0.1", PL_CLOSE_DONE, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unknown-proxy/those-nearby", those_nearby);
  g_test_add_func ("/unknown-proxy/nobody-else", nobody_else);
  return g_test_run ();
}
