/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first line, which is no field, is shown like one. */

#include "gui/requests/header_list.h"

#include "app/i18n.h"
#include "gui/requests/header_line.h"

struct _PlHeaderList
{
  GtkBox parent_instance;

  GtkLabel *title_label;
  GtkContainer *lines;

  PlHeaderDiff *diff;
  PlHeaderRow first_line;
};

enum
{
  PROP_TITLE = 1,
};

G_DEFINE_FINAL_TYPE (PlHeaderList, pl_header_list, GTK_TYPE_BOX)

static void
add_line (PlHeaderList *list, const PlHeaderRow *row)
{
  gtk_container_add (list->lines, pl_header_line_new (row));
}

static void
add_first_line (PlHeaderList *list)
{
  char *in = (char *) pl_header_diff_get_first_line_in (list->diff);
  char *out = (char *) pl_header_diff_get_first_line_out (list->diff);
  gboolean is_changed = in != NULL && out != NULL && !g_str_equal (in, out);

  if (in == NULL)
    return;
  list->first_line = (PlHeaderRow){
    .name = _ ("First line"),
    .value_in = in,
    .value_out = out,
    .kind = is_changed ? PL_HEADER_CHANGED : PL_HEADER_SAME,
  };
  add_line (list, &list->first_line);
}

static void
destroy_cb (GtkWidget *line, gpointer user_data)
{
  gtk_widget_destroy (line);
}

void
pl_header_list_show (PlHeaderList *list, PlHeaderDiff *diff)
{
  g_return_if_fail (PL_IS_HEADER_LIST (list));

  gtk_container_foreach (list->lines, destroy_cb, NULL);
  g_clear_pointer (&list->diff, pl_header_diff_free);
  list->diff = diff;
  gtk_widget_set_visible (GTK_WIDGET (list), diff != NULL);
  if (diff == NULL)
    return;
  add_first_line (list);
  for (guint i = 0; i < pl_header_diff_get_n_rows (diff); i++)
    add_line (list, pl_header_diff_get_row (diff, i));
}

static void
pl_header_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, gtk_label_get_text (PL_HEADER_LIST (object)->title_label));
}

static void
pl_header_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  gtk_label_set_text (PL_HEADER_LIST (object)->title_label, g_value_get_string (value));
}

static void
pl_header_list_finalize (GObject *object)
{
  g_clear_pointer (&PL_HEADER_LIST (object)->diff, pl_header_diff_free);
  G_OBJECT_CLASS (pl_header_list_parent_class)->finalize (object);
}

static void
pl_header_list_class_init (PlHeaderListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = pl_header_list_get_property;
  object_class->set_property = pl_header_list_set_property;
  object_class->finalize = pl_header_list_finalize;
  g_object_class_install_property (
      object_class, PROP_TITLE,
      g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/header-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PlHeaderList, title_label);
  gtk_widget_class_bind_template_child (widget_class, PlHeaderList, lines);
}

static void
pl_header_list_init (PlHeaderList *list)
{
  gtk_widget_init_template (GTK_WIDGET (list));
}
