/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list in a real window: where it is scrolled to, and which request is selected, while
 * requests come, are forgotten and are filtered. Without a display it is skipped. */

#include "gui/requests/list.h"
#include "tests/unit/model/sample.h"

#define KEEP 600

/* How long nothing must happen for the window to be at rest. */
#define REST_MS 150

typedef struct
{
  PlRequestLog *log;
  PlRequestFilter *filter;
  GtkWidget *window;
  PlRequestList *list;
  GtkTreeView *view;
  GtkButton *new_button;
  GtkAdjustment *adjustment;
  guint64 next_id;
} Fixture;

static void
find_cb (GtkWidget *widget, gpointer user_data)
{
  Fixture *fixture = user_data;

  if (GTK_IS_TREE_VIEW (widget))
    fixture->view = GTK_TREE_VIEW (widget);
  else if (gtk_widget_get_parent (widget) == GTK_WIDGET (fixture->list) && GTK_IS_BUTTON (widget))
    fixture->new_button = GTK_BUTTON (widget);
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), find_cb, fixture);
}

static gboolean
over_cb (gpointer user_data)
{
  gtk_main_quit ();
  return G_SOURCE_REMOVE;
}

static void
rest (void)
{
  g_timeout_add (REST_MS, over_cb, NULL);
  gtk_main ();
}

static void
add (Fixture *fixture, guint n)
{
  g_autoptr (GPtrArray) records = sample_batch (fixture->next_id, n);

  for (guint i = 0; i < n; i++)
    ((PlRecord *) records->pdata[i])->started_us += (gint64) (fixture->next_id + i);
  fixture->next_id += n;
  pl_request_log_add (fixture->log, records, 0);
  rest ();
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->next_id = 1;
  fixture->log = pl_request_log_new (KEEP);
  fixture->filter = pl_request_filter_new (fixture->log);
  fixture->window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  fixture->list = g_object_new (PL_TYPE_REQUEST_LIST, "visible", TRUE, NULL);
  pl_request_list_set_filter (fixture->list, fixture->filter);
  find_cb (GTK_WIDGET (fixture->list), fixture);
  fixture->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view));
  gtk_container_add (GTK_CONTAINER (fixture->window), GTK_WIDGET (fixture->list));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 400);
  gtk_widget_show (fixture->window);
  add (fixture, 300);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_widget_destroy (fixture->window);
  g_object_unref (fixture->filter);
  g_object_unref (fixture->log);
}

static gboolean
is_at_end (Fixture *fixture)
{
  return gtk_adjustment_get_value (fixture->adjustment)
         >= gtk_adjustment_get_upper (fixture->adjustment)
                - gtk_adjustment_get_page_size (fixture->adjustment) - 1;
}

/* The id of the uppermost request in sight; they were numbered in their order. */
static guint64
get_top (Fixture *fixture)
{
  g_autoptr (GtkTreePath) path = NULL;

  g_assert_true (gtk_tree_view_get_path_at_pos (fixture->view, 30, 0, &path, NULL, NULL, NULL));
  return pl_request_item_get_id (
      pl_request_filter_get (fixture->filter, (guint) gtk_tree_path_get_indices (path)[0]));
}

static void
scroll_up (Fixture *fixture, double pixels)
{
  gtk_adjustment_set_value (fixture->adjustment,
                            gtk_adjustment_get_value (fixture->adjustment) - pixels);
  rest ();
}

static void
test_follows (Fixture *fixture, gconstpointer data)
{
  g_assert_true (is_at_end (fixture));
  for (guint i = 0; i < 8; i++)
    {
      add (fixture, 100);
      g_assert_true (is_at_end (fixture));
      g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->new_button)));
    }
  g_assert_cmpuint (pl_request_filter_get_n (fixture->filter), ==, KEEP);
}

static void
test_stays (Fixture *fixture, gconstpointer data)
{
  scroll_up (fixture, 500);
  guint64 top = get_top (fixture);

  /* The last of these make the log forget. */
  for (guint i = 0; i < 5; i++)
    {
      add (fixture, 100);
      g_assert_cmpuint (get_top (fixture), ==, top);
      g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->new_button)));
    }
  gtk_button_clicked (fixture->new_button);
  rest ();
  g_assert_true (is_at_end (fixture));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->new_button)));
  add (fixture, 1);
  g_assert_true (is_at_end (fixture));
}

static void
test_follows_again_at_the_end (Fixture *fixture, gconstpointer data)
{
  scroll_up (fixture, 500);
  add (fixture, 10);
  scroll_up (fixture, -10000);
  add (fixture, 10);
  g_assert_true (is_at_end (fixture));
}

static void
test_keeps_place_when_filtered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) login
      = sample_batch_of_one (sample_record (5000, "GET", "/api/auth/login", ""));
  guint64 top;

  pl_request_log_add (fixture->log, login, 0);
  add (fixture, 200);
  scroll_up (fixture, 4000);
  top = get_top (fixture);
  pl_request_filter_set_text (fixture->filter, "page");
  rest ();
  g_assert_cmpuint (pl_request_filter_get_n (fixture->filter), ==, 500);
  g_assert_cmpuint (get_top (fixture), ==, top);
  pl_request_filter_set_text (fixture->filter, "");
  rest ();
  g_assert_cmpuint (get_top (fixture), ==, top);
}

static void
test_keeps_place_when_hidden (Fixture *fixture, gconstpointer data)
{
  scroll_up (fixture, 1000);
  guint64 top = get_top (fixture);

  gtk_widget_hide (GTK_WIDGET (fixture->list));
  rest ();
  g_assert_null (gtk_tree_view_get_model (fixture->view));
  add (fixture, 50);
  gtk_widget_show (GTK_WIDGET (fixture->list));
  rest ();
  g_assert_cmpuint (get_top (fixture), ==, top);
  scroll_up (fixture, -100000);
  gtk_widget_hide (GTK_WIDGET (fixture->list));
  add (fixture, 50);
  gtk_widget_show (GTK_WIDGET (fixture->list));
  rest ();
  g_assert_true (is_at_end (fixture));
}

/* What is left has room, so that its end is in sight; nobody has scrolled there. */
static void
test_keeps_place_when_little_is_found (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) login
      = sample_batch_of_one (sample_record (5000, "GET", "/api/auth/login", ""));

  pl_request_log_add (fixture->log, login, 0);
  add (fixture, 100);
  scroll_up (fixture, 1500);
  guint64 top = get_top (fixture);

  pl_request_filter_set_text (fixture->filter, "login");
  rest ();
  g_assert_cmpuint (pl_request_filter_get_n (fixture->filter), ==, 1);
  add (fixture, 10);
  pl_request_filter_set_text (fixture->filter, "");
  rest ();
  g_assert_cmpuint (get_top (fixture), ==, top);
  add (fixture, 10);
  g_assert_cmpuint (get_top (fixture), ==, top);
}

/* The page shows words in the list's place while there is nothing in it. */
static void
test_found_again_is_not_new (Fixture *fixture, gconstpointer data)
{
  scroll_up (fixture, 1000);
  guint64 top = get_top (fixture);

  pl_request_filter_set_text (fixture->filter, "nothing-like-it");
  gtk_widget_hide (GTK_WIDGET (fixture->list));
  rest ();
  pl_request_filter_set_text (fixture->filter, "");
  gtk_widget_show (GTK_WIDGET (fixture->list));
  rest ();
  g_assert_cmpuint (get_top (fixture), ==, top);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->new_button)));
}

static void
count_cb (gpointer object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

/* A view selects the neighbour of a row that goes; the user has not. */
static void
test_selected_stays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkTreePath) first = gtk_tree_path_new_first ();
  PlRequestItem *item = pl_request_filter_get (fixture->filter, 0);
  GtkTreeSelection *selection = gtk_tree_view_get_selection (fixture->view);
  guint n_notified = 0;

  g_signal_connect (fixture->list, "notify::selected", G_CALLBACK (count_cb), &n_notified);
  gtk_tree_view_set_cursor (fixture->view, first, NULL, FALSE);
  g_assert_true (pl_request_list_get_selected (fixture->list) == item);
  pl_request_filter_set_text (fixture->filter, "login");
  pl_request_filter_set_text (fixture->filter, "");
  rest ();
  g_assert_cmpint (gtk_tree_selection_count_selected_rows (selection), ==, 1);
  for (guint i = 0; i < 3; i++)
    add (fixture, 200);
  g_assert_cmpint (gtk_tree_selection_count_selected_rows (selection), ==, 0);
  g_assert_true (pl_request_list_get_selected (fixture->list) == item);
  pl_request_log_clear (fixture->log);
  rest ();
  g_assert_true (pl_request_list_get_selected (fixture->list) == item);
  g_assert_cmpuint (n_notified, ==, 1);
}

static void
select_row (Fixture *fixture, guint row)
{
  g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices ((int) row, -1);
  gtk_tree_view_set_cursor (fixture->view, path, NULL, FALSE);
}

/* Whatever the rows went through before: filtered anew, told one by one, out of sight, let go of
 * wholesale while out of sight. */
static void
test_the_user_is_heard_afterwards (Fixture *fixture, gconstpointer data)
{
  guint n_notified = 0;

  g_signal_connect (fixture->list, "notify::selected", G_CALLBACK (count_cb), &n_notified);
  select_row (fixture, 10);
  g_assert_cmpuint (n_notified, ==, 1);
  pl_request_filter_set_text (fixture->filter, "page");
  select_row (fixture, 20);
  g_assert_cmpuint (n_notified, ==, 2);
  add (fixture, 400);
  select_row (fixture, 30);
  g_assert_cmpuint (n_notified, ==, 3);

  PlRequestItem *item = pl_request_list_get_selected (fixture->list);
  gtk_widget_hide (GTK_WIDGET (fixture->list));
  pl_request_filter_set_text (fixture->filter, "");
  add (fixture, 10);
  g_assert_true (pl_request_list_get_selected (fixture->list) == item);
  gtk_widget_show (GTK_WIDGET (fixture->list));
  rest ();
  g_assert_cmpuint (n_notified, ==, 3);
  select_row (fixture, 40);
  g_assert_cmpuint (n_notified, ==, 4);
}

static gboolean
is_in_sight (Fixture *fixture, guint row)
{
  g_autoptr (GtkTreePath) first = NULL;
  g_autoptr (GtkTreePath) last = NULL;

  g_assert_true (gtk_tree_view_get_visible_range (fixture->view, &first, &last));
  return gtk_tree_path_get_indices (first)[0] <= (int) row
         && (int) row <= gtk_tree_path_get_indices (last)[0];
}

/* Room is taken from the list for the details of what is selected. */
static void
test_selected_is_kept_in_sight (Fixture *fixture, gconstpointer data)
{
  guint row = pl_request_filter_get_n (fixture->filter) - 8;
  g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices ((int) row, -1);

  g_assert_true (is_in_sight (fixture, row));
  gtk_tree_view_set_cursor (fixture->view, path, NULL, FALSE);
  pl_request_list_keep_in_sight (fixture->list);
  gtk_window_resize (GTK_WINDOW (fixture->window), 700, 200);
  rest ();
  g_assert_true (is_in_sight (fixture, row));
  add (fixture, 20);
  g_assert_true (is_in_sight (fixture, row));
}

/* The view has its rows anew, and has not been given its size yet: where it was still counts. */
static void
test_place_goes_before_sight (Fixture *fixture, gconstpointer data)
{
  select_row (fixture, 290);
  scroll_up (fixture, 3000);
  guint64 top = get_top (fixture);

  pl_request_filter_set_text (fixture->filter, "page");
  pl_request_list_keep_in_sight (fixture->list);
  rest ();
  g_assert_cmpuint (get_top (fixture), ==, top);
  pl_request_list_keep_in_sight (fixture->list);
  rest ();
  g_assert_true (is_in_sight (fixture, 290));
}

static void
add_test (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check (&argc, &argv))
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  add_test ("/requests/list/follows", test_follows);
  add_test ("/requests/list/stays", test_stays);
  add_test ("/requests/list/follows-again-at-the-end", test_follows_again_at_the_end);
  add_test ("/requests/list/keeps-place-when-filtered", test_keeps_place_when_filtered);
  add_test ("/requests/list/keeps-place-when-hidden", test_keeps_place_when_hidden);
  add_test ("/requests/list/keeps-place-when-little-is-found",
            test_keeps_place_when_little_is_found);
  add_test ("/requests/list/found-again-is-not-new", test_found_again_is_not_new);
  add_test ("/requests/list/selected-stays", test_selected_stays);
  add_test ("/requests/list/selected-is-kept-in-sight", test_selected_is_kept_in_sight);
  add_test ("/requests/list/the-user-is-heard-afterwards", test_the_user_is_heard_afterwards);
  add_test ("/requests/list/place-goes-before-sight", test_place_goes_before_sight);
  return g_test_run ();
}
