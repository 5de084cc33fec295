/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The revealer slides instead of fading: a faded one keeps its size, and would take the clicks. */

#include "gui/kit/toast.h"

#define STAYS_S 3

/* A person who may want to take something back must read, decide and get there. */
#define OFFER_STAYS_S 10

struct _PlToast
{
  GtkRevealer parent_instance;

  GtkLabel *label;
  GtkButton *button;
  guint hide_id;

  /* The offer that stands; func is NULL while none does. */
  PlToastFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
};

G_DEFINE_FINAL_TYPE (PlToast, pl_toast, GTK_TYPE_REVEALER)

static void
end_offer (PlToast *toast)
{
  if (toast->destroy != NULL)
    toast->destroy (toast->user_data);
  toast->func = NULL;
  toast->user_data = NULL;
  toast->destroy = NULL;
}

static void
hide (PlToast *toast)
{
  g_clear_handle_id (&toast->hide_id, g_source_remove);
  gtk_revealer_set_reveal_child (GTK_REVEALER (toast), FALSE);
  end_offer (toast);
}

static gboolean
hide_cb (gpointer user_data)
{
  PlToast *toast = user_data;

  toast->hide_id = 0;
  hide (toast);
  return G_SOURCE_REMOVE;
}

static void
show (PlToast *toast, const char *words, guint stays_s)
{
  end_offer (toast);
  gtk_label_set_text (toast->label, words);
  gtk_revealer_set_reveal_child (GTK_REVEALER (toast), TRUE);
  g_clear_handle_id (&toast->hide_id, g_source_remove);
  toast->hide_id = g_timeout_add_seconds (stays_s, hide_cb, toast);
}

/* The offer is taken out before its function runs, which may say something else, and so end it. */
static void
button_clicked_cb (PlToast *toast)
{
  PlToastFunc func = g_steal_pointer (&toast->func);
  gpointer user_data = g_steal_pointer (&toast->user_data);
  GDestroyNotify destroy = g_steal_pointer (&toast->destroy);

  hide (toast);
  if (func != NULL)
    func (user_data);
  if (destroy != NULL)
    destroy (user_data);
}

void
pl_toast_say (PlToast *toast, const char *words)
{
  g_return_if_fail (PL_IS_TOAST (toast));

  show (toast, words, STAYS_S);
  gtk_widget_hide (GTK_WIDGET (toast->button));
}

void
pl_toast_offer (PlToast *toast,
                const char *words,
                const char *label,
                PlToastFunc func,
                gpointer user_data,
                GDestroyNotify destroy)
{
  g_return_if_fail (PL_IS_TOAST (toast));

  show (toast, words, OFFER_STAYS_S);
  toast->func = func;
  toast->user_data = user_data;
  toast->destroy = destroy;
  gtk_button_set_label (toast->button, label);
  gtk_widget_show (GTK_WIDGET (toast->button));
}

static void
pl_toast_dispose (GObject *object)
{
  PlToast *toast = PL_TOAST (object);

  g_clear_handle_id (&toast->hide_id, g_source_remove);
  end_offer (toast);
  G_OBJECT_CLASS (pl_toast_parent_class)->dispose (object);
}

static void
pl_toast_class_init (PlToastClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_toast_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/toast.ui");
  gtk_widget_class_bind_template_child (widget_class, PlToast, label);
  gtk_widget_class_bind_template_child (widget_class, PlToast, button);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
}

static void
pl_toast_init (PlToast *toast)
{
  gtk_widget_init_template (GTK_WIDGET (toast));
}
