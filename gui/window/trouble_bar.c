/* SPDX-License-Identifier: GPL-3.0-or-later */

/* There is one bar, for the gravest trouble: when that is over, the next one has its turn. */

#include "gui/window/trouble_bar.h"

#include "gui/kit/fit.h"
#include "gui/trouble/remedy.h"

/* In width-chars: from so wide on the buttons stand beside the words, else below them. */
#define BESIDE_FROM_CHARS 96

struct _PlTroubleBar
{
  GtkInfoBar parent_instance;

  GtkWidget *label;

  PlEngine *engine;
  PlTrouble *trouble;
};

G_DEFINE_FINAL_TYPE (PlTroubleBar, pl_trouble_bar, GTK_TYPE_INFO_BAR)

/* The responses are the positions of the remedies. */
static void
bar_response_cb (PlTroubleBar *bar, int response)
{
  if (bar->trouble == NULL || response < 0
      || (guint) response >= pl_trouble_get_n_remedies (bar->trouble))
    return;

  pl_remedy_apply (bar->engine, pl_trouble_get_remedy (bar->trouble, (guint) response));
}

static void
fill_buttons (PlTroubleBar *bar)
{
  GtkWidget *area = gtk_info_bar_get_action_area (GTK_INFO_BAR (bar));
  g_autoptr (GList) old = gtk_container_get_children (GTK_CONTAINER (area));

  for (GList *button = old; button != NULL; button = button->next)
    gtk_widget_destroy (button->data);
  for (guint i = 0; i < pl_trouble_get_n_remedies (bar->trouble); i++)
    gtk_info_bar_add_button (GTK_INFO_BAR (bar), pl_trouble_get_remedy (bar->trouble, i)->label,
                             (int) i);
}

static void
fit (gpointer user_data, int width_chars)
{
  pl_fit_bar (GTK_INFO_BAR (user_data), width_chars >= BESIDE_FROM_CHARS);
}

static void
engine_notify_trouble_cb (PlTroubleBar *bar)
{
  g_set_object (&bar->trouble, pl_engine_get_trouble (bar->engine));
  gtk_info_bar_set_revealed (GTK_INFO_BAR (bar), bar->trouble != NULL);
  gtk_widget_set_visible (GTK_WIDGET (bar), bar->trouble != NULL);
  if (bar->trouble == NULL)
    return;
  gtk_label_set_label (GTK_LABEL (bar->label), pl_trouble_get_words (bar->trouble));
  gtk_info_bar_set_message_type (GTK_INFO_BAR (bar), pl_trouble_is_fault (bar->trouble)
                                                         ? GTK_MESSAGE_ERROR
                                                         : GTK_MESSAGE_WARNING);
  fill_buttons (bar);
}

void
pl_trouble_bar_set_engine (PlTroubleBar *bar, PlEngine *engine)
{
  bar->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "notify::trouble", G_CALLBACK (engine_notify_trouble_cb), bar,
                           G_CONNECT_SWAPPED);
  engine_notify_trouble_cb (bar);
}

static void
pl_trouble_bar_dispose (GObject *object)
{
  PlTroubleBar *bar = PL_TROUBLE_BAR (object);

  g_clear_object (&bar->trouble);
  g_clear_object (&bar->engine);
  G_OBJECT_CLASS (pl_trouble_bar_parent_class)->dispose (object);
}

static void
pl_trouble_bar_class_init (PlTroubleBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_trouble_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/trouble-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PlTroubleBar, label);
  gtk_widget_class_bind_template_callback (widget_class, bar_response_cb);
}

static void
pl_trouble_bar_init (PlTroubleBar *bar)
{
  gtk_widget_init_template (GTK_WIDGET (bar));
  pl_fit_watch (GTK_WIDGET (bar), fit, bar);
}
