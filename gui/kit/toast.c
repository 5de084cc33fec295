/* SPDX-License-Identifier: GPL-3.0-or-later */

/* It slides instead of fading: a faded revealer keeps its size, and would take the clicks. */

#include "gui/kit/toast.h"

#define STAYS_S 3

struct _PlToast
{
  GtkRevealer parent_instance;

  GtkLabel *label;
  guint hide_id;
};

G_DEFINE_FINAL_TYPE (PlToast, pl_toast, GTK_TYPE_REVEALER)

static gboolean
hide_cb (gpointer user_data)
{
  PlToast *toast = user_data;

  toast->hide_id = 0;
  gtk_revealer_set_reveal_child (GTK_REVEALER (toast), FALSE);
  return G_SOURCE_REMOVE;
}

void
pl_toast_say (PlToast *toast, const char *words)
{
  g_return_if_fail (PL_IS_TOAST (toast));

  gtk_label_set_text (toast->label, words);
  gtk_revealer_set_reveal_child (GTK_REVEALER (toast), TRUE);
  g_clear_handle_id (&toast->hide_id, g_source_remove);
  toast->hide_id = g_timeout_add_seconds (STAYS_S, hide_cb, toast);
}

static void
pl_toast_dispose (GObject *object)
{
  g_clear_handle_id (&PL_TOAST (object)->hide_id, g_source_remove);
  G_OBJECT_CLASS (pl_toast_parent_class)->dispose (object);
}

static void
pl_toast_class_init (PlToastClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_toast_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/toast.ui");
  gtk_widget_class_bind_template_child (widget_class, PlToast, label);
}

static void
pl_toast_init (PlToast *toast)
{
  gtk_widget_init_template (GTK_WIDGET (toast));
}
