/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Devices are few and come seldom, so the menu is made anew each time. */

#include "gui/requests/device_menu.h"

#include "app/i18n.h"

#define ACTION "requests.device"

static GMenuItem *
new_item (const char *label, const char *key)
{
  GMenuItem *item = g_menu_item_new (NULL, NULL);

  /* Not as a label with mnemonics: a device may have an underscore in its name. */
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);

  g_menu_item_set_label (item, escaped);
  g_menu_item_set_action_and_target (item, ACTION, "s", key);
  return item;
}

static char *
dup_label (PlDeviceItem *device)
{
  g_autofree char *title = pl_device_item_dup_title (device);
  g_autofree char *details = pl_device_item_dup_details (device);

  return *details == '\0' ? g_steal_pointer (&title) : g_strdup_printf ("%s · %s", title, details);
}

static void
fill (GMenu *menu, PlDeviceList *devices)
{
  guint n_devices = g_list_model_get_n_items (G_LIST_MODEL (devices));
  g_autoptr (GMenuItem) all = new_item (_ ("All Devices"), "");
  g_autoptr (GMenu) section = g_menu_new ();

  g_menu_remove_all (menu);
  g_menu_append_item (menu, all);
  for (guint i = 0; i < n_devices; i++)
    {
      g_autoptr (PlDeviceItem) device = g_list_model_get_item (G_LIST_MODEL (devices), i);
      g_autofree char *label = dup_label (device);
      g_autofree char *key = pl_device_item_dup_address (device);
      g_autoptr (GMenuItem) item = new_item (label, key);

      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
devices_changed_cb (PlDeviceList *devices,
                    guint position,
                    guint n_removed,
                    guint n_added,
                    GMenu *menu)
{
  fill (menu, devices);
}

static void
renamed_cb (PlDeviceList *devices, PlDeviceItem *device, GMenu *menu)
{
  fill (menu, devices);
}

GMenuModel *
pl_device_menu_new (PlDeviceList *devices)
{
  GMenu *menu = g_menu_new ();

  g_signal_connect_object (devices, "items-changed", G_CALLBACK (devices_changed_cb), menu, 0);
  g_signal_connect_object (devices, "renamed", G_CALLBACK (renamed_cb), menu, 0);
  fill (menu, devices);
  return G_MENU_MODEL (menu);
}

PlDeviceItem *
pl_device_menu_find (PlDeviceList *devices, const char *key)
{
  PlAddress address;

  return pl_address_parse (pl_slice_from_string (key), &address)
             ? pl_device_list_find (devices, &address)
             : NULL;
}
