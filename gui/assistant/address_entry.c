/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/assistant/address_entry.h"

#include "app/finder/verdict.h"

struct _PlAddressEntry
{
  GtkBox parent_instance;

  GtkEntry *entry;
  GtkStack *verdict_stack;
  GtkImage *verdict_image;
  GtkLabel *verdict_label;

  PlVerdict *verdict;
};

enum
{
  CHANGED,
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *icon;
  const char *style;
} looks[] = {
  [PL_VERDICT_NONE] = { NULL, NULL },
  [PL_VERDICT_NO_ADDRESS] = { "dialog-information-symbolic", NULL },
  [PL_VERDICT_ASKING] = { NULL, NULL },
  [PL_VERDICT_NOBODY] = { "dialog-warning-symbolic", "pl-warning" },
  [PL_VERDICT_PORCHLIGHT] = { "dialog-warning-symbolic", "pl-warning" },
  [PL_VERDICT_OTHER] = { "dialog-warning-symbolic", "pl-warning" },
  [PL_VERDICT_PART] = { "dialog-warning-symbolic", "pl-warning" },
  [PL_VERDICT_IMMICH] = { "emblem-ok-symbolic", "pl-good" },
};

G_DEFINE_FINAL_TYPE (PlAddressEntry, pl_address_entry, GTK_TYPE_BOX)

static void
show_look (PlAddressEntry *self, PlVerdictKind kind)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self->verdict_image));

  gtk_style_context_remove_class (style, "pl-warning");
  gtk_style_context_remove_class (style, "pl-good");
  if (looks[kind].style != NULL)
    gtk_style_context_add_class (style, looks[kind].style);
  gtk_image_set_from_icon_name (self->verdict_image, looks[kind].icon, GTK_ICON_SIZE_MENU);
}

static void
verdict_changed_cb (PlAddressEntry *self)
{
  PlVerdictKind kind = pl_verdict_get_kind (self->verdict);

  show_look (self, kind);
  gtk_stack_set_visible_child_name (self->verdict_stack,
                                    kind == PL_VERDICT_ASKING ? "asking" : "said");
  gtk_label_set_text (self->verdict_label, pl_verdict_get_words (self->verdict));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
entry_changed_cb (PlAddressEntry *self)
{
  pl_verdict_set_text (self->verdict, gtk_entry_get_text (self->entry));
}

static void
entry_activate_cb (PlAddressEntry *self)
{
  if (pl_address_entry_get_finding (self) != NULL)
    g_signal_emit (self, signals[DONE], 0);
}

void
pl_address_entry_set_own_port (PlAddressEntry *self, guint16 own_port)
{
  g_return_if_fail (PL_IS_ADDRESS_ENTRY (self) && self->verdict == NULL);

  self->verdict = pl_verdict_new (own_port);
  g_signal_connect_object (self->verdict, "changed", G_CALLBACK (verdict_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

gboolean
pl_address_entry_is_empty (PlAddressEntry *self)
{
  g_return_val_if_fail (PL_IS_ADDRESS_ENTRY (self), TRUE);

  return pl_verdict_get_kind (self->verdict) == PL_VERDICT_NONE;
}

void
pl_address_entry_clear (PlAddressEntry *self)
{
  g_return_if_fail (PL_IS_ADDRESS_ENTRY (self));

  gtk_entry_set_text (self->entry, "");
}

PlFinding *
pl_address_entry_get_finding (PlAddressEntry *self)
{
  g_return_val_if_fail (PL_IS_ADDRESS_ENTRY (self), NULL);

  return pl_verdict_get_finding (self->verdict);
}

static void
pl_address_entry_dispose (GObject *object)
{
  g_clear_object (&PL_ADDRESS_ENTRY (object)->verdict);
  G_OBJECT_CLASS (pl_address_entry_parent_class)->dispose (object);
}

static void
pl_address_entry_class_init (PlAddressEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_address_entry_dispose;
  signals[CHANGED] = g_signal_new ("changed", PL_TYPE_ADDRESS_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", PL_TYPE_ADDRESS_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/address-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, PlAddressEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, PlAddressEntry, verdict_stack);
  gtk_widget_class_bind_template_child (widget_class, PlAddressEntry, verdict_image);
  gtk_widget_class_bind_template_child (widget_class, PlAddressEntry, verdict_label);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
}

static void
pl_address_entry_init (PlAddressEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
