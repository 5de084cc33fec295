/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bar looks for the Immich of the settings while the bar can be seen, and not otherwise. */

#include "gui/window/demo_bar.h"

#include "app/finder/judge.h"
#include "app/i18n.h"
#include "app/settings/proof.h"

#define LOOK_EVERY_S 5

struct _PlDemoBar
{
  GtkInfoBar parent_instance;

  GtkWidget *label;
  GtkWidget *use_button;

  PlEngine *engine;
  guint look_source;
  GCancellable *looking; /* nullable: while a look is under way */
};

G_DEFINE_FINAL_TYPE (PlDemoBar, pl_demo_bar, GTK_TYPE_INFO_BAR)

/* Where the settings say that Immich is: the demo leaves that as it was. */
static char *
dup_own_url (const PlSettings *settings, const char *group)
{
  g_auto (GStrv) urls = NULL;

  if (group == NULL)
    return g_strdup (PL_SETTINGS_IMMICH);
  urls = pl_settings_dup_list (settings, group, "urls");
  return g_strdup (urls[0] != NULL ? urls[0] : PL_SETTINGS_IMMICH);
}

/* @url: (nullable): where an Immich answers. */
static void
show_found (PlDemoBar *bar, const char *url)
{
  g_autofree char *found
      = url != NULL ? g_strdup_printf (_ ("This is the demo. Your Immich answers at %s now."), url)
                    : NULL;

  gtk_label_set_label (GTK_LABEL (bar->label),
                       found != NULL ? found
                                     : _ ("This is the demo: its photos are painted, yours are not "
                                          "in it."));
  gtk_widget_set_visible (bar->use_button, found != NULL);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlDemoBar) bar = user_data;
  g_autoptr (PlJudgment) judgment = pl_judge_finish (result, NULL);

  /* Without a judgment the look was given up, perhaps for another one. */
  if (judgment == NULL)
    return;
  g_clear_object (&bar->looking);
  show_found (bar, judgment->kind == PL_VERDICT_IMMICH ? judgment->url : NULL);
}

/* As the first upstream would be asked. */
static void
look (PlDemoBar *bar)
{
  const PlSettings *settings = pl_engine_get_settings (bar->engine);
  g_auto (GStrv) groups = pl_settings_dup_groups (settings, "upstream");
  g_autofree char *url = dup_own_url (settings, groups[0]);
  PlProof *proof = groups[0] != NULL ? pl_settings_find_proof (settings, groups[0]) : NULL;

  bar->looking = g_cancellable_new ();
  pl_judge_async (url, pl_engine_get_port (bar->engine), proof, bar->looking, looked_cb,
                  g_object_ref (bar));
  g_clear_pointer (&proof, pl_proof_unref);
}

static gboolean
look_cb (gpointer user_data)
{
  PlDemoBar *bar = user_data;

  if (bar->looking == NULL)
    look (bar);
  return G_SOURCE_CONTINUE;
}

static void
stop_looking (PlDemoBar *bar)
{
  g_clear_handle_id (&bar->look_source, g_source_remove);
  g_cancellable_cancel (bar->looking);
  g_clear_object (&bar->looking);
}

static void
use_button_clicked_cb (PlDemoBar *bar)
{
  pl_engine_set_demo (bar->engine, FALSE);
}

static void
engine_notify_demo_cb (PlDemoBar *bar)
{
  gboolean is_demo = pl_engine_get_demo (bar->engine);

  gtk_info_bar_set_revealed (GTK_INFO_BAR (bar), is_demo);
  gtk_widget_set_visible (GTK_WIDGET (bar), is_demo);
}

void
pl_demo_bar_set_engine (PlDemoBar *bar, PlEngine *engine)
{
  bar->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "notify::demo", G_CALLBACK (engine_notify_demo_cb), bar,
                           G_CONNECT_SWAPPED);
  engine_notify_demo_cb (bar);
}

static void
pl_demo_bar_map (GtkWidget *widget)
{
  PlDemoBar *bar = PL_DEMO_BAR (widget);

  GTK_WIDGET_CLASS (pl_demo_bar_parent_class)->map (widget);
  show_found (bar, NULL);
  bar->look_source = g_timeout_add_seconds (LOOK_EVERY_S, look_cb, bar);
  look_cb (bar);
}

static void
pl_demo_bar_unmap (GtkWidget *widget)
{
  stop_looking (PL_DEMO_BAR (widget));
  GTK_WIDGET_CLASS (pl_demo_bar_parent_class)->unmap (widget);
}

static void
pl_demo_bar_dispose (GObject *object)
{
  PlDemoBar *bar = PL_DEMO_BAR (object);

  stop_looking (bar);
  g_clear_object (&bar->engine);
  G_OBJECT_CLASS (pl_demo_bar_parent_class)->dispose (object);
}

static void
pl_demo_bar_class_init (PlDemoBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_demo_bar_dispose;
  widget_class->map = pl_demo_bar_map;
  widget_class->unmap = pl_demo_bar_unmap;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/demo-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PlDemoBar, label);
  gtk_widget_class_bind_template_child (widget_class, PlDemoBar, use_button);
  gtk_widget_class_bind_template_callback (widget_class, use_button_clicked_cb);
}

static void
pl_demo_bar_init (PlDemoBar *bar)
{
  gtk_widget_init_template (GTK_WIDGET (bar));
}
