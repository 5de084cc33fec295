/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/reach_list.h"

struct _PlReachList
{
  GtkBox parent_instance;

  GtkImage *images[PL_REACH_N_STEPS];
  GtkLabel *labels[PL_REACH_N_STEPS];

  PlEngine *engine;
};

G_DEFINE_FINAL_TYPE (PlReachList, pl_reach_list, GTK_TYPE_BOX)

/* Their names in the template. */
static const struct
{
  const char *image;
  const char *label;
} names[PL_REACH_N_STEPS] = {
  [PL_REACH_LISTENING] = { "listening_image", "listening_label" },
  [PL_REACH_WAY_IN] = { "way_in_image", "way_in_label" },
  [PL_REACH_ENCRYPTION] = { "encryption_image", "encryption_label" },
  [PL_REACH_SIGHT] = { "sight_image", "sight_label" },
};

/* Shapes differ as well as colours. */
static const struct
{
  const char *icon;
  const char *style;
} looks[] = {
  [PL_REACH_IS_SO] = { "emblem-ok-symbolic", "pl-good" },
  [PL_REACH_NOT_KNOWN] = { "dialog-question-symbolic", "dim-label" },
  [PL_REACH_TO_LOOK_AT] = { "dialog-warning-symbolic", "pl-warning" },
};

static void
show_state (GtkImage *image, PlReachState state)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (image));

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_style_context_remove_class (style, looks[i].style);
  gtk_style_context_add_class (style, looks[state].style);
  gtk_image_set_from_icon_name (image, looks[state].icon, GTK_ICON_SIZE_MENU);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (image)),
                       pl_reach_state_get_words (state));
}

static void
notify_reach_words_cb (PlReachList *list)
{
  const char *const *words = pl_engine_get_reach_words (list->engine);

  for (PlReachStep step = 0; step < PL_REACH_N_STEPS; step++)
    {
      show_state (list->images[step], pl_engine_get_reach_state (list->engine, step));
      gtk_label_set_label (list->labels[step], words[step]);
    }
}

void
pl_reach_list_set_engine (PlReachList *list, PlEngine *engine)
{
  g_return_if_fail (PL_IS_REACH_LIST (list));

  list->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "notify::reach-words", G_CALLBACK (notify_reach_words_cb), list,
                           G_CONNECT_SWAPPED);
  notify_reach_words_cb (list);
}

static void
pl_reach_list_dispose (GObject *object)
{
  g_clear_object (&PL_REACH_LIST (object)->engine);
  G_OBJECT_CLASS (pl_reach_list_parent_class)->dispose (object);
}

static void
bind_step (GtkWidgetClass *class, PlReachStep step)
{
  gtk_widget_class_bind_template_child_full (class, names[step].image, FALSE,
                                             G_STRUCT_OFFSET (PlReachList, images)
                                                 + (gssize) (step * sizeof (GtkImage *)));
  gtk_widget_class_bind_template_child_full (class, names[step].label, FALSE,
                                             G_STRUCT_OFFSET (PlReachList, labels)
                                                 + (gssize) (step * sizeof (GtkLabel *)));
}

static void
pl_reach_list_class_init (PlReachListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_reach_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/reach-list.ui");
  for (PlReachStep step = 0; step < PL_REACH_N_STEPS; step++)
    bind_step (widget_class, step);
}

static void
pl_reach_list_init (PlReachList *list)
{
  gtk_widget_init_template (GTK_WIDGET (list));
}
