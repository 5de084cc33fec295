/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/kit/copy_button.h"

#include "app/i18n.h"
#include "gui/kit/clipboard.h"

/* For how long it says “Copied”. */
#define COPIED_MS 2000

struct _PlCopyButton
{
  GtkButton parent_instance;

  GtkWidget *stack;
  GtkWidget *copy_label;

  char *text;
  guint copied_source;
};

enum
{
  PROP_TEXT = 1,
  PROP_WORDS,
};

G_DEFINE_FINAL_TYPE (PlCopyButton, pl_copy_button, GTK_TYPE_BUTTON)

/* Screen readers read what the button is called now. */
static void
show (PlCopyButton *button, const char *child)
{
  gboolean is_copied = g_str_equal (child, "copied");

  gtk_stack_set_visible_child_name (GTK_STACK (button->stack), child);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (button)),
                       is_copied ? _ ("Copied")
                                 : gtk_label_get_text (GTK_LABEL (button->copy_label)));
}

static gboolean
copied_over_cb (gpointer data)
{
  PlCopyButton *button = data;

  button->copied_source = 0;
  show (button, "copy");
  return G_SOURCE_REMOVE;
}

static void
pl_copy_button_clicked (GtkButton *base)
{
  PlCopyButton *button = PL_COPY_BUTTON (base);

  if (button->text == NULL)
    return;
  pl_clipboard_set_text (button->text);
  show (button, "copied");
  g_clear_handle_id (&button->copied_source, g_source_remove);
  button->copied_source = g_timeout_add (COPIED_MS, copied_over_cb, button);
}

void
pl_copy_button_set_text (PlCopyButton *button, const char *text)
{
  g_free (button->text);
  button->text = g_strdup (text);
}

static void
set_words (PlCopyButton *button, const char *words)
{
  gtk_label_set_text_with_mnemonic (GTK_LABEL (button->copy_label), words);
  show (button, "copy");
}

static void
pl_copy_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, PL_COPY_BUTTON (object)->text);
}

static void
pl_copy_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PlCopyButton *button = PL_COPY_BUTTON (object);

  if (id == PROP_WORDS)
    set_words (button, g_value_get_string (value));
  else
    pl_copy_button_set_text (button, g_value_get_string (value));
}

static void
pl_copy_button_finalize (GObject *object)
{
  PlCopyButton *button = PL_COPY_BUTTON (object);

  g_clear_handle_id (&button->copied_source, g_source_remove);
  g_free (button->text);
  G_OBJECT_CLASS (pl_copy_button_parent_class)->finalize (object);
}

static void
pl_copy_button_class_init (PlCopyButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = pl_copy_button_get_property;
  object_class->set_property = pl_copy_button_set_property;
  object_class->finalize = pl_copy_button_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = pl_copy_button_clicked;

  g_object_class_install_property (
      object_class, PROP_TEXT,
      g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (
      object_class, PROP_WORDS,
      g_param_spec_string ("words", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));

  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/copy-button.ui");
  gtk_widget_class_bind_template_child (widget_class, PlCopyButton, stack);
  gtk_widget_class_bind_template_child (widget_class, PlCopyButton, copy_label);
}

static void
pl_copy_button_init (PlCopyButton *button)
{
  gtk_widget_init_template (GTK_WIDGET (button));
}
