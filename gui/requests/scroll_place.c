/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The view's adjustment moves for two reasons: the user scrolls, or rows came and went and the view
 * keeps its uppermost row where it is. Only the first is a wish. They are told apart by counting
 * rows from the first there ever was: seen so, nothing moves in the second case.
 *
 * The adjustment is set when the view has been allocated its size: before that its upper bound is
 * that of before the change, after it a frame would be drawn at the wrong place. */

#include "gui/requests/scroll_place.h"

/**
 * Habit: what happens when requests come.
 * @HABIT_FOLLOW: the end is kept in sight
 * @HABIT_REST: what is in sight stays there; what comes below it is counted
 */
typedef enum
{
  HABIT_FOLLOW,
  HABIT_REST,
} Habit;

/**
 * Errand: what is to be done as soon as the view has been allocated its size.
 * @ERRAND_NONE: nothing but what the habit asks
 * @ERRAND_TOP: a row is to be uppermost. The view has a new model, and until then the adjustment
 *   tells nothing: what it says is no wish of the user
 * @ERRAND_SIGHT: a row is to be in sight; less urgent than %ERRAND_TOP, which it does not replace
 */
typedef enum
{
  ERRAND_NONE,
  ERRAND_TOP,
  ERRAND_SIGHT,
} Errand;

/**
 * PlScrollPlace:
 * @errand_row: which row @errand is about
 * @n_gone: rows that were above the first one
 * @top: the uppermost row in sight, counted from the first there ever was
 * @top_item: (nullable): the request in that row
 * @top_hidden: how much of that row is out of sight, 0 to 1
 * @left_item: (nullable): what @top_item was when a filter left so few rows that all have room;
 *   %NULL while there are more
 */
struct _PlScrollPlace
{
  GObject parent_instance;

  GtkTreeView *view;
  PlRequestFilter *filter;
  Habit habit;
  Errand errand;
  guint errand_row;
  guint n_new;
  guint64 n_gone;
  double top;
  PlRequestItem *top_item;
  double top_hidden;
  PlRequestItem *left_item;
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
set_habit (PlScrollPlace *place, Habit habit)
{
  place->habit = habit;
  if (habit == HABIT_FOLLOW)
    set_n_new (place, 0);
}

static void
set_errand (PlScrollPlace *place, Errand errand, guint row)
{
  place->errand = errand;
  place->errand_row = row;
}

static void
note_top (PlScrollPlace *place, double row)
{
  gboolean exists = row < pl_request_filter_get_n (place->filter);
  PlRequestItem *item = exists ? pl_request_filter_get (place->filter, (guint) row) : NULL;

  place->top = (double) place->n_gone + row;
  place->top_hidden = row - (guint) row;
  g_set_object (&place->top_item, item);
}

/* Where all rows have room the end is in sight, and is followed; but nobody has scrolled there, as
 * is seen when another filter shows more. */
static void
note_room (PlScrollPlace *place, gboolean has_room)
{
  if (!has_room)
    g_clear_object (&place->left_item);
  else if (place->habit == HABIT_REST && place->left_item == NULL)
    g_set_object (&place->left_item, place->top_item);
}

static void
value_changed_cb (PlScrollPlace *place)
{
  GtkAdjustment *adjustment = get_adjustment (place);
  double value = gtk_adjustment_get_value (adjustment);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  double row = value / get_row_height (place);

  if (gtk_tree_view_get_model (place->view) == NULL || place->errand == ERRAND_TOP)
    return;
  note_room (place, end < 1);
  if (value >= end - 1)
    set_habit (place, HABIT_FOLLOW);
  else if ((double) place->n_gone + row < place->top - 0.1)
    set_habit (place, HABIT_REST);
  note_top (place, row);
}

static void
items_changed_cb (PlScrollPlace *place, guint position, guint n_removed, guint n_added)
{
  gboolean is_at_end = position + n_added == pl_request_filter_get_n (place->filter);

  if (position == 0)
    place->n_gone += n_removed;
  /* At the beginning stands what another filter shows, and was there before. */
  if (place->habit == HABIT_REST && is_at_end && position > 0)
    set_n_new (place, place->n_new + n_added);
}

static void
run_errand (PlScrollPlace *place, GtkAdjustment *adjustment)
{
  double row_height = get_row_height (place);
  guint row = place->errand_row;

  switch (place->errand)
    {
    case ERRAND_NONE:
      break;
    case ERRAND_TOP:
      gtk_adjustment_set_value (adjustment, (row + place->top_hidden) * row_height);
      break;
    case ERRAND_SIGHT:
      gtk_adjustment_clamp_page (adjustment, row * row_height, (row + 1) * row_height);
      break;
    }
}

static void
allocated_cb (PlScrollPlace *place)
{
  GtkAdjustment *adjustment = get_adjustment (place);
  double upper = gtk_adjustment_get_upper (adjustment);

  /* Of a new model the view knows the height only later. */
  if (upper < pl_request_filter_get_n (place->filter) * get_row_height (place))
    return;
  if (place->habit == HABIT_FOLLOW)
    gtk_adjustment_set_value (adjustment, upper);
  else
    run_errand (place, adjustment);
  set_errand (place, ERRAND_NONE, 0);
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
      set_habit (place, HABIT_REST);
      set_errand (place, ERRAND_TOP, row);
    }
  else if (place->top_item != NULL)
    set_errand (place, ERRAND_TOP, find_place_of (place, place->top_item));
  place->n_gone = 0;
  place->top = 0;
  gtk_widget_queue_resize (GTK_WIDGET (place->view));
}

void
pl_scroll_place_go_to_end (PlScrollPlace *place)
{
  g_return_if_fail (PL_IS_SCROLL_PLACE (place));

  set_habit (place, HABIT_FOLLOW);
  gtk_widget_queue_resize (GTK_WIDGET (place->view));
}

void
pl_scroll_place_keep_in_sight (PlScrollPlace *place, guint row)
{
  g_return_if_fail (PL_IS_SCROLL_PLACE (place));

  set_habit (place, HABIT_REST);
  if (place->errand != ERRAND_TOP)
    set_errand (place, ERRAND_SIGHT, row);
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
}
