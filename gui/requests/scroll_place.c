/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The view's adjustment moves for two reasons: the user scrolls, or rows came and went and the view
 * keeps its uppermost row where it is. Only the first is a wish. They are told apart by counting
 * rows from the first there ever was: seen so, nothing moves in the second case.
 *
 * The adjustment is set when the view has been allocated its size: before that its upper bound is
 * that of before the change, after it a frame would be drawn at the wrong place. */

#include "gui/requests/scroll_place.h"

#define NOWHERE G_MAXUINT

struct _PlScrollPlace
{
  GObject parent_instance;

  GtkTreeView *view;
  PlRequestFilter *filter;
  gboolean follows;
  guint n_new;
  guint64 n_gone;           /* rows that were above the first one */
  double top;               /* the uppermost row in sight, counted from the first there ever was */
  PlRequestItem *top_item;  /* (nullable): what is there */
  PlRequestItem *left_item; /* (nullable): what was, before all there is had room */
  double hidden;            /* how much of it is out of sight, 0 to 1 */
  guint wanted_row;         /* to be uppermost, or NOWHERE */
  guint kept_row;           /* to be in sight, or NOWHERE */
};

enum
{
  PROP_N_NEW = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PlScrollPlace, pl_scroll_place, G_TYPE_OBJECT)

static GtkAdjustment *
get_adjustment (PlScrollPlace *place)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (place->view));
}

static double
get_row_height (PlScrollPlace *place)
{
  g_autoptr (GtkTreePath) first = gtk_tree_path_new_first ();
  GdkRectangle area;

  gtk_tree_view_get_background_area (place->view, first, NULL, &area);
  return MAX (area.height, 1);
}

static void
set_n_new (PlScrollPlace *place, guint n_new)
{
  if (place->n_new == n_new)
    return;
  place->n_new = n_new;
  g_object_notify_by_pspec (G_OBJECT (place), properties[PROP_N_NEW]);
}

static void
set_follows (PlScrollPlace *place, gboolean follows)
{
  place->follows = follows;
  if (follows)
    set_n_new (place, 0);
}

static void
note_top (PlScrollPlace *place, double row)
{
  gboolean exists = row < pl_request_filter_get_n (place->filter);
  PlRequestItem *item = exists ? pl_request_filter_get (place->filter, (guint) row) : NULL;

  place->top = (double) place->n_gone + row;
  place->hidden = row - (guint) row;
  g_set_object (&place->top_item, item);
}

/* Where all rows have room the end is in sight, and is followed; but nobody has scrolled there, as
 * is seen when another filter shows more. */
static void
note_room (PlScrollPlace *place, gboolean has_room)
{
  if (!has_room)
    g_clear_object (&place->left_item);
  else if (!place->follows && place->left_item == NULL)
    g_set_object (&place->left_item, place->top_item);
}

static void
value_changed_cb (PlScrollPlace *place)
{
  GtkAdjustment *adjustment = get_adjustment (place);
  double value = gtk_adjustment_get_value (adjustment);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  double row = value / get_row_height (place);

  if (gtk_tree_view_get_model (place->view) == NULL || place->wanted_row != NOWHERE)
    return;
  note_room (place, end < 1);
  if (value >= end - 1)
    set_follows (place, TRUE);
  else if ((double) place->n_gone + row < place->top - 0.1)
    set_follows (place, FALSE);
  note_top (place, row);
}

static void
items_changed_cb (PlScrollPlace *place, guint position, guint n_removed, guint n_added)
{
  gboolean is_at_end = position + n_added == pl_request_filter_get_n (place->filter);

  if (position == 0)
    place->n_gone += n_removed;
  /* At the beginning stands what another filter shows, and was there before. */
  if (!place->follows && is_at_end && position > 0)
    set_n_new (place, place->n_new + n_added);
}

static void
allocated_cb (PlScrollPlace *place)
{
  GtkAdjustment *adjustment = get_adjustment (place);
  double row_height = get_row_height (place);
  double upper = gtk_adjustment_get_upper (adjustment);
  guint row = place->wanted_row;

  /* Of a new model the view knows the height only later. */
  if (upper < pl_request_filter_get_n (place->filter) * row_height)
    return;
  place->wanted_row = NOWHERE;
  if (place->follows)
    gtk_adjustment_set_value (adjustment, upper);
  else if (row != NOWHERE)
    gtk_adjustment_set_value (adjustment, (row + place->hidden) * row_height);
  else if (place->kept_row != NOWHERE)
    gtk_adjustment_clamp_page (adjustment, place->kept_row * row_height,
                               (place->kept_row + 1) * row_height);
  place->kept_row = NOWHERE;
  value_changed_cb (place);
}

/* Requests stand nearly in the order of their beginning. */
static guint
find_place_of (PlScrollPlace *place, PlRequestItem *item)
{
  gint64 started_us = pl_request_item_get_started_us (item);
  guint n_rows = pl_request_filter_get_n (place->filter);
  guint row;

  if (pl_request_filter_find (place->filter, item, &row))
    return row;
  for (row = 0; row < n_rows; row++)
    if (pl_request_item_get_started_us (pl_request_filter_get (place->filter, row)) >= started_us)
      break;
  return row;
}

void
pl_scroll_place_restore (PlScrollPlace *place)
{
  guint row;

  g_return_if_fail (PL_IS_SCROLL_PLACE (place));

  if (place->left_item != NULL && pl_request_filter_find (place->filter, place->left_item, &row))
    {
      set_follows (place, FALSE);
      place->wanted_row = row;
    }
  else if (place->top_item != NULL)
    place->wanted_row = find_place_of (place, place->top_item);
  place->n_gone = 0;
  place->top = 0;
  gtk_widget_queue_resize (GTK_WIDGET (place->view));
}

void
pl_scroll_place_go_to_end (PlScrollPlace *place)
{
  g_return_if_fail (PL_IS_SCROLL_PLACE (place));

  set_follows (place, TRUE);
  gtk_widget_queue_resize (GTK_WIDGET (place->view));
}

void
pl_scroll_place_keep_in_sight (PlScrollPlace *place, guint row)
{
  g_return_if_fail (PL_IS_SCROLL_PLACE (place));

  set_follows (place, FALSE);
  place->kept_row = row;
  gtk_widget_queue_resize (GTK_WIDGET (place->view));
}

guint
pl_scroll_place_get_n_new (PlScrollPlace *place)
{
  g_return_val_if_fail (PL_IS_SCROLL_PLACE (place), 0);

  return place->n_new;
}

PlScrollPlace *
pl_scroll_place_new (GtkTreeView *view, PlRequestFilter *filter)
{
  PlScrollPlace *place = g_object_new (PL_TYPE_SCROLL_PLACE, NULL);

  place->view = view;
  place->filter = g_object_ref (filter);
  g_signal_connect_object (filter, "items-changed", G_CALLBACK (items_changed_cb), place,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "size-allocate", G_CALLBACK (allocated_cb), place,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (get_adjustment (place), "value-changed", G_CALLBACK (value_changed_cb),
                           place, G_CONNECT_SWAPPED);
  return place;
}

static void
pl_scroll_place_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_uint (value, PL_SCROLL_PLACE (object)->n_new);
}

static void
pl_scroll_place_finalize (GObject *object)
{
  PlScrollPlace *place = PL_SCROLL_PLACE (object);

  g_clear_object (&place->filter);
  g_clear_object (&place->top_item);
  g_clear_object (&place->left_item);
  G_OBJECT_CLASS (pl_scroll_place_parent_class)->finalize (object);
}

static void
pl_scroll_place_class_init (PlScrollPlaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = pl_scroll_place_get_property;
  object_class->finalize = pl_scroll_place_finalize;
  properties[PROP_N_NEW] = g_param_spec_uint ("n-new", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
pl_scroll_place_init (PlScrollPlace *place)
{
  place->follows = TRUE;
  place->wanted_row = NOWHERE;
  place->kept_row = NOWHERE;
}
