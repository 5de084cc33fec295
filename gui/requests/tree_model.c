/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list model tells of many rows at once, after they changed; a tree model one by one, as they do.
 * So while rows are told, the view's list is not the filter's: between what stands before the
 * change and what stands behind it there are `n_gone` rows that the filter has no more, and
 * `n_untold` rows of the filter are missing. At rest both are 0, and so needs no exception. */

#include "gui/requests/tree_model.h"

/* From so many on a view is faster in reading all rows anew than in hearing of each. Where no row
 * stays, as with another filter, it could not keep its place either. */
#define WHOLESALE 1000

struct _PlRequestTreeModel
{
  GObject parent_instance;

  PlRequestFilter *filter;
  int stamp;
  guint edge; /* the first row behind what was told so far */
  guint n_gone;
  guint n_untold;
};

enum
{
  CHANGING,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void tree_model_interface_init (GtkTreeModelIface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlRequestTreeModel,
                               pl_request_tree_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_TREE_MODEL,
                                                      tree_model_interface_init))

static guint
count_rows (PlRequestTreeModel *rows)
{
  return pl_request_filter_get_n (rows->filter) + rows->n_gone - rows->n_untold;
}

static gboolean
set_iter (PlRequestTreeModel *rows, GtkTreeIter *iter, guint row)
{
  gboolean exists = row < count_rows (rows);

  *iter = (GtkTreeIter){ .stamp = exists ? rows->stamp : 0, .user_data = GUINT_TO_POINTER (row) };
  return exists;
}

static guint
row_of (const GtkTreeIter *iter)
{
  return GPOINTER_TO_UINT (iter->user_data);
}

static GtkTreeModelFlags
get_flags (GtkTreeModel *model)
{
  return GTK_TREE_MODEL_LIST_ONLY;
}

static int
get_n_columns (GtkTreeModel *model)
{
  return 1;
}

static GType
get_column_type (GtkTreeModel *model, int column)
{
  return PL_TYPE_REQUEST_ITEM;
}

static gboolean
get_iter (GtkTreeModel *model, GtkTreeIter *iter, GtkTreePath *path)
{
  if (gtk_tree_path_get_depth (path) != 1)
    return FALSE;
  return set_iter (PL_REQUEST_TREE_MODEL (model), iter,
                   (guint) gtk_tree_path_get_indices (path)[0]);
}

static GtkTreePath *
get_path (GtkTreeModel *model, GtkTreeIter *iter)
{
  return gtk_tree_path_new_from_indices ((int) row_of (iter), -1);
}

static void
get_value (GtkTreeModel *model, GtkTreeIter *iter, int column, GValue *value)
{
  g_value_init (value, PL_TYPE_REQUEST_ITEM);
  g_value_set_object (value, pl_request_tree_model_get (PL_REQUEST_TREE_MODEL (model), iter));
}

static gboolean
iter_next (GtkTreeModel *model, GtkTreeIter *iter)
{
  return set_iter (PL_REQUEST_TREE_MODEL (model), iter, row_of (iter) + 1);
}

/* Before row 0 is row 2³² - 1, which there is not. */
static gboolean
iter_previous (GtkTreeModel *model, GtkTreeIter *iter)
{
  return set_iter (PL_REQUEST_TREE_MODEL (model), iter, row_of (iter) - 1);
}

static gboolean
iter_nth_child (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent, int n)
{
  return parent == NULL && set_iter (PL_REQUEST_TREE_MODEL (model), iter, (guint) n);
}

static gboolean
iter_children (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent)
{
  return iter_nth_child (model, iter, parent, 0);
}

static gboolean
iter_has_child (GtkTreeModel *model, GtkTreeIter *iter)
{
  return FALSE;
}

static int
iter_n_children (GtkTreeModel *model, GtkTreeIter *iter)
{
  return iter == NULL ? (int) count_rows (PL_REQUEST_TREE_MODEL (model)) : 0;
}

static gboolean
iter_parent (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *child)
{
  return FALSE;
}

static void
tree_model_interface_init (GtkTreeModelIface *interface)
{
  interface->get_flags = get_flags;
  interface->get_n_columns = get_n_columns;
  interface->get_column_type = get_column_type;
  interface->get_iter = get_iter;
  interface->get_path = get_path;
  interface->get_value = get_value;
  interface->iter_next = iter_next;
  interface->iter_previous = iter_previous;
  interface->iter_children = iter_children;
  interface->iter_has_child = iter_has_child;
  interface->iter_n_children = iter_n_children;
  interface->iter_nth_child = iter_nth_child;
  interface->iter_parent = iter_parent;
}

static void
tell_gone (PlRequestTreeModel *rows)
{
  g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices ((int) rows->edge, -1);

  while (rows->n_gone > 0)
    {
      rows->n_gone--;
      gtk_tree_model_row_deleted (GTK_TREE_MODEL (rows), path);
    }
}

static void
tell_new (PlRequestTreeModel *rows)
{
  g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices ((int) rows->edge, -1);
  GtkTreeIter iter;

  while (rows->n_untold > 0)
    {
      rows->n_untold--;
      set_iter (rows, &iter, rows->edge++);
      gtk_tree_model_row_inserted (GTK_TREE_MODEL (rows), path, &iter);
      gtk_tree_path_next (path);
    }
}

static void
items_changed_cb (PlRequestTreeModel *rows, guint position, guint n_removed, guint n_added)
{
  gboolean is_all = n_removed > 0 && n_added == pl_request_filter_get_n (rows->filter);
  gboolean is_wholesale = is_all || n_removed > WHOLESALE || n_added > WHOLESALE;

  rows->edge = position;
  rows->n_gone = n_removed;
  rows->n_untold = n_added;
  g_signal_emit (rows, signals[CHANGING], 0, is_wholesale);
  rows->stamp = rows->stamp == G_MAXINT ? 1 : rows->stamp + 1;
  if (is_wholesale)
    rows->n_gone = rows->n_untold = 0;
  tell_gone (rows);
  tell_new (rows);
  g_signal_emit (rows, signals[CHANGED], 0);
}

static void
items_updated_cb (PlRequestTreeModel *rows, GArray *positions)
{
  for (guint i = 0; i < positions->len; i++)
    {
      guint row = g_array_index (positions, guint, i);
      g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices ((int) row, -1);
      GtkTreeIter iter;

      set_iter (rows, &iter, row);
      gtk_tree_model_row_changed (GTK_TREE_MODEL (rows), path, &iter);
    }
}

PlRequestItem *
pl_request_tree_model_get (PlRequestTreeModel *rows, const GtkTreeIter *iter)
{
  guint row = row_of (iter);

  g_return_val_if_fail (iter->stamp == rows->stamp, NULL);

  if (row < rows->edge)
    return pl_request_filter_get (rows->filter, row);
  if (row < rows->edge + rows->n_gone)
    return NULL;
  return pl_request_filter_get (rows->filter, row - rows->n_gone + rows->n_untold);
}

PlRequestFilter *
pl_request_tree_model_get_filter (PlRequestTreeModel *rows)
{
  return rows->filter;
}

PlRequestTreeModel *
pl_request_tree_model_new (PlRequestFilter *filter)
{
  PlRequestTreeModel *rows = g_object_new (PL_TYPE_REQUEST_TREE_MODEL, NULL);

  rows->filter = g_object_ref (filter);
  g_signal_connect_object (filter, "items-changed", G_CALLBACK (items_changed_cb), rows,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "items-updated", G_CALLBACK (items_updated_cb), rows,
                           G_CONNECT_SWAPPED);
  return rows;
}

static void
pl_request_tree_model_finalize (GObject *object)
{
  PlRequestTreeModel *rows = PL_REQUEST_TREE_MODEL (object);

  g_clear_object (&rows->filter);
  G_OBJECT_CLASS (pl_request_tree_model_parent_class)->finalize (object);
}

static void
pl_request_tree_model_class_init (PlRequestTreeModelClass *klass)
{
  GType type = PL_TYPE_REQUEST_TREE_MODEL;

  G_OBJECT_CLASS (klass)->finalize = pl_request_tree_model_finalize;
  signals[CHANGING] = g_signal_new ("changing", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[CHANGED]
      = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pl_request_tree_model_init (PlRequestTreeModel *rows)
{
  rows->stamp = g_random_int_range (1, G_MAXINT);
}
