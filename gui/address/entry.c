/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/address/entry.h"

#include "app/finder/verdict.h"

struct _PlAddressEntry
{
  GtkBox parent_instance;

  GtkLabel *title_label;
  GtkEntry *entry;
  GtkStack *verdict_stack;
  GtkImage *verdict_image;
  GtkLabel *verdict_label;

  PlVerdict *verdict;
  gboolean is_awaited; /* Return was pressed, and what is typed is still being asked */
};

enum
{
  PROP_LABEL = 1,
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
show (PlAddressEntry *self, PlVerdictKind kind, const char *words)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self->verdict_image));

  gtk_style_context_remove_class (style, "pl-warning");
  gtk_style_context_remove_class (style, "pl-good");
  if (looks[kind].style != NULL)
    gtk_style_context_add_class (style, looks[kind].style);
  gtk_image_set_from_icon_name (self->verdict_image, looks[kind].icon, GTK_ICON_SIZE_MENU);
  gtk_stack_set_visible_child_name (self->verdict_stack,
                                    kind == PL_VERDICT_ASKING ? "asking" : "said");
  gtk_label_set_text (self->verdict_label, words);
}

static void
verdict_changed_cb (PlAddressEntry *self)
{
  PlVerdictKind kind = pl_verdict_get_kind (self->verdict);
  gboolean is_done = self->is_awaited && kind == PL_VERDICT_IMMICH;

  self->is_awaited &= kind == PL_VERDICT_ASKING;
  show (self, kind, pl_verdict_get_words (self->verdict));
  g_signal_emit (self, signals[CHANGED], 0);
  if (is_done)
    g_signal_emit (self, signals[DONE], 0);
}

static void
entry_changed_cb (PlAddressEntry *self)
{
  self->is_awaited = FALSE;
  pl_verdict_set_text (self->verdict, gtk_entry_get_text (self->entry));
}

static void
entry_activate_cb (PlAddressEntry *self)
{
  self->is_awaited = pl_verdict_get_kind (self->verdict) == PL_VERDICT_ASKING;
  pl_verdict_hurry (self->verdict);
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

void
pl_address_entry_set_proof (PlAddressEntry *self, PlProof *proof)
{
  g_return_if_fail (PL_IS_ADDRESS_ENTRY (self) && self->verdict != NULL);

  pl_verdict_set_proof (self->verdict, proof);
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

void
pl_address_entry_refuse (PlAddressEntry *self, const char *words)
{
  g_return_if_fail (PL_IS_ADDRESS_ENTRY (self));

  show (self, PL_VERDICT_OTHER, words);
}

const PlJudgment *
pl_address_entry_get_judgment (PlAddressEntry *self)
{
  g_return_val_if_fail (PL_IS_ADDRESS_ENTRY (self), NULL);

  return pl_verdict_get_judgment (self->verdict);
}

PlFinding *
pl_address_entry_get_finding (PlAddressEntry *self)
{
  const PlJudgment *judgment = pl_address_entry_get_judgment (self);

  return judgment != NULL ? judgment->finding : NULL;
}

static void
pl_address_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  gtk_label_set_text_with_mnemonic (PL_ADDRESS_ENTRY (object)->title_label,
                                    g_value_get_string (value));
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
  G_OBJECT_CLASS (klass)->set_property = pl_address_entry_set_property;
  g_object_class_install_property (
      G_OBJECT_CLASS (klass), PROP_LABEL,
      g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  signals[CHANGED] = g_signal_new ("changed", PL_TYPE_ADDRESS_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", PL_TYPE_ADDRESS_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/address-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, PlAddressEntry, title_label);
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
