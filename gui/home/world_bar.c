/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/world_bar.h"

#include "app/settings/world.h"
#include "gui/kit/fit.h"

/* In width-chars: from so wide on the buttons stand beside the words, else below them. */
#define BESIDE_FROM_CHARS 96

struct _PlWorldBar
{
  GtkInfoBar parent_instance;

  PlEngine *engine;
};

G_DEFINE_FINAL_TYPE (PlWorldBar, pl_world_bar, GTK_TYPE_INFO_BAR)

static void
keep_button_clicked_cb (PlWorldBar *bar)
{
  pl_engine_set_world (bar->engine, PL_DOOR_LINKS);
}

static void
everything_button_clicked_cb (PlWorldBar *bar)
{
  pl_engine_set_world (bar->engine, PL_DOOR_EVERYTHING);
}

static void
settings_changed_cb (PlWorldBar *bar)
{
  gboolean is_news = pl_world_is_news (pl_engine_get_settings (bar->engine));

  gtk_info_bar_set_revealed (GTK_INFO_BAR (bar), is_news);
  gtk_widget_set_visible (GTK_WIDGET (bar), is_news);
}

static void
fit (gpointer user_data, int width_chars)
{
  pl_fit_bar (GTK_INFO_BAR (user_data), width_chars >= BESIDE_FROM_CHARS);
}

void
pl_world_bar_set_engine (PlWorldBar *bar, PlEngine *engine)
{
  bar->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "settings-changed", G_CALLBACK (settings_changed_cb), bar,
                           G_CONNECT_SWAPPED);
  settings_changed_cb (bar);
}

static void
pl_world_bar_dispose (GObject *object)
{
  g_clear_object (&PL_WORLD_BAR (object)->engine);
  G_OBJECT_CLASS (pl_world_bar_parent_class)->dispose (object);
}

static void
pl_world_bar_class_init (PlWorldBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_world_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/world-bar.ui");
  gtk_widget_class_bind_template_callback (widget_class, keep_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, everything_button_clicked_cb);
}

static void
pl_world_bar_init (PlWorldBar *bar)
{
  gtk_widget_init_template (GTK_WIDGET (bar));
  pl_fit_watch (GTK_WIDGET (bar), fit, bar);
}
