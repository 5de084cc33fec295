/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an item does and when it can be chosen comes from the actions by themselves. Those on who
 * may come in are set here: an item marks itself when it is chosen, even if the answer to the
 * question that follows is no. */

#include "gui/tray/menu.h"

#include "app/i18n.h"
#include "app/opening/words.h"
#include "app/settings/exposure.h"

struct _PlTrayMenu
{
  GtkMenu parent_instance;

  PlEngine *engine;

  GtkMenuItem *state_item;
  GtkMenuItem *exposure_items[PL_EXPOSURE_COUNT];
  GtkMenuItem *hour_item;
  GtkMenuItem *midnight_item;
  GtkMenuItem *close_item;
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

static void exposure_item_toggled_cb (PlTrayMenu *menu, GtkMenuItem *item);

static void
notify_exposure_cb (PlTrayMenu *menu)
{
  PlExposure exposure = pl_engine_get_exposure (menu->engine);

  for (guint i = 0; i < PL_EXPOSURE_COUNT; i++)
    {
      GtkMenuItem *item = menu->exposure_items[i];
      g_signal_handlers_block_by_func (item, exposure_item_toggled_cb, menu);
      gtk_check_menu_item_set_active (GTK_CHECK_MENU_ITEM (item), i == exposure);
      g_signal_handlers_unblock_by_func (item, exposure_item_toggled_cb, menu);
    }
}

static void
exposure_item_toggled_cb (PlTrayMenu *menu, GtkMenuItem *item)
{
  for (guint i = 0; i < PL_EXPOSURE_COUNT; i++)
    if (item == menu->exposure_items[i])
      g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "exposure",
                                      g_variant_new_string (pl_exposure_names[i]));
  notify_exposure_cb (menu);
}

/* Of what is open for a while it is said until when; else it is offered to open to the next wider
 * circle, if there is one. */
static void
notify_open_words_cb (PlTrayMenu *menu)
{
  const PlOpening *opening = pl_engine_get_opening (menu->engine);
  PlExposure settled = pl_engine_get_settled_welcome (menu->engine).exposure;
  gboolean is_offered = opening == NULL && settled != PL_EXPOSURE_INTERNET;
  gboolean is_alone = settled == PL_EXPOSURE_COMPUTER;

  gtk_widget_set_visible (GTK_WIDGET (menu->hour_item), is_offered);
  gtk_widget_set_visible (GTK_WIDGET (menu->midnight_item), is_offered);
  gtk_widget_set_visible (GTK_WIDGET (menu->close_item), opening != NULL);
  gtk_menu_item_set_label (menu->hour_item, is_alone ? _ ("Open to My Network for an H_our")
                                                     : _ ("Open to the Internet for an H_our"));
  gtk_menu_item_set_label (menu->midnight_item, is_alone
                                                    ? _ ("Open to My Network until _Midnight")
                                                    : _ ("Open to the Internet until _Midnight"));
  if (opening != NULL)
    {
      g_autofree char *until
          = pl_opening_dup_until (opening->until_s, g_get_real_time () / G_USEC_PER_SEC);
      /* Translators: a time, or a day and a time */
      g_autofree char *label = g_strdup_printf (_ ("C_lose Now (open until %s)"), until);
      gtk_menu_item_set_label (menu->close_item, label);
    }
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
  g_signal_connect_object (engine, "notify::exposure", G_CALLBACK (notify_exposure_cb), menu,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::open-words", G_CALLBACK (notify_open_words_cb), menu,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::exposure", G_CALLBACK (notify_open_words_cb), menu,
                           G_CONNECT_SWAPPED);
  notify_state_words_cb (menu);
  notify_exposure_cb (menu);
  notify_open_words_cb (menu);
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
  gtk_widget_class_bind_template_child (widget_class, PlTrayMenu, hour_item);
  gtk_widget_class_bind_template_child (widget_class, PlTrayMenu, midnight_item);
  gtk_widget_class_bind_template_child (widget_class, PlTrayMenu, close_item);
  gtk_widget_class_bind_template_child (widget_class, PlTrayMenu, pause_item);
  gtk_widget_class_bind_template_child (widget_class, PlTrayMenu, open_item);
  for (guint i = 0; i < PL_EXPOSURE_COUNT; i++)
    {
      g_autofree char *name = g_strconcat (pl_exposure_names[i], "_item", NULL);
      gtk_widget_class_bind_template_child_full (widget_class, name, FALSE,
                                                 G_STRUCT_OFFSET (PlTrayMenu, exposure_items)
                                                     + (gssize) (i * sizeof (GtkMenuItem *)));
    }
  gtk_widget_class_bind_template_callback (widget_class, exposure_item_toggled_cb);
}

static void
pl_tray_menu_init (PlTrayMenu *menu)
{
  gtk_widget_init_template (GTK_WIDGET (menu));
}
