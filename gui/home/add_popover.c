/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The button adds an Immich that was seen; where none was seen it says so, and adds it all the
 * same. Return adds only what was seen. */

#include "gui/home/add_popover.h"

#include "app/i18n.h"
#include "gui/address/entry.h"

struct _PlAddPopover
{
  GtkPopover parent_instance;

  PlAddressEntry *entry;
  GtkButton *add_button;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlAddPopover, pl_add_popover, GTK_TYPE_POPOVER)

static void
add (PlAddPopover *popover)
{
  const PlJudgment *judgment = pl_address_entry_get_judgment (popover->entry);
  g_autofree char *url = g_strdup (judgment->url);

  g_signal_emit (popover, signals[CHOSEN], 0, url);
}

static void
entry_changed_cb (PlAddPopover *popover)
{
  const PlJudgment *judgment = pl_address_entry_get_judgment (popover->entry);
  gboolean is_doubtful = judgment != NULL && pl_judgment_is_doubtful (judgment);
  gboolean is_seen = judgment != NULL && judgment->kind == PL_VERDICT_IMMICH;

  gtk_button_set_label (popover->add_button, is_doubtful ? _ ("_Add It All the Same") : _ ("_Add"));
  gtk_widget_set_sensitive (GTK_WIDGET (popover->add_button), is_doubtful || is_seen);
}

static void
entry_done_cb (PlAddPopover *popover)
{
  add (popover);
}

static void
add_button_clicked_cb (PlAddPopover *popover)
{
  add (popover);
}

static void
popover_closed_cb (PlAddPopover *popover)
{
  pl_address_entry_clear (popover->entry);
}

void
pl_add_popover_set_own_port (PlAddPopover *popover, guint16 own_port)
{
  g_return_if_fail (PL_IS_ADD_POPOVER (popover));

  pl_address_entry_set_own_port (popover->entry, own_port);
}

void
pl_add_popover_set_proof (PlAddPopover *popover, PlProof *proof)
{
  g_return_if_fail (PL_IS_ADD_POPOVER (popover));

  pl_address_entry_set_proof (popover->entry, proof);
}

void
pl_add_popover_refuse (PlAddPopover *popover, const char *words)
{
  g_return_if_fail (PL_IS_ADD_POPOVER (popover));

  pl_address_entry_refuse (popover->entry, words);
  gtk_widget_set_sensitive (GTK_WIDGET (popover->add_button), FALSE);
}

static void
pl_add_popover_class_init (PlAddPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PL_TYPE_ADDRESS_ENTRY);
  signals[CHOSEN] = g_signal_new ("chosen", PL_TYPE_ADD_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/add-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, PlAddPopover, entry);
  gtk_widget_class_bind_template_child (widget_class, PlAddPopover, add_button);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, popover_closed_cb);
}

static void
pl_add_popover_init (PlAddPopover *popover)
{
  gtk_widget_init_template (GTK_WIDGET (popover));
}
