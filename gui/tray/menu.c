/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an item does and when it can be chosen comes from the actions by themselves; only two lines
 * speak of the state. */

#include "gui/tray/menu.h"

#include "app/i18n.h"

struct _PlTrayMenu
{
  GtkMenu parent_instance;

  PlEngine *engine;

  GtkMenuItem *state_item;
  GtkMenuItem *pause_item;
  GtkMenuItem *open_item;
};

G_DEFINE_FINAL_TYPE (PlTrayMenu, pl_tray_menu, GTK_TYPE_MENU)

static void
notify_state_words_cb (PlTrayMenu *menu)
{
  gtk_menu_item_set_label (menu->state_item, pl_engine_get_state_words (menu->engine));
}

static void
notify_paused_cb (PlTrayMenu *menu)
{
  gboolean is_paused = pl_engine_get_paused (menu->engine);
  gtk_menu_item_set_label (menu->pause_item, is_paused ? _ ("_Resume") : _ ("_Pause"));
}

PlTrayMenu *
pl_tray_menu_new (PlEngine *engine, GApplication *app)
{
  PlTrayMenu *menu = g_object_new (PL_TYPE_TRAY_MENU, NULL);

  menu->engine = engine;
  g_signal_connect_object (engine, "notify::state-words", G_CALLBACK (notify_state_words_cb), menu,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::paused", G_CALLBACK (notify_paused_cb), menu,
                           G_CONNECT_SWAPPED);
  notify_state_words_cb (menu);
  notify_paused_cb (menu);

  /* The menu belongs to no window that would have them. */
  gtk_widget_insert_action_group (GTK_WIDGET (menu), "app", G_ACTION_GROUP (app));
  return menu;
}

GtkMenuItem *
pl_tray_menu_get_open_item (PlTrayMenu *menu)
{
  return menu->open_item;
}

static void
pl_tray_menu_class_init (PlTrayMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/tray-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, PlTrayMenu, state_item);
  gtk_widget_class_bind_template_child (widget_class, PlTrayMenu, pause_item);
  gtk_widget_class_bind_template_child (widget_class, PlTrayMenu, open_item);
}

static void
pl_tray_menu_init (PlTrayMenu *menu)
{
  gtk_widget_init_template (GTK_WIDGET (menu));
}
