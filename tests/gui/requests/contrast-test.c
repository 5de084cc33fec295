/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a row of the list can be read, measured in the pixels it is drawn with: 4.5 to 1 (WCAG
 * 1.4.3), on a light and on a dark theme, selected or not. Without a display it is skipped. */

#include <math.h>

#include "gui/requests/list.h"
#include "tests/unit/model/sample.h"

#define LEAST_CONTRAST 4.5

/* How long nothing must happen for the window to be at rest. */
#define REST_MS 150

/* Letters with broad stems, so that some pixels have the text's very colour. */
#define PATH "/HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH"

/* Columns of the list, in their order. */
enum
{
  TIME,
  DEVICE,
  REQUEST,
  STATUS,
};

static const guint statuses[] = { 200, 304, 401, 503, 0 };

typedef struct
{
  PlRequestLog *log;
  PlRequestFilter *filter;
  GtkWidget *window;
  PlRequestList *list;
  GtkTreeView *view;
} Fixture;

static void
find_cb (GtkWidget *widget, gpointer user_data)
{
  Fixture *fixture = user_data;

  if (GTK_IS_TREE_VIEW (widget))
    fixture->view = GTK_TREE_VIEW (widget);
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
add_records (Fixture *fixture)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_record_unref);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      PlRecord *record = sample_record (i + 1, "GET", PATH, "");
      record->status = (guint16) statuses[i];
      record->state = statuses[i] == 0 ? PL_RECORD_RUNNING : PL_RECORD_FINISHED;
      record->down_bytes = 62;
      record->down_total_bytes = statuses[i] == 0 ? 100 : 62;
      g_ptr_array_add (records, record);
    }
  pl_request_log_add (fixture->log, records, 0);
}

static void
set_up (Fixture *fixture, gconstpointer is_dark)
{
  g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme",
                GPOINTER_TO_INT (is_dark), NULL);
  fixture->log = pl_request_log_new (10);
  fixture->filter = pl_request_filter_new (fixture->log);
  fixture->window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  fixture->list = g_object_new (PL_TYPE_REQUEST_LIST, "visible", TRUE, NULL);
  pl_request_list_set_filter (fixture->list, fixture->filter);
  find_cb (GTK_WIDGET (fixture->list), fixture);
  gtk_container_add (GTK_CONTAINER (fixture->window), GTK_WIDGET (fixture->list));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 300);
  gtk_widget_show (fixture->window);
  add_records (fixture);
  rest ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_widget_destroy (fixture->window);
  g_object_unref (fixture->filter);
  g_object_unref (fixture->log);
}

/* Pixels */

static double
get_light (guint octet)
{
  double part = octet / 255.0;
  return part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

static double
get_luminance (guint32 pixel)
{
  return 0.2126 * get_light (pixel >> 16 & 0xff) + 0.7152 * get_light (pixel >> 8 & 0xff)
         + 0.0722 * get_light (pixel & 0xff);
}

static double
get_contrast (guint32 a, guint32 b)
{
  double light = get_luminance (a), dark = get_luminance (b);
  return (MAX (light, dark) + 0.05) / (MIN (light, dark) + 0.05);
}

static guint32
get_pixel (cairo_surface_t *picture, int x, int y)
{
  const guchar *row = cairo_image_surface_get_data (picture)
                      + (gsize) y * (gsize) cairo_image_surface_get_stride (picture);
  return ((const guint32 *) (const void *) row)[x] & 0xffffff;
}

/* The commonest is the ground. */
static guint32
get_ground (cairo_surface_t *picture, const GdkRectangle *area)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint32 ground = 0;
  guint most = 0;

  for (int y = area->y; y < area->y + area->height; y++)
    for (int x = area->x; x < area->x + area->width; x++)
      {
        gpointer key = GUINT_TO_POINTER (get_pixel (picture, x, y));
        guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1;

        g_hash_table_insert (counts, key, GUINT_TO_POINTER (n));
        if (n > most)
          ground = GPOINTER_TO_UINT (key);
        most = MAX (most, n);
      }
  return ground;
}

static double
measure (cairo_surface_t *picture, const GdkRectangle *area)
{
  guint32 ground = get_ground (picture, area);
  double best = 1;

  for (int y = area->y; y < area->y + area->height; y++)
    for (int x = area->x; x < area->x + area->width; x++)
      best = MAX (best, get_contrast (ground, get_pixel (picture, x, y)));
  return best;
}

static cairo_surface_t *
draw (Fixture *fixture)
{
  cairo_surface_t *picture = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, gtk_widget_get_allocated_width (fixture->window),
      gtk_widget_get_allocated_height (fixture->window));
  cairo_t *cr = cairo_create (picture);

  gtk_widget_draw (fixture->window, cr);
  cairo_destroy (cr);
  cairo_surface_flush (picture);
  return picture;
}

/* In the window; of a request, the part behind the words for it. */
static GdkRectangle
get_area (Fixture *fixture, guint row, guint column)
{
  g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices ((int) row, -1);
  GdkRectangle area;
  int x, y;

  gtk_tree_view_get_cell_area (fixture->view, path,
                               gtk_tree_view_get_column (fixture->view, (int) column), &area);
  gtk_tree_view_convert_bin_window_to_widget_coords (fixture->view, area.x, area.y, &x, &y);
  gtk_widget_translate_coordinates (GTK_WIDGET (fixture->view), fixture->window, x, y, &area.x,
                                    &area.y);
  if (column == REQUEST)
    area.x += area.width / 2;
  if (column == REQUEST)
    area.width -= area.width / 2;
  /* Within the corners of a chip. */
  return (GdkRectangle){ area.x + 10, area.y + 3, area.width - 20, area.height - 6 };
}

static void
expect_readable (Fixture *fixture, guint row)
{
  static const guint columns[] = { TIME, DEVICE, REQUEST, STATUS };
  cairo_surface_t *picture = draw (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GdkRectangle area = get_area (fixture, row, columns[i]);
      double contrast = measure (picture, &area);

      g_test_message ("row %u column %u: %.1f", row, columns[i], contrast);
      g_assert_cmpfloat (contrast, >=, LEAST_CONTRAST);
    }
  cairo_surface_destroy (picture);
}

static void
test_rows_can_be_read (Fixture *fixture, gconstpointer data)
{
  for (guint row = 0; row < G_N_ELEMENTS (statuses); row++)
    {
      g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices ((int) row, -1);

      gtk_tree_selection_unselect_all (gtk_tree_view_get_selection (fixture->view));
      rest ();
      expect_readable (fixture, row);
      gtk_tree_view_set_cursor (fixture->view, path, NULL, FALSE);
      gtk_widget_grab_focus (GTK_WIDGET (fixture->view));
      rest ();
      expect_readable (fixture, row);
    }
}

/* Else the user does not see which it is. */
static void
test_selection_is_seen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkTreePath) path = gtk_tree_path_new_first ();

  gtk_tree_view_set_cursor (fixture->view, path, NULL, FALSE);
  rest ();
  cairo_surface_t *picture = draw (fixture);
  GdkRectangle selected = get_area (fixture, 0, REQUEST), other = get_area (fixture, 1, REQUEST);
  g_assert_cmpuint (get_ground (picture, &selected), !=, get_ground (picture, &other));
  cairo_surface_destroy (picture);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/app/porchlight/style.css");
  gtk_style_context_add_provider_for_screen (gdk_screen_get_default (),
                                             GTK_STYLE_PROVIDER (provider),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
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
  load_style ();
  g_test_add ("/requests/contrast/light", Fixture, GINT_TO_POINTER (FALSE), set_up,
              test_rows_can_be_read, tear_down);
  g_test_add ("/requests/contrast/dark", Fixture, GINT_TO_POINTER (TRUE), set_up,
              test_rows_can_be_read, tear_down);
  g_test_add ("/requests/contrast/selection-light", Fixture, GINT_TO_POINTER (FALSE), set_up,
              test_selection_is_seen, tear_down);
  g_test_add ("/requests/contrast/selection-dark", Fixture, GINT_TO_POINTER (TRUE), set_up,
              test_selection_is_seen, tear_down);
  return g_test_run ();
}
