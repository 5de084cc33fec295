/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps the back end that is chosen told of the engine's state. */

#include "gui/tray/tray.h"

#include "gui/tray/choice.h"

struct _PlTray
{
  GObject parent_instance;

  PlEngine *engine;
  PlTrayMenu *menu;
  PlTrayChoice *choice;

  /* Both or none */
  const PlTrayBackEnd *back_end;
  PlTrayIcon *icon;

  gboolean shown;
};

enum
{
  PROP_SHOWN = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PlTray, pl_tray, G_TYPE_OBJECT)

static void
update_shown (gpointer user_data)
{
  PlTray *tray = user_data;
  gboolean shown = tray->icon != NULL && tray->back_end->is_visible (tray->icon);

  if (shown == tray->shown)
    return;
  tray->shown = shown;
  g_object_notify_by_pspec (G_OBJECT (tray), props[PROP_SHOWN]);
}

static void
notify_state_cb (PlTray *tray)
{
  if (tray->icon != NULL)
    tray->back_end->show (tray->icon, pl_engine_get_lamp (tray->engine),
                          pl_engine_get_state_words (tray->engine));
}

static void
close_icon (PlTray *tray)
{
  if (tray->icon != NULL)
    tray->back_end->close (g_steal_pointer (&tray->icon));
  tray->back_end = NULL;
}

static void
use_back_end (const PlTrayBackEnd *back_end, gpointer user_data)
{
  PlTray *tray = user_data;

  close_icon (tray);
  if (back_end != NULL)
    {
      tray->back_end = back_end;
      tray->icon = back_end->open (tray->menu, update_shown, tray);
      notify_state_cb (tray);
    }
  update_shown (tray);
}

PlTray *
pl_tray_new (PlEngine *engine, GApplication *app)
{
  PlTray *tray = g_object_new (PL_TYPE_TRAY, NULL);

  tray->engine = engine;
  tray->menu = g_object_ref_sink (pl_tray_menu_new (engine, app));
  g_signal_connect_object (engine, "notify::lamp", G_CALLBACK (notify_state_cb), tray,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::state-words", G_CALLBACK (notify_state_cb), tray,
                           G_CONNECT_SWAPPED);
  tray->choice = pl_tray_choice_new (use_back_end, tray);
  return tray;
}

gboolean
pl_tray_tell (PlTray *tray, const char *title, const char *words)
{
  g_return_val_if_fail (PL_IS_TRAY (tray), FALSE);

  return tray->icon != NULL && tray->back_end->tell != NULL
         && tray->back_end->tell (tray->icon, title, words);
}

static void
pl_tray_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, PL_TRAY (object)->shown);
}

static void
pl_tray_dispose (GObject *object)
{
  PlTray *tray = PL_TRAY (object);

  g_clear_pointer (&tray->choice, pl_tray_choice_free);
  close_icon (tray);
  if (tray->menu != NULL)
    gtk_widget_destroy (GTK_WIDGET (tray->menu));
  g_clear_object (&tray->menu);
  G_OBJECT_CLASS (pl_tray_parent_class)->dispose (object);
}

static void
pl_tray_class_init (PlTrayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = pl_tray_get_property;
  object_class->dispose = pl_tray_dispose;

  props[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, FALSE,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
pl_tray_init (PlTray *tray)
{
}
