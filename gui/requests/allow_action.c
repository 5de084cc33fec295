/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/requests/allow_action.h"

#include "app/model/share_page.h"
#include "app/settings/world.h"
#include "gui/requests/allow_dialog.h"

typedef struct
{
  GSimpleActionGroup *group;
  PlRequestList *list;
  PlEngine *engine;
} Reach;

/* Returns: (transfer full) (nullable): the line that is missing */
static char *
dup_wish (Reach *reach)
{
  PlRequestItem *item = pl_request_list_get_selected (reach->list);
  g_autofree char *wish
      = item != NULL ? pl_share_page_dup_wish (pl_request_item_get_record (item)) : NULL;

  if (wish == NULL || pl_world_has_also (pl_engine_get_settings (reach->engine), wish))
    return NULL;
  return g_steal_pointer (&wish);
}

static void
allow_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Reach *reach = user_data;
  g_autofree char *wish = dup_wish (reach);
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (reach->list));

  if (wish != NULL)
    pl_allow_dialog_show (GTK_WINDOW (window), reach->engine, wish);
}

static void
update (Reach *reach)
{
  g_autofree char *wish = dup_wish (reach);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (reach->group), "allow");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), wish != NULL);
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
pl_allow_action_add (GSimpleActionGroup *group, PlRequestList *list, PlEngine *engine)
{
  static const GActionEntry entries[] = { { .name = "allow", .activate = allow_cb } };
  Reach *reach = g_new (Reach, 1);

  *reach = (Reach){ group, list, engine };
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), reach);
  g_signal_connect_data (list, "notify::selected", G_CALLBACK (selected_cb), reach,
                         (GClosureNotify) (GCallback) g_free, 0);
  g_signal_connect_object (engine, "settings-changed", G_CALLBACK (settings_changed_cb), list,
                           G_CONNECT_SWAPPED);
  update (reach);
}
