/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/requests/amend_actions.h"

#include "app/i18n.h"
#include "app/model/share_page.h"
#include "app/model/unknown_proxy.h"
#include "app/settings/list.h"
#include "gui/requests/amend_dialog.h"

typedef struct
{
  GSimpleActionGroup *group;
  PlRequestList *list;
  PlEngine *engine;
} Reach;

/**
 * Row:
 * @dup_entry: returns (transfer full) (nullable): what is missing for a request
 */
typedef struct
{
  const char *action;
  char *(*dup_entry) (const PlRecord *record);
  PlAmendment amendment;
} Row;

static const Row rows[] = {
  { "allow",
    pl_share_page_dup_wish,
    { "door", "also-links", N_ ("Let guests ask for this, too?"),
      N_ ("Allow it only if a page that you shared by link is not whole without it. Immich still "
          "decides what it shows to whom. This line is added to the settings; nothing else is let "
          "through:"),
      N_ ("_Allow") } },
  { "trust-proxy",
    pl_unknown_proxy_dup_address,
    { "forwarding", "trusted-proxies", N_ ("Believe this proxy on who is asking?"),
      N_ ("Do so only if it is yours: a tunnel or web server that you set up in front of "
          "Porchlight. Those it passes on are then known by the addresses it says, and see what is "
          "for them. Somebody else's proxy could make anybody pass for a member of your home. This "
          "address is "
          "added to the settings:"),
      N_ ("_Trust It") } },
};

/* Returns: (transfer full) (nullable): what is missing for the selected request */
static char *
dup_entry (Reach *reach, const Row *row)
{
  PlRequestItem *item = pl_request_list_get_selected (reach->list);
  g_autofree char *entry = item != NULL ? row->dup_entry (pl_request_item_get_record (item)) : NULL;

  if (entry == NULL
      || pl_settings_list_has (pl_engine_get_settings (reach->engine), row->amendment.group,
                               row->amendment.key, entry))
    return NULL;
  return g_steal_pointer (&entry);
}

static const Row *
find_row (GAction *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].action, g_action_get_name (action)))
      return &rows[i];
  g_return_val_if_reached (&rows[0]);
}

static void
amend_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Reach *reach = user_data;
  const Row *row = find_row (G_ACTION (action));
  g_autofree char *entry = dup_entry (reach, row);
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (reach->list));

  if (entry != NULL)
    pl_amend_dialog_show (GTK_WINDOW (window), reach->engine, &row->amendment, entry);
}

static void
update (Reach *reach)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *entry = dup_entry (reach, &rows[i]);
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (reach->group), rows[i].action);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), entry != NULL);
    }
}

static void
settings_changed_cb (PlRequestList *list, PlEngine *engine)
{
  g_object_notify (G_OBJECT (list), "selected");
}

static void
selected_cb (PlRequestList *list, GParamSpec *pspec, gpointer user_data)
{
  update (user_data);
}

void
pl_amend_actions_add (GSimpleActionGroup *group, PlRequestList *list, PlEngine *engine)
{
  Reach *reach = g_new (Reach, 1);

  *reach = (Reach){ group, list, engine };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GActionEntry entry = { .name = rows[i].action, .activate = amend_cb };

      g_action_map_add_action_entries (G_ACTION_MAP (group), &entry, 1, reach);
    }
  g_signal_connect_data (list, "notify::selected", G_CALLBACK (selected_cb), reach,
                         (GClosureNotify) (GCallback) g_free, 0);
  g_signal_connect_object (engine, "settings-changed", G_CALLBACK (settings_changed_cb), list,
                           G_CONNECT_SWAPPED);
  update (reach);
}
