/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/trouble/firewall_note.h"

#include "gui/kit/copy_button.h"

struct _PlFirewallNote
{
  GtkBox parent_instance;

  GtkLabel *words_label;
  GtkWidget *commands_box;
  GtkLabel *commands_label;
  PlCopyButton *copy_button;

  PlEngine *engine;
};

G_DEFINE_FINAL_TYPE (PlFirewallNote, pl_firewall_note, GTK_TYPE_BOX)

static void
notify_firewall_words_cb (PlFirewallNote *note)
{
  const char *words = pl_engine_get_firewall_words (note->engine);
  g_autofree char *commands = pl_engine_dup_firewall_commands (note->engine);

  gtk_widget_set_visible (GTK_WIDGET (note), words != NULL);
  gtk_label_set_text (note->words_label, words != NULL ? words : "");
  gtk_widget_set_visible (note->commands_box, commands != NULL);
  /* Who reads the window asks each widget whether it is visible, not its parents. */
  gtk_widget_set_visible (GTK_WIDGET (note->copy_button), commands != NULL);
  gtk_label_set_text (note->commands_label, commands != NULL ? g_strchomp (commands) : "");
  pl_copy_button_set_text (note->copy_button, commands);
}

void
pl_firewall_note_set_engine (PlFirewallNote *note, PlEngine *engine)
{
  g_return_if_fail (PL_IS_FIREWALL_NOTE (note));

  note->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "notify::firewall-words", G_CALLBACK (notify_firewall_words_cb),
                           note, G_CONNECT_SWAPPED);
  notify_firewall_words_cb (note);
}

static void
pl_firewall_note_dispose (GObject *object)
{
  g_clear_object (&PL_FIREWALL_NOTE (object)->engine);
  G_OBJECT_CLASS (pl_firewall_note_parent_class)->dispose (object);
}

static void
pl_firewall_note_class_init (PlFirewallNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_firewall_note_dispose;
  g_type_ensure (PL_TYPE_COPY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/firewall-note.ui");
  gtk_widget_class_bind_template_child (widget_class, PlFirewallNote, words_label);
  gtk_widget_class_bind_template_child (widget_class, PlFirewallNote, commands_box);
  gtk_widget_class_bind_template_child (widget_class, PlFirewallNote, commands_label);
  gtk_widget_class_bind_template_child (widget_class, PlFirewallNote, copy_button);
}

static void
pl_firewall_note_init (PlFirewallNote *note)
{
  gtk_widget_init_template (GTK_WIDGET (note));
}
