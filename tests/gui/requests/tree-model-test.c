/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A view that believes nothing but the signals of the tree model must end with the rows of the
 * filter, and must at each signal find a model that agrees with what it was told so far. */

#include "gui/requests/tree_model.h"
#include "tests/unit/model/sample.h"

#define KEEP 2000

typedef struct
{
  PlRequestLog *log;
  PlRequestFilter *filter;
  PlRequestTreeModel *rows;
  GPtrArray *told; /* (element-type PlRequestItem): the view's rows */
  gboolean is_detached;
  guint n_updated;
} Fixture;

static GtkTreeModel *
get_model (Fixture *fixture)
{
  return GTK_TREE_MODEL (fixture->rows);
}

static PlRequestItem *
get_item (Fixture *fixture, guint row)
{
  g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices ((int) row, -1);
  GtkTreeIter iter;

  g_assert_true (gtk_tree_model_get_iter (get_model (fixture), &iter, path));
  return pl_request_tree_model_get (fixture->rows, &iter);
}

static void
assert_length (Fixture *fixture)
{
  GtkTreeIter iter;
  int n_rows = gtk_tree_model_iter_n_children (get_model (fixture), NULL);

  g_assert_cmpint (n_rows, ==, fixture->told->len);
  g_assert_false (gtk_tree_model_iter_nth_child (get_model (fixture), &iter, NULL, n_rows));
}

/* Rows next to the change are those one would be mixed up with. */
static void
assert_around (Fixture *fixture, guint row)
{
  for (guint i = row > 2 ? row - 2 : 0; i < MIN (row + 2, fixture->told->len); i++)
    {
      PlRequestItem *item = get_item (fixture, i);
      g_assert_true (item == NULL || item == fixture->told->pdata[i]);
    }
}

static void
deleted_cb (GtkTreeModel *model, GtkTreePath *path, Fixture *fixture)
{
  guint row = (guint) gtk_tree_path_get_indices (path)[0];

  if (fixture->is_detached)
    return;
  g_ptr_array_remove_index (fixture->told, row);
  assert_length (fixture);
  assert_around (fixture, row);
}

static void
inserted_cb (GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *iter, Fixture *fixture)
{
  int row = gtk_tree_path_get_indices (path)[0];

  if (fixture->is_detached)
    return;
  g_ptr_array_insert (fixture->told, row,
                      g_object_ref (pl_request_tree_model_get (fixture->rows, iter)));
  assert_length (fixture);
  assert_around (fixture, (guint) row);
}

static void
row_changed_cb (GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *iter, Fixture *fixture)
{
  guint row = (guint) gtk_tree_path_get_indices (path)[0];

  g_assert_true (pl_request_tree_model_get (fixture->rows, iter) == fixture->told->pdata[row]);
  fixture->n_updated++;
}

/* As a tree view does that lets go of its model: once more it walks over all rows it had. */
static void
changing_cb (PlRequestTreeModel *rows, gboolean is_wholesale, Fixture *fixture)
{
  GtkTreeIter iter;
  guint n = 0;

  fixture->is_detached = is_wholesale;
  if (!is_wholesale)
    return;
  for (gboolean has = gtk_tree_model_get_iter_first (get_model (fixture), &iter); has; n++)
    has = gtk_tree_model_iter_next (get_model (fixture), &iter);
  g_assert_cmpuint (n, ==, fixture->told->len);
}

static void
changed_cb (PlRequestTreeModel *rows, Fixture *fixture)
{
  guint n_rows = pl_request_filter_get_n (fixture->filter);

  if (fixture->is_detached)
    {
      g_ptr_array_set_size (fixture->told, 0);
      for (guint i = 0; i < n_rows; i++)
        g_ptr_array_add (fixture->told, g_object_ref (get_item (fixture, i)));
      fixture->is_detached = FALSE;
    }
  assert_length (fixture);
  g_assert_cmpuint (fixture->told->len, ==, n_rows);
  for (guint i = 0; i < n_rows; i++)
    g_assert_true (fixture->told->pdata[i] == pl_request_filter_get (fixture->filter, i));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->log = pl_request_log_new (KEEP);
  fixture->filter = pl_request_filter_new (fixture->log);
  fixture->rows = pl_request_tree_model_new (fixture->filter);
  fixture->told = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (fixture->rows, "row-deleted", G_CALLBACK (deleted_cb), fixture);
  g_signal_connect (fixture->rows, "row-inserted", G_CALLBACK (inserted_cb), fixture);
  g_signal_connect (fixture->rows, "row-changed", G_CALLBACK (row_changed_cb), fixture);
  g_signal_connect (fixture->rows, "changing", G_CALLBACK (changing_cb), fixture);
  g_signal_connect (fixture->rows, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->told);
  g_object_unref (fixture->rows);
  g_object_unref (fixture->filter);
  g_object_unref (fixture->log);
}

static void
add (Fixture *fixture, guint64 first_id, guint n)
{
  g_autoptr (GPtrArray) records = sample_batch (first_id, n);

  pl_request_log_add (fixture->log, records, 0);
}

/* Beyond what is kept, the oldest go in the same batch. */
static void
test_batches (Fixture *fixture, gconstpointer data)
{
  static const guint sizes[] = { 1, 2, 167, 900, 999, 1, 500, 1000, 1001, 3, 1999, 2000, 5000, 7 };
  guint64 id = 1;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      add (fixture, id, sizes[i]);
      id += sizes[i];
      g_assert_cmpuint (fixture->told->len, ==, MIN (id - 1, KEEP));
    }
  pl_request_log_clear (fixture->log);
  g_assert_cmpuint (fixture->told->len, ==, 0);
}

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) login
      = sample_batch_of_one (sample_record (500, "POST", "/api/auth/login", ""));

  add (fixture, 1, 100);
  pl_request_log_add (fixture->log, login, 0);
  add (fixture, 1000, 100);
  pl_request_filter_set_text (fixture->filter, "login");
  g_assert_cmpuint (fixture->told->len, ==, 1);
  add (fixture, 2000, 10);
  g_assert_cmpuint (fixture->told->len, ==, 1);
  pl_request_filter_set_text (fixture->filter, "");
  g_assert_cmpuint (fixture->told->len, ==, 211);
}

static void
test_updates (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) begun = sample_batch_of_one (sample_running (7, "/api/assets", 10, 0));
  g_autoptr (GPtrArray) later = sample_batch_of_one (sample_running (7, "/api/assets", 90, 0));

  add (fixture, 1, 3);
  pl_request_log_add (fixture->log, begun, 0);
  add (fixture, 10, 3);
  pl_request_log_add (fixture->log, later, 0);
  g_assert_cmpuint (fixture->n_updated, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/requests/tree-model/batches", Fixture, NULL, set_up, test_batches, tear_down);
  g_test_add ("/requests/tree-model/filter", Fixture, NULL, set_up, test_filter, tear_down);
  g_test_add ("/requests/tree-model/updates", Fixture, NULL, set_up, test_updates, tear_down);
  return g_test_run ();
}
