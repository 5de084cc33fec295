/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses: every spelling that is one, many that are none, and the private networks with the
 * addresses on both sides of their borders. */

#include "net/route/address.h"
#include "tests/unit/route/sample.h"

typedef struct
{
  const char *text;
  const char *host; /* %NULL: @text is no address */
  guint16 port;
} ParseCase;

static const ParseCase parse_cases[] = {
  { "192.168.1.2", "192.168.1.2", 0 },
  { "0.0.0.0", "0.0.0.0", 0 },
  { "255.255.255.255", "255.255.255.255", 0 },
  { "1.2.3.4:80", "1.2.3.4", 80 },
  { "1.2.3.4:65535", "1.2.3.4", 65535 },
  { "::", "::", 0 },
  { "::1", "::1", 0 },
  { "[::1]", "::1", 0 },
  { "[::1]:80", "::1", 80 },
  { "fe80::1", "fe80::1", 0 },
  { "2001:DB8:0:0:0:0:0:1", "2001:db8::1", 0 },
  { "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1", 0 }, /* RFC 5952 §4.2.2: one zero stays */
  { "2001:0:0:1:0:0:0:1", "2001:0:0:1::1", 0 },
  { "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1", 0 }, /* §4.2.3: of equals the first */
  { "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8", 0 },
  { "1::", "1::", 0 },
  { "0:2::", "0:2::", 0 },
  { "1:2:3:4:5:6:0:0", "1:2:3:4:5:6::", 0 },
  { "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 0 },
  { "::ffff:10.1.2.3", "10.1.2.3", 0 },
  { "::ffff:a01:203", "10.1.2.3", 0 },
  { "[::ffff:10.1.2.3]:8080", "10.1.2.3", 8080 },
  { "64:ff9b::1.2.3.4", "64:ff9b::102:304", 0 },

  { "", NULL, 0 },
  { "localhost", NULL, 0 },
  { "unknown", NULL, 0 },
  { "_hidden", NULL, 0 },
  { "1.2.3", NULL, 0 },
  { "1.2.3.4.5", NULL, 0 },
  { "1.2.3.", NULL, 0 },
  { "01.2.3.4", NULL, 0 },
  { "1.2.3.004", NULL, 0 },
  { "0x1.2.3.4", NULL, 0 },
  { "256.2.3.4", NULL, 0 },
  { "16909060", NULL, 0 },
  { " 1.2.3.4", NULL, 0 },
  { "1.2.3.4 ", NULL, 0 },
  { "1.2.3.4:", NULL, 0 },
  { "1.2.3.4:0", NULL, 0 },
  { "1.2.3.4:65536", NULL, 0 },
  { "1.2.3.4:000080", NULL, 0 },
  { "1.2.3.4:-1", NULL, 0 },
  { "1.2.3.4:8o", NULL, 0 },
  { "1.2.3.4:80:80", NULL, 0 },
  { "1.2.3.4/24", NULL, 0 },
  { "[1.2.3.4]", NULL, 0 },
  { "[1.2.3.4]:80", NULL, 0 },
  { ":", NULL, 0 },
  { ":::", NULL, 0 },
  { "1::2::3", NULL, 0 },
  { "1:2:3:4:5:6:7", NULL, 0 },
  { "1:2:3:4:5:6:7:8:9", NULL, 0 },
  { "12345::", NULL, 0 },
  { "fe80::1%eth0", NULL, 0 },
  { "[fe80::1%25eth0]", NULL, 0 },
  { "[]", NULL, 0 },
  { "[", NULL, 0 },
  { "[::1", NULL, 0 },
  { "::1]", NULL, 0 },
  { "[::1]80", NULL, 0 },
  { "[::1]:", NULL, 0 },
  { "[[::1]]", NULL, 0 },
  { "\"1.2.3.4\"", NULL, 0 },
  { "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL, 0 },
};

static char *
dup_host (const PlAddress *address)
{
  char text[PL_ADDRESS_TEXT_BYTES];
  PlWriter writer;

  pl_writer_init (&writer, text, sizeof text);
  pl_address_write_host (address, &writer);
  return sample_dup_written (&writer);
}

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (parse_cases); i++)
    {
      const ParseCase *test = &parse_cases[i];
      g_autofree char *octets = sample_copy (test->text);
      g_autofree char *host = NULL;
      PlAddress address;
      gboolean is_one = pl_address_parse (pl_slice (octets, strlen (test->text)), &address);

      g_test_message ("%s", test->text);
      g_assert_cmpint (is_one, ==, test->host != NULL);
      if (!is_one)
        continue;
      host = dup_host (&address);
      g_assert_cmpstr (host, ==, test->host);
      g_assert_cmpuint (address.port, ==, test->port);
    }
}

static void
test_parse_refuses_nul (void)
{
  static const char text[] = "1.2.3.4\0.5";
  PlAddress address;

  g_assert_false (pl_address_parse (pl_slice (text, sizeof text - 1), &address));
}

static void
test_write_with_port (void)
{
  static const struct
  {
    const char *text;
    const char *written;
  } cases[] = {
    { "1.2.3.4", "1.2.3.4" },
    { "1.2.3.4:80", "1.2.3.4:80" },
    { "[::1]", "::1" },
    { "[::1]:8080", "[::1]:8080" },
    { "[1111:2222:3333:4444:5555:6666:7777:8888]:65535",
      "[1111:2222:3333:4444:5555:6666:7777:8888]:65535" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlAddress address = sample_address (cases[i].text);
      g_autofree char *written = NULL;
      char text[PL_ADDRESS_TEXT_BYTES];
      PlWriter writer;

      pl_writer_init (&writer, text, sizeof text);
      pl_address_write (&address, &writer);
      written = sample_dup_written (&writer);
      g_assert_cmpstr (written, ==, cases[i].written);
    }
}

static void
test_families_have_one_form (void)
{
  static const guint8 ipv4[] = { 10, 1, 2, 3 };
  static const guint8 mapped[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 1, 2, 3 };
  PlAddress from_ipv4 = pl_address_from_ipv4 (ipv4, 80);
  PlAddress from_ipv6 = pl_address_from_ipv6 (mapped, 80);

  g_assert_true (pl_address_is_ipv4 (&from_ipv4));
  g_assert_true (pl_address_is_ipv4 (&from_ipv6));
  g_assert_cmpmem (from_ipv4.bytes, 16, from_ipv6.bytes, 16);
  g_assert_cmpuint (from_ipv4.port, ==, from_ipv6.port);
}

typedef enum
{
  PUBLIC,
  PRIVATE,
  LOOPBACK,
} Reach;

static const struct
{
  const char *text;
  Reach reach;
} reach_cases[] = {
  { "126.255.255.255", PUBLIC },
  { "127.0.0.0", LOOPBACK },
  { "127.255.255.255", LOOPBACK },
  { "128.0.0.0", PUBLIC },
  { "::ffff:127.0.0.1", LOOPBACK },
  { "::1", LOOPBACK },
  { "::", PUBLIC },
  { "::2", PUBLIC },
  { "::7f00:1", PUBLIC },
  { "0.0.0.0", PUBLIC },
  { "9.255.255.255", PUBLIC },
  { "10.0.0.0", PRIVATE },
  { "10.255.255.255", PRIVATE },
  { "11.0.0.0", PUBLIC },
  { "172.15.255.255", PUBLIC },
  { "172.16.0.0", PRIVATE },
  { "172.31.255.255", PRIVATE },
  { "172.32.0.0", PUBLIC },
  { "192.167.255.255", PUBLIC },
  { "192.168.0.0", PRIVATE },
  { "192.168.255.255", PRIVATE },
  { "192.169.0.0", PUBLIC },
  { "169.253.255.255", PUBLIC },
  { "169.254.0.0", PRIVATE },
  { "169.254.255.255", PRIVATE },
  { "169.255.0.0", PUBLIC },
  { "100.63.255.255", PUBLIC },
  { "100.64.0.0", PRIVATE },
  { "100.127.255.255", PRIVATE },
  { "100.128.0.0", PUBLIC },
  { "fbff::", PUBLIC },
  { "fc00::", PRIVATE },
  { "fdff:ffff::1", PRIVATE },
  { "fe00::", PUBLIC },
  { "fe7f:ffff::", PUBLIC },
  { "fe80::1", PRIVATE },
  { "febf:ffff::", PRIVATE },
  { "fec0::", PUBLIC },
  { "2001:db8::1", PUBLIC },
  { "8.8.8.8", PUBLIC },
};

static void
test_reach (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (reach_cases); i++)
    {
      PlAddress address = sample_address (reach_cases[i].text);

      g_test_message ("%s", reach_cases[i].text);
      g_assert_cmpint (pl_address_is_loopback (&address), ==, reach_cases[i].reach == LOOPBACK);
      g_assert_cmpint (pl_address_is_private (&address), ==, reach_cases[i].reach != PUBLIC);
    }
}

static void
test_network_around (void)
{
  static const struct
  {
    const char *address;
    guint prefix_bits;
    const char *first;
  } cases[] = {
    { "2001:db8:1:2:3:4:5:6", 64, "2001:db8:1:2::" },
    { "2001:db8:1:2:3:4:5:6", 128, "2001:db8:1:2:3:4:5:6" },
    { "2001:db8:1:ffff::", 52, "2001:db8:1:f000::" },
    { "2001:db8:ffff::", 33, "2001:db8:8000::" },
    { "ffff::1", 0, "::" },
    { "192.168.1.77:80", 96 + 24, "192.168.1.0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlAddress address = sample_address (cases[i].address);
      PlAddress first = sample_address (cases[i].first);
      PlNetwork network = pl_network_around (&address, cases[i].prefix_bits);

      g_assert_cmpuint (network.prefix_bits, ==, cases[i].prefix_bits);
      g_assert_cmpmem (network.address.bytes, 16, first.bytes, 16);
      g_assert_cmpuint (network.address.port, ==, 0);
    }
}

static void
test_sameness (void)
{
  PlAddress phone = pl_address_from_ipv4 ((const guint8[]){ 192, 168, 1, 7 }, 1);
  PlAddress elsewhere = pl_address_from_ipv4 ((const guint8[]){ 192, 168, 1, 8 }, 1);
  PlAddress again = phone;
  PlNetwork network = pl_network_around (&phone, 120);
  PlNetwork same = pl_network_around (&elsewhere, 120);
  PlNetwork wider = { .address = network.address, .prefix_bits = 112 };

  g_assert_true (pl_address_equal (&phone, &again));
  again.port = 2;
  g_assert_false (pl_address_equal (&phone, &again));
  g_assert_true (pl_address_is_same_host (&phone, &again));
  g_assert_false (pl_address_is_same_host (&phone, &elsewhere));
  g_assert_cmpuint (pl_address_hash_host (&phone), ==, pl_address_hash_host (&again));
  g_assert_cmpuint (pl_address_hash_host (&phone), !=, pl_address_hash_host (&elsewhere));
  g_assert_true (pl_network_equal (&network, &same));
  g_assert_false (pl_network_equal (&network, &wider));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/address/parse", test_parse);
  g_test_add_func ("/route/address/parse-refuses-nul", test_parse_refuses_nul);
  g_test_add_func ("/route/address/write-with-port", test_write_with_port);
  g_test_add_func ("/route/address/families-have-one-form", test_families_have_one_form);
  g_test_add_func ("/route/address/reach", test_reach);
  g_test_add_func ("/route/address/network-around", test_network_around);
  g_test_add_func ("/route/address/sameness", test_sameness);
  return g_test_run ();
}
