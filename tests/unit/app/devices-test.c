/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Devices are turned away and let in again by their address, however that is spelt in the settings.
 */

#include "app/settings/devices.h"

#include <string.h>

static PlSettings *
new_settings (const char *data)
{
  return pl_settings_new_from_data ("porchlight.ini", data, strlen (data), NULL);
}

static PlAddress
parse (const char *text)
{
  PlAddress address;

  g_assert_true (pl_address_parse (pl_slice_from_string (text), &address));
  return address;
}

static void
assert_list (const PlSettings *settings, const char *expected)
{
  g_autofree char *text = pl_settings_dup_text (settings, "door", "turned-away");

  g_assert_cmpstr (text, ==, expected);
}

static void
are_turned_away_once (void)
{
  g_autoptr (PlSettings) settings = new_settings ("");
  PlAddress phone = parse ("192.168.1.23:50000"), laptop = parse ("2001:db8::7");

  pl_settings_turn_away (settings, &phone);
  pl_settings_turn_away (settings, &laptop);
  assert_list (settings, "192.168.1.23;2001:db8::7");
  pl_settings_turn_away (settings, &laptop);
  assert_list (settings, "192.168.1.23;2001:db8::7");

  g_autoptr (PlTrust) turned_away = pl_settings_dup_turned_away (settings);
  g_assert_true (pl_trust_contains (turned_away, &phone));
  g_assert_true (pl_trust_contains (turned_away, &laptop));
}

static void
are_let_in_again (void)
{
  static const struct
  {
    const char *before, *after;
  } rows[] = {
    { "192.168.1.23", "" },
    { "192.168.1.23;192.168.1.24", "192.168.1.24" },
    { "192.168.1.24; 192.168.1.23 ;192.168.1.23/32", "192.168.1.24" },
    { "::ffff:192.168.1.23", "" },
    { "192.168.1.0/24;192.168.1.23", "192.168.1.0/24" },
    { "192.168.1.2;192.168.1.230", "192.168.1.2;192.168.1.230" },
  };
  PlAddress phone = parse ("192.168.1.23");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *data = g_strdup_printf ("[door]\nturned-away=%s\n", rows[i].before);
      g_autoptr (PlSettings) settings = new_settings (data);

      pl_settings_let_in_again (settings, &phone);
      assert_list (settings, rows[i].after);
      g_assert_cmpint (pl_settings_has (settings, "door", "turned-away"), ==,
                       *rows[i].after != '\0');
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/devices/are-turned-away-once", are_turned_away_once);
  g_test_add_func ("/app/devices/are-let-in-again", are_let_in_again);
  return g_test_run ();
}
