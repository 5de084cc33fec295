/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table of switches; the filter is told of their sum. */

#include "gui/requests/filter_actions.h"

#include "gui/requests/device_menu.h"

static const struct
{
  const char *name;
  PlRequestFlags flag;
} switches[] = {
  { "errors", PL_REQUEST_ERROR }, { "uploads", PL_REQUEST_UPLOAD }, { "media", PL_REQUEST_MEDIA },
  { "pages", PL_REQUEST_PAGE },   { "live", PL_REQUEST_LIVE },
};

#define DEVICE "device"

static PlRequestFlags
flag_of (GSimpleAction *action)
{
  const char *name = g_action_get_name (G_ACTION (action));

  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    if (g_str_equal (switches[i].name, name))
      return switches[i].flag;
  return 0;
}

static void
change_switch_cb (GSimpleAction *action, GVariant *state, PlRequestFilter *filter)
{
  PlRequestFlags flags = pl_request_filter_get_flags (filter) & ~flag_of (action);

  if (g_variant_get_boolean (state))
    flags |= flag_of (action);
  g_simple_action_set_state (action, state);
  pl_request_filter_set_flags (filter, flags);
}

static void
change_device_cb (GSimpleAction *action, GVariant *state, PlRequestFilter *filter)
{
  PlDeviceList *devices = g_object_get_data (G_OBJECT (action), "devices");

  /* Whoever is told of the state looks at the filter. */
  pl_request_filter_set_device (filter,
                                pl_device_menu_find (devices, g_variant_get_string (state, NULL)));
  g_simple_action_set_state (action, state);
}

void
pl_filter_actions_add (GActionMap *map, PlRequestFilter *filter, PlDeviceList *devices)
{
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      g_autoptr (GSimpleAction) action
          = g_simple_action_new_stateful (switches[i].name, NULL, g_variant_new_boolean (FALSE));

      g_signal_connect (action, "change-state", G_CALLBACK (change_switch_cb), filter);
      g_action_map_add_action (map, G_ACTION (action));
    }

  g_autoptr (GSimpleAction) device
      = g_simple_action_new_stateful (DEVICE, G_VARIANT_TYPE_STRING, g_variant_new_string (""));

  g_object_set_data (G_OBJECT (device), "devices", devices);
  g_signal_connect (device, "change-state", G_CALLBACK (change_device_cb), filter);
  g_action_map_add_action (map, G_ACTION (device));
}

void
pl_filter_actions_reset (GActionGroup *group)
{
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    g_action_group_change_action_state (group, switches[i].name, g_variant_new_boolean (FALSE));
  g_action_group_change_action_state (group, DEVICE, g_variant_new_string (""));
}
