/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The actions know what they work on, so that neither menus nor keys need to. */

#include "gui/requests/item_actions.h"

#include "app/export/export.h"
#include "app/i18n.h"
#include "gui/kit/clipboard.h"

typedef struct
{
  GSimpleActionGroup *group;
  PlRequestList *list;
  PlDeviceList *devices;
  PlToast *toast;
} Reach;

/* @words: what was done, where the whole address is known */
static void
copy (Reach *reach, const char *text, const char *words)
{
  if (pl_request_item_is_url_cut (pl_request_list_get_selected (reach->list)))
    words = _ ("Copied, but of this long address only the beginning is known");

  pl_clipboard_set_text (text);
  pl_toast_say (reach->toast, words);
}

static void
copy_url_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Reach *reach = user_data;
  g_autofree char *url = pl_request_item_dup_url (pl_request_list_get_selected (reach->list));

  copy (reach, url, _ ("Address copied"));
}

static void
copy_curl_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Reach *reach = user_data;
  g_autofree char *curl = pl_export_dup_curl (pl_request_list_get_selected (reach->list));

  copy (reach, curl, _ ("Command copied, without secrets"));
}

static void
only_device_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Reach *reach = user_data;
  const PlAddress *client = pl_request_item_get_client (pl_request_list_get_selected (reach->list));
  PlDeviceItem *device = pl_device_list_find (reach->devices, client);

  /* A device may have been forgotten since. */
  if (device != NULL)
    g_action_group_change_action_state (
        G_ACTION_GROUP (reach->group), "device",
        g_variant_new_take_string (pl_device_item_dup_address (device)));
}

static void
set_enabled (Reach *reach, const char *name, gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (reach->group), name);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

static void
selected_cb (PlRequestList *list, GParamSpec *pspec, gpointer user_data)
{
  Reach *reach = user_data;
  PlRequestItem *item = pl_request_list_get_selected (list);
  g_autofree char *url = item != NULL ? pl_request_item_dup_url (item) : NULL;

  set_enabled (reach, "copy-url", url != NULL);
  set_enabled (reach, "copy-curl", url != NULL);
  set_enabled (reach, "only-device", item != NULL);
}

void
pl_item_actions_add (GSimpleActionGroup *group,
                     PlRequestList *list,
                     PlDeviceList *devices,
                     PlToast *toast)
{
  static const GActionEntry entries[] = {
    { .name = "copy-url", .activate = copy_url_cb },
    { .name = "copy-curl", .activate = copy_curl_cb },
    { .name = "only-device", .activate = only_device_cb },
  };
  Reach *reach = g_new (Reach, 1);

  *reach = (Reach){ group, list, devices, toast };
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), reach);
  g_signal_connect_data (list, "notify::selected", G_CALLBACK (selected_cb), reach,
                         (GClosureNotify) (GCallback) g_free, 0);
  selected_cb (list, NULL, reach);
}
