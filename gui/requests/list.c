/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tree view has its model only while it is to be seen: rows that come meanwhile cost nothing.
 * Which request is selected is kept here and not by the view, which would select a neighbour when a
 * row is forgotten. */

#include "gui/requests/list.h"

#include "app/i18n.h"
#include "app/model/words.h"
#include "gui/kit/fit.h"
#include "gui/requests/chip.h"
#include "gui/requests/columns.h"
#include "gui/requests/scroll_place.h"
#include "gui/requests/tree_model.h"

/* How long it takes is told of what runs, even where nothing moves. */
#define TICK_S 1

/**
 * Hold: what the view has of the rows, and so whose choice it is what it selects.
 * @HOLD_NOTHING: the view has no rows, and selects none: out of sight, or between two sets of rows
 * @HOLD_CHANGING: rows come and go, and the view selects neighbours of those that go
 * @HOLD_STEADY: the rows are there: whoever selects one now is the user
 *
 * HOLD_NOTHING leads to HOLD_CHANGING by attach_rows(), that to HOLD_STEADY by settle(), and any of
 * them back to HOLD_NOTHING by detach_rows(); nothing else sets it but rows_changing_cb().
 */
typedef enum
{
  HOLD_NOTHING,
  HOLD_CHANGING,
  HOLD_STEADY,
} Hold;

struct _PlRequestList
{
  GtkOverlay parent_instance;

  GtkTreeView *view;
  GtkTreeSelection *selection;
  GtkWidget *new_button;
  GtkLabel *new_label;
  GMenuModel *context_menu;

  PlRequestFilter *filter;
  PlRequestTreeModel *rows;
  PlScrollPlace *place;
  PlRequestItem *selected;
  Hold hold;
  guint tick;
};

enum
{
  PROP_SELECTED = 1,
  N_PROPERTIES
};

enum
{
  ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlRequestList, pl_request_list, GTK_TYPE_OVERLAY)

/* (transfer none) (nullable) */
static PlRequestItem *
get_item_at (PlRequestList *list, GtkTreePath *path)
{
  GtkTreeIter iter;

  if (!gtk_tree_model_get_iter (GTK_TREE_MODEL (list->rows), &iter, path))
    return NULL;
  return pl_request_tree_model_get (list->rows, &iter);
}

static PlRequestItem *
get_marked (PlRequestList *list)
{
  GtkTreeIter iter;

  if (!gtk_tree_selection_get_selected (list->selection, NULL, &iter))
    return NULL;
  return pl_request_tree_model_get (list->rows, &iter);
}

static void
mark_selected (PlRequestList *list)
{
  guint row;

  if (get_marked (list) == list->selected)
    return;
  if (list->selected != NULL && pl_request_filter_find (list->filter, list->selected, &row))
    {
      g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices ((int) row, -1);
      gtk_tree_selection_select_path (list->selection, path);
    }
  else
    gtk_tree_selection_unselect_all (list->selection);
}

static void
detach_rows (PlRequestList *list)
{
  list->hold = HOLD_NOTHING;
  gtk_tree_view_set_model (list->view, NULL);
}

/* The rows are in their places: the user's choice is marked among them. */
static void
settle (PlRequestList *list)
{
  mark_selected (list);
  list->hold = HOLD_STEADY;
}

static void
attach_rows (PlRequestList *list)
{
  if (list->rows == NULL || list->hold != HOLD_NOTHING)
    return;
  list->hold = HOLD_CHANGING;
  gtk_tree_view_set_model (list->view, GTK_TREE_MODEL (list->rows));
  settle (list);
  pl_scroll_place_restore (list->place);
}

static void
rows_changing_cb (PlRequestList *list, gboolean is_wholesale)
{
  if (is_wholesale)
    detach_rows (list);
  else if (list->hold == HOLD_STEADY)
    list->hold = HOLD_CHANGING;
}

static void
rows_changed_cb (PlRequestList *list)
{
  if (list->hold == HOLD_CHANGING)
    settle (list);
  else if (gtk_widget_get_mapped (GTK_WIDGET (list)))
    attach_rows (list);
}

static gboolean
is_running_in_sight (PlRequestList *list)
{
  g_autoptr (GtkTreePath) path = NULL;
  g_autoptr (GtkTreePath) last = NULL;

  if (!gtk_tree_view_get_visible_range (list->view, &path, &last))
    return FALSE;
  for (; gtk_tree_path_compare (path, last) <= 0; gtk_tree_path_next (path))
    {
      PlRequestItem *item = get_item_at (list, path);
      if (item != NULL && pl_request_item_is_running (item))
        return TRUE;
    }
  return FALSE;
}

static gboolean
tick_cb (gpointer user_data)
{
  PlRequestList *list = user_data;

  if (is_running_in_sight (list))
    gtk_widget_queue_draw (GTK_WIDGET (list->view));
  return G_SOURCE_CONTINUE;
}

static void
n_new_cb (PlRequestList *list)
{
  guint n_new = pl_scroll_place_get_n_new (list->place);
  g_autofree char *number = pl_words_dup_number (n_new);
  g_autofree char *text = g_strdup_printf (ngettext ("%s new", "%s new", n_new), number);

  gtk_label_set_text (list->new_label, text);
  gtk_widget_set_visible (list->new_button, n_new > 0);
}

static void
new_clicked_cb (GtkButton *button, PlRequestList *list)
{
  pl_scroll_place_go_to_end (list->place);
  pl_request_list_focus (list);
}

static void
selection_changed_cb (GtkTreeSelection *selection, PlRequestList *list)
{
  if (list->hold != HOLD_STEADY || !g_set_object (&list->selected, get_marked (list)))
    return;
  g_object_notify_by_pspec (G_OBJECT (list), properties[PROP_SELECTED]);
}

static void
row_activated_cb (GtkTreeView *view,
                  GtkTreePath *path,
                  GtkTreeViewColumn *column,
                  PlRequestList *list)
{
  /* A screen reader activates rows that were not selected before. */
  if (!gtk_tree_selection_path_is_selected (list->selection, path))
    gtk_tree_view_set_cursor (view, path, NULL, FALSE);
  g_signal_emit (list, signals[ACTIVATED], 0);
}

static gboolean
query_tooltip_cb (GtkWidget *widget,
                  int x,
                  int y,
                  gboolean is_by_keyboard,
                  GtkTooltip *tooltip,
                  PlRequestList *list)
{
  g_autoptr (GtkTreePath) path = NULL;
  g_autofree char *text = NULL;
  GtkTreeViewColumn *column = NULL;

  if (is_by_keyboard)
    gtk_tree_view_get_cursor (list->view, &path, &column);
  else
    {
      gtk_tree_view_convert_widget_to_bin_window_coords (list->view, x, y, &x, &y);
      gtk_tree_view_get_path_at_pos (list->view, x, y, &path, &column, NULL, NULL);
    }
  PlRequestItem *item = path != NULL ? get_item_at (list, path) : NULL;
  if (item != NULL && column != NULL)
    text = pl_request_columns_dup_tooltip (list->view, column, item);
  if (text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  gtk_tree_view_set_tooltip_cell (list->view, tooltip, path, column, NULL);
  return TRUE;
}

static void
menu_closed_cb (GtkWidget *menu, PlRequestList *list)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (list->view), TRUE);
  gtk_widget_destroy (menu);
}

/* It lives as long as it is open, and meanwhile no tooltip lies over it. */
static GtkMenu *
make_menu (PlRequestList *list)
{
  GtkWidget *menu = gtk_menu_new_from_model (list->context_menu);

  gtk_menu_attach_to_widget (GTK_MENU (menu), GTK_WIDGET (list->view), NULL);
  gtk_widget_set_has_tooltip (GTK_WIDGET (list->view), FALSE);
  g_signal_connect_object (menu, "selection-done", G_CALLBACK (menu_closed_cb), list, 0);
  return GTK_MENU (menu);
}

/* The press counts, not the click: in a flood another row is there when the button is released. */
static gboolean
button_press_cb (GtkWidget *widget, GdkEventButton *event, PlRequestList *list)
{
  g_autoptr (GtkTreePath) path = NULL;
  gboolean is_for_menu = gdk_event_triggers_context_menu ((GdkEvent *) event);

  if ((!is_for_menu && event->button != GDK_BUTTON_PRIMARY)
      || event->window != gtk_tree_view_get_bin_window (list->view)
      || !gtk_tree_view_get_path_at_pos (list->view, (int) event->x, (int) event->y, &path, NULL,
                                         NULL, NULL))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (widget);
  gtk_tree_view_set_cursor (list->view, path, NULL, FALSE);
  if (is_for_menu)
    gtk_menu_popup_at_pointer (make_menu (list), (GdkEvent *) event);
  else
    g_signal_emit (list, signals[ACTIVATED], 0);
  return GDK_EVENT_STOP;
}

static gboolean
popup_menu_cb (GtkWidget *widget, PlRequestList *list)
{
  g_autoptr (GtkTreePath) path = NULL;
  GtkTreeIter iter;
  GdkRectangle area;

  if (!gtk_tree_selection_get_selected (list->selection, NULL, &iter))
    return FALSE;
  path = gtk_tree_model_get_path (GTK_TREE_MODEL (list->rows), &iter);
  gtk_tree_view_get_cell_area (list->view, path, gtk_tree_view_get_column (list->view, 0), &area);
  gtk_menu_popup_at_rect (make_menu (list), gtk_tree_view_get_bin_window (list->view), &area,
                          GDK_GRAVITY_SOUTH_WEST, GDK_GRAVITY_NORTH_WEST, NULL);
  return TRUE;
}

void
pl_request_list_set_filter (PlRequestList *list, PlRequestFilter *filter)
{
  g_return_if_fail (PL_IS_REQUEST_LIST (list));
  g_return_if_fail (list->filter == NULL);

  list->filter = g_object_ref (filter);
  list->place = pl_scroll_place_new (list->view, filter);
  list->rows = pl_request_tree_model_new (filter);
  g_signal_connect_object (list->place, "notify::n-new", G_CALLBACK (n_new_cb), list,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list->rows, "changing", G_CALLBACK (rows_changing_cb), list,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list->rows, "changed", G_CALLBACK (rows_changed_cb), list,
                           G_CONNECT_SWAPPED);
}

PlRequestItem *
pl_request_list_get_selected (PlRequestList *list)
{
  g_return_val_if_fail (PL_IS_REQUEST_LIST (list), NULL);

  return list->selected;
}

void
pl_request_list_keep_in_sight (PlRequestList *list)
{
  guint row;

  g_return_if_fail (PL_IS_REQUEST_LIST (list));

  if (list->selected != NULL && pl_request_filter_find (list->filter, list->selected, &row))
    pl_scroll_place_keep_in_sight (list->place, row);
}

void
pl_request_list_focus (PlRequestList *list)
{
  g_return_if_fail (PL_IS_REQUEST_LIST (list));

  gtk_widget_grab_focus (GTK_WIDGET (list->view));
}

static void
pl_request_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pl_request_list_parent_class)->map (widget);
  attach_rows (PL_REQUEST_LIST (widget));
  PL_REQUEST_LIST (widget)->tick = g_timeout_add_seconds (TICK_S, tick_cb, widget);
}

static void
pl_request_list_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PL_REQUEST_LIST (widget)->tick, g_source_remove);
  detach_rows (PL_REQUEST_LIST (widget));
  GTK_WIDGET_CLASS (pl_request_list_parent_class)->unmap (widget);
}

static void
pl_request_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, PL_REQUEST_LIST (object)->selected);
}

static void
pl_request_list_dispose (GObject *object)
{
  PlRequestList *list = PL_REQUEST_LIST (object);

  g_clear_object (&list->place);
  g_clear_object (&list->rows);
  g_clear_object (&list->filter);
  g_clear_object (&list->selected);
  G_OBJECT_CLASS (pl_request_list_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/request-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PlRequestList, view);
  gtk_widget_class_bind_template_child (widget_class, PlRequestList, selection);
  gtk_widget_class_bind_template_child (widget_class, PlRequestList, new_button);
  gtk_widget_class_bind_template_child (widget_class, PlRequestList, new_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestList, context_menu);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
  gtk_widget_class_bind_template_callback (widget_class, button_press_cb);
  gtk_widget_class_bind_template_callback (widget_class, popup_menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_clicked_cb);
}

static void
pl_request_list_class_init (PlRequestListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = pl_request_list_get_property;
  object_class->dispose = pl_request_list_dispose;
  widget_class->map = pl_request_list_map;
  widget_class->unmap = pl_request_list_unmap;
  properties[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, PL_TYPE_REQUEST_ITEM,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[ACTIVATED] = g_signal_new ("activated", PL_TYPE_REQUEST_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (PL_TYPE_CHIP_RENDERER);
  bind_template (widget_class);
}

static void
pl_request_list_init (PlRequestList *list)
{
  gtk_widget_init_template (GTK_WIDGET (list));
  pl_request_columns_set_up (list->view);
  pl_fit_watch (GTK_WIDGET (list->view), pl_request_columns_fit, list->view);
}
