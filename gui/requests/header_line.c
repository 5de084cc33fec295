/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What came and what went on stand below each other, since values are long and the pane is narrow.
 */

#include "gui/requests/header_line.h"

#include "app/i18n.h"

struct _PlHeaderLine
{
  GtkGrid parent_instance;

  GtkLabel *mark_label;
  GtkLabel *text_label;
  GtkWidget *reveal_button;
  GtkLabel *explanation_label;

  const PlHeaderRow *row;
};

/* A sign for the eye, a word for the pointer and for assistive technologies, a class for colour. */
typedef struct
{
  const char *sign;
  const char *words;
  const char *style;
} Mark;

static const Mark marks[] = {
  [PL_HEADER_SAME] = { "", N_ ("passed on as it came"), "pl-same" },
  [PL_HEADER_ADDED] = { "+", N_ ("added on the way"), "pl-added" },
  [PL_HEADER_REMOVED] = { "−", N_ ("left out on the way"), "pl-removed" },
  [PL_HEADER_CHANGED] = { "≠", N_ ("changed on the way"), "pl-changed" },
};

G_DEFINE_FINAL_TYPE (PlHeaderLine, pl_header_line, GTK_TYPE_GRID)

static const char *
get_shown (PlHeaderLine *line, const char *value)
{
  gboolean is_revealed = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (line->reveal_button));

  return line->row->is_secret && !is_revealed ? PL_HEADER_MASK : value;
}

static void
show_text (PlHeaderLine *line)
{
  const PlHeaderRow *row = line->row;
  const char *first = row->value_in != NULL ? row->value_in : row->value_out;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *came
      = g_markup_printf_escaped ("<b>%s:</b> %s", row->name, get_shown (line, first));

  g_string_append (text, came);
  if (row->kind == PL_HEADER_CHANGED)
    {
      /* Translators: what became of a header's value */
      g_autofree char *went
          = g_markup_printf_escaped (_ ("sent on as %s"), get_shown (line, row->value_out));
      g_string_append_printf (text, "\n%s", went);
    }
  gtk_label_set_markup (line->text_label, text->str);
}

/* Of several buttons that say the same, whoever does not see them hears which is whose. */
static void
show_button (PlHeaderLine *line)
{
  gboolean is_revealed = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (line->reveal_button));
  /* Translators: %s is the name of a header, such as Cookie */
  g_autofree char *name = is_revealed ? g_strdup_printf (_ ("Hide %s"), line->row->name)
                                      : g_strdup_printf (_ ("Reveal %s"), line->row->name);

  gtk_button_set_label (GTK_BUTTON (line->reveal_button), is_revealed ? _ ("Hide") : _ ("Reveal"));
  atk_object_set_name (gtk_widget_get_accessible (line->reveal_button), name);
  gtk_widget_set_visible (line->reveal_button, line->row->is_secret && !line->row->is_lost);
}

static void
reveal_toggled_cb (GtkToggleButton *button, PlHeaderLine *line)
{
  show_button (line);
  show_text (line);
}

static void
show_mark (PlHeaderLine *line)
{
  const Mark *mark = &marks[line->row->kind];
  GtkWidget *label = GTK_WIDGET (line->mark_label);

  gtk_label_set_text (line->mark_label, mark->sign);
  gtk_widget_set_tooltip_text (label, _ (mark->words));
  atk_object_set_name (gtk_widget_get_accessible (label), _ (mark->words));
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (line)), mark->style);
}

GtkWidget *
pl_header_line_new (const PlHeaderRow *row)
{
  PlHeaderLine *line = g_object_new (PL_TYPE_HEADER_LINE, NULL);

  line->row = row;
  show_mark (line);
  show_text (line);
  show_button (line);
  if (row->explanation != NULL)
    {
      gtk_label_set_text (line->explanation_label, row->explanation);
      gtk_widget_show (GTK_WIDGET (line->explanation_label));
    }
  return GTK_WIDGET (line);
}

static void
pl_header_line_class_init (PlHeaderLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/header-line.ui");
  gtk_widget_class_bind_template_child (widget_class, PlHeaderLine, mark_label);
  gtk_widget_class_bind_template_child (widget_class, PlHeaderLine, text_label);
  gtk_widget_class_bind_template_child (widget_class, PlHeaderLine, reveal_button);
  gtk_widget_class_bind_template_child (widget_class, PlHeaderLine, explanation_label);
  gtk_widget_class_bind_template_callback (widget_class, reveal_toggled_cb);
}

static void
pl_header_line_init (PlHeaderLine *line)
{
  gtk_widget_init_template (GTK_WIDGET (line));
}
