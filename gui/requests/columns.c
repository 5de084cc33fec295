/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table, one row a column. Rows of a log are drawn thirty times a second in a flood, so a cell is
 * set up by plain calls, and widths are not asked of the cells but measured once. */

#include "gui/requests/columns.h"

#include "app/i18n.h"
#include "app/model/plain_path.h"
#include "app/model/words.h"
#include "gui/kit/text_width.h"
#include "gui/requests/chip.h"
#include "gui/requests/tree_model.h"

/**
 * Row: a request while its cells are set up.
 * @is_selected: it is the one that is read: nothing of it is dimmed
 */
typedef struct
{
  PlRequestItem *item;
  PlRequestFilter *filter;
  gboolean is_selected;
} Row;

typedef void (*ShowFunc) (GtkCellRenderer *cell, const Row *row);
typedef char *(*TooltipFunc) (PlRequestItem *item);

/* Who asked is what people look for: of a narrow view the size goes first, then how long it took.
 *
 * The sample is as wide as a usual cell; a column without one has the room that is left. In a view
 * of fewer width-chars than `from_chars` a column is left out. */
typedef struct
{
  const char *sample;
  int from_chars;
  ShowFunc show;
  TooltipFunc dup_tooltip;
} Column;

/* Of the request so much is always seen. */
#define LEAST_REQUEST "POST upload"

#define DIM_ALPHA (G_MAXUINT16 * 6 / 10)

static void
set_text (GtkCellRenderer *cell, const char *text)
{
  g_object_set (cell, "text", text, NULL);
}

static void
show_time (GtkCellRenderer *cell, const Row *row)
{
  g_autofree char *time = pl_request_item_dup_time (row->item);
  set_text (cell, time);
}

static void
show_device (GtkCellRenderer *cell, const Row *row)
{
  g_autofree char *who = pl_request_filter_dup_who (row->filter, row->item);
  set_text (cell, who);
}

static char *
dup_device_tooltip (PlRequestItem *item)
{
  g_autofree char *client = pl_request_item_dup_client (item);
  const char *device = pl_request_item_get_device (item);

  return *device == '\0' ? g_steal_pointer (&client) : g_strdup_printf ("%s\n%s", device, client);
}

/* "POST upload": what most requests do, get, goes without saying. */
static void
append_deed (GString *text, PlRequestItem *item)
{
  const char *method = pl_request_item_get_method (item);
  const char *words = pl_request_item_get_path_words (item);

  if (*words == '\0' || !g_str_equal (method, "GET"))
    g_string_append (text, method);
  if (*words != '\0' && text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, words);
}

/* Neither does a method decide in which direction a line of Hebrew is laid out, nor do the words
 * decide it for a path. */
#define RIGHT_TO_LEFT_MARK    "\u200f"
#define LEFT_TO_RIGHT_ISOLATE "\u2066"
#define POP_ISOLATE           "\u2069"

static void
show_request (GtkCellRenderer *cell, const Row *row)
{
  g_autoptr (GString) text = g_string_sized_new (128);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  const char *target = pl_request_item_get_target (row->item);

  append_deed (text, row->item);
  if (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL)
    g_string_prepend (text, RIGHT_TO_LEFT_MARK);
  if (!row->is_selected)
    {
      PangoAttribute *dim = pango_attr_foreground_alpha_new (DIM_ALPHA);
      dim->start_index = (guint) text->len;
      pango_attr_list_insert (attributes, dim);
    }
  if (*pl_request_item_get_method (row->item) != '\0')
    g_string_append (text, "  ");
  if (*target == '\0')
    g_string_append (text, pl_request_item_get_unread_words (row->item));
  else
    {
      g_string_append (text, LEFT_TO_RIGHT_ISOLATE);
      pl_plain_path_append (text, target);
      g_string_append (text, POP_ISOLATE);
    }
  g_object_set (cell, "text", text->str, "attributes", attributes, NULL);
}

static char *
dup_request_tooltip (PlRequestItem *item)
{
  g_autoptr (GString) text = g_string_new (pl_request_item_get_method (item));

  g_string_append_c (text, ' ');
  pl_plain_path_append (text, pl_request_item_get_target (item));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_status (GtkCellRenderer *cell, const Row *row)
{
  g_autofree char *text = pl_chip_dup_text (row->item);

  pl_chip_renderer_set (PL_CHIP_RENDERER (cell), pl_request_item_get_tone (row->item),
                        pl_chip_get_fraction (row->item));
  set_text (cell, text);
}

static char *
dup_status_tooltip (PlRequestItem *item)
{
  g_autofree char *reason = pl_request_item_dup_reason (item);

  return g_strdup_printf ("%s\n%s", pl_request_item_get_status_words (item), reason);
}

static void
show_size (GtkCellRenderer *cell, const Row *row)
{
  g_autoptr (GString) text = g_string_sized_new (16);
  guint64 bytes = pl_request_item_get_size (row->item);

  if (bytes > 0)
    pl_words_append_size (text, bytes);
  set_text (cell, text->str);
}

static void
show_duration (GtkCellRenderer *cell, const Row *row)
{
  g_autoptr (GString) text = g_string_sized_new (16);

  pl_words_append_duration (text, pl_request_item_get_duration_us (row->item));
  set_text (cell, text->str);
}

static const Column columns[] = {
  { "00:00:00", 0, show_time, pl_request_item_dup_full_time },
  { N_ ("Immich app (Android)"), 36, show_device, dup_device_tooltip },
  { NULL, 0, show_request, dup_request_tooltip },
  { "100 %", 0, show_status, dup_status_tooltip },
  { "000 MB", 84, show_size, NULL },
  { "0 min 00 s", 72, show_duration, NULL },
};

static void
show_cell_cb (GtkTreeViewColumn *view_column,
              GtkCellRenderer *cell,
              GtkTreeModel *model,
              GtkTreeIter *iter,
              gpointer column)
{
  PlRequestTreeModel *rows = PL_REQUEST_TREE_MODEL (model);
  GtkTreeView *view = GTK_TREE_VIEW (gtk_tree_view_column_get_tree_view (view_column));
  Row row = { pl_request_tree_model_get (rows, iter), pl_request_tree_model_get_filter (rows),
              gtk_tree_selection_iter_is_selected (gtk_tree_view_get_selection (view), iter) };

  if (row.item != NULL)
    ((const Column *) column)->show (cell, &row);
}

void
pl_request_columns_set_up (GtkTreeView *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkTreeViewColumn *column = gtk_tree_view_get_column (view, (int) i);
      g_autoptr (GList) cells = gtk_cell_layout_get_cells (GTK_CELL_LAYOUT (column));

      gtk_tree_view_column_set_cell_data_func (column, cells->data, show_cell_cb,
                                               (gpointer) &columns[i], NULL);
    }
}

/* The title may be wider than what stands below it. */
static int
measure (GtkTreeView *view, GtkTreeViewColumn *column, const char *sample)
{
  g_autoptr (GList) cells = gtk_cell_layout_get_cells (GTK_CELL_LAYOUT (column));
  int x_pad, separator, title;

  gtk_cell_renderer_get_padding (cells->data, &x_pad, NULL);
  gtk_widget_style_get (GTK_WIDGET (view), "horizontal-separator", &separator, NULL);
  gtk_widget_get_preferred_width (gtk_tree_view_column_get_button (column), NULL, &title);
  return MAX (title, pl_text_width (GTK_WIDGET (view), sample) + 2 * x_pad + separator);
}

/* Not by GtkTreeViewColumn:expand, which hands out only what was left when the view changed its
 * width, and gives what a hidden column leaves to the last. */
void
pl_request_columns_fit (gpointer user_data, int width_chars)
{
  GtkTreeView *view = user_data;
  int room = gtk_widget_get_allocated_width (GTK_WIDGET (view));
  GtkTreeViewColumn *rest = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkTreeViewColumn *column = gtk_tree_view_get_column (view, (int) i);
      gboolean is_shown = width_chars >= columns[i].from_chars;
      int width = columns[i].sample != NULL ? measure (view, column, _ (columns[i].sample)) : 0;

      gtk_tree_view_column_set_visible (column, is_shown);
      if (columns[i].sample == NULL)
        rest = column;
      else
        gtk_tree_view_column_set_fixed_width (column, width);
      room -= is_shown ? width : 0;
    }
  gtk_tree_view_column_set_fixed_width (rest, MAX (room, measure (view, rest, LEAST_REQUEST)));
}

char *
pl_request_columns_dup_tooltip (GtkTreeView *view, GtkTreeViewColumn *column, PlRequestItem *item)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (gtk_tree_view_get_column (view, (int) i) == column && columns[i].dup_tooltip != NULL)
      return columns[i].dup_tooltip (item);
  return NULL;
}
