/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/settings/devices.h"

#include <string.h>

#define GROUP "door"
#define KEY   "turned-away"

PlTrust *
pl_settings_dup_turned_away (const PlSettings *settings)
{
  g_auto (GStrv) networks = pl_settings_dup_list (settings, GROUP, KEY);
  PlTrust *turned_away = pl_trust_new ();

  for (guint i = 0; networks[i] != NULL; i++)
    pl_trust_add (turned_away, networks[i], NULL);
  return turned_away;
}

static char *
dup_text (const PlAddress *device)
{
  char text[PL_ADDRESS_TEXT_BYTES];
  PlWriter writer;

  pl_writer_init (&writer, text, sizeof text);
  pl_address_write_host (device, &writer);
  return g_strndup (text, writer.length);
}

/* `192.168.1.23/32` means the same as `192.168.1.23`, `2001:DB8::7` as `2001:db8::7`. */
static gboolean
is_alone (const char *network, const PlAddress *device)
{
  g_autofree char *text = dup_text (device);
  g_autoptr (PlTrust) spelt = pl_trust_new ();
  g_autoptr (PlTrust) alone = pl_trust_new ();

  return pl_trust_add (spelt, network, NULL) && pl_trust_add (alone, text, NULL)
         && pl_trust_equal (spelt, alone);
}

/* The entries beside @device. */
static GPtrArray *
dup_others (const PlSettings *settings, const PlAddress *device)
{
  g_auto (GStrv) networks = pl_settings_dup_list (settings, GROUP, KEY);
  GPtrArray *others = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; networks[i] != NULL; i++)
    if (!is_alone (networks[i], device))
      g_ptr_array_add (others, g_strdup (networks[i]));
  return others;
}

static void
set_list (PlSettings *settings, GPtrArray *networks)
{
  g_ptr_array_add (networks, NULL);
  g_autofree char *text = g_strjoinv (";", (char **) networks->pdata);

  if (*text == '\0')
    pl_settings_unset (settings, GROUP, KEY);
  else
    pl_settings_set (settings, GROUP, KEY, text, NULL);
}

void
pl_settings_turn_away (PlSettings *settings, const PlAddress *device)
{
  g_autoptr (GPtrArray) networks = dup_others (settings, device);

  g_ptr_array_add (networks, dup_text (device));
  set_list (settings, networks);
}

void
pl_settings_let_in_again (PlSettings *settings, const PlAddress *device)
{
  g_autoptr (GPtrArray) others = dup_others (settings, device);

  set_list (settings, others);
}
