/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kept are the serials of what fits, ascending: what the log let go of is at their front, what is
 * new goes to their end, and an item that changed is found by halving. */

#include "app/model/request_filter.h"

#include "app/model/request_search.h"

enum
{
  ITEMS_UPDATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * PlRequestFilter:
 * @serials: of guint64; those before @first are of items that are gone
 * @device: (nullable)
 * @devices: (nullable): where the names are that users gave to devices
 * @search: (nullable): what @text asks for; %NULL where it is empty
 */
struct _PlRequestFilter
{
  GObject parent_instance;
  PlRequestLog *log;
  GArray *serials;
  guint first;

  PlRequestFlags flags;
  PlDeviceItem *device;
  PlDeviceList *devices;
  char *text;
  PlRequestSearch *search;
};

/* As a list */

static guint64
get_serial (PlRequestFilter *filter, guint position)
{
  return g_array_index (filter->serials, guint64, filter->first + position);
}

guint
pl_request_filter_get_n (PlRequestFilter *filter)
{
  return filter->serials->len - filter->first;
}

PlRequestItem *
pl_request_filter_get (PlRequestFilter *filter, guint position)
{
  guint64 first_serial = pl_request_log_get_serial (filter->log, 0);
  return pl_request_log_get (filter->log, (guint) (get_serial (filter, position) - first_serial));
}

static GType
get_item_type (GListModel *model)
{
  return PL_TYPE_REQUEST_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return pl_request_filter_get_n (PL_REQUEST_FILTER (model));
}

static gpointer
get_item (GListModel *model, guint position)
{
  PlRequestFilter *filter = PL_REQUEST_FILTER (model);

  return position < pl_request_filter_get_n (filter)
             ? g_object_ref (pl_request_filter_get (filter, position))
             : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PlRequestFilter,
                               pl_request_filter,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
tell (PlRequestFilter *filter, guint position, guint n_removed, guint n_added)
{
  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (filter), position, n_removed, n_added);
}

/* What fits */

gboolean
pl_request_filter_is_open (PlRequestFilter *filter)
{
  return filter->flags == 0 && filter->device == NULL && filter->search == NULL;
}

static const char *
get_given_name (PlRequestFilter *filter, PlRequestItem *item)
{
  return filter->devices != NULL
             ? pl_device_list_get_given_name (filter->devices, pl_request_item_get_client (item))
             : "";
}

char *
pl_request_filter_dup_who (PlRequestFilter *filter, PlRequestItem *item)
{
  const char *name = get_given_name (filter, item);
  const char *device = pl_request_item_get_device (item);

  if (*name != '\0')
    return g_strdup (name);
  return *device != '\0' ? g_strdup (device) : pl_request_item_dup_client (item);
}

static gboolean
fits (PlRequestFilter *filter, PlRequestItem *item)
{
  return (filter->flags == 0 || (pl_request_item_get_flags (item) & filter->flags) != 0)
         && (filter->device == NULL
             || pl_device_item_is_at (filter->device, pl_request_item_get_client (item)))
         && (filter->search == NULL
             || pl_request_search_fits (filter->search, item, get_given_name (filter, item)));
}

/* Returns: how many of @n items of the log, from @position on, fit */
static guint
append_fitting (PlRequestFilter *filter, guint position, guint n)
{
  guint n_before = filter->serials->len;

  for (guint i = position; i < position + n; i++)
    {
      guint64 serial = pl_request_log_get_serial (filter->log, i);
      if (fits (filter, pl_request_log_get (filter->log, i)))
        g_array_append_val (filter->serials, serial);
    }
  return filter->serials->len - n_before;
}

/* Returns: where @serial is, or would have to be put */
static guint
find_position (PlRequestFilter *filter, guint64 serial)
{
  guint from = 0, to = pl_request_filter_get_n (filter);

  while (from < to)
    {
      guint middle = from + (to - from) / 2;
      if (get_serial (filter, middle) < serial)
        from = middle + 1;
      else
        to = middle;
    }
  return from;
}

gboolean
pl_request_filter_find (PlRequestFilter *filter, PlRequestItem *item, guint *position)
{
  /* An item does not know its place; the log may hold it anywhere. */
  for (guint i = pl_request_filter_get_n (filter); i-- > 0;)
    if (pl_request_filter_get (filter, i) == item)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

/* What the log tells */

/* The front is given up only when it is the greater part, so that each serial is moved once at
 * most on average. */
static guint
forget_gone (PlRequestFilter *filter)
{
  guint64 first_serial = pl_request_log_get_serial (filter->log, 0);
  guint n_gone = find_position (filter, first_serial);

  filter->first += n_gone;
  if (filter->first > filter->serials->len / 2)
    {
      g_array_remove_range (filter->serials, 0, filter->first);
      filter->first = 0;
    }
  return n_gone;
}

static void
log_items_changed_cb (GListModel *model,
                      guint position,
                      guint n_removed,
                      guint n_added,
                      PlRequestFilter *filter)
{
  /* The log removes at its front and adds at its end. */
  tell (filter, 0, n_removed > 0 ? forget_gone (filter) : 0, 0);

  guint n_before = pl_request_filter_get_n (filter);
  tell (filter, n_before, 0, append_fitting (filter, position, n_added));
}

/* Returns: whether the item at @log_position is in the list, and was before */
static gboolean
review (PlRequestFilter *filter, guint log_position)
{
  guint64 serial = pl_request_log_get_serial (filter->log, log_position);
  guint position = find_position (filter, serial);
  gboolean was_in
      = position < pl_request_filter_get_n (filter) && get_serial (filter, position) == serial;
  gboolean is_in = fits (filter, pl_request_log_get (filter->log, log_position));

  if (is_in && !was_in)
    g_array_insert_val (filter->serials, filter->first + position, serial);
  else if (was_in && !is_in)
    g_array_remove_index (filter->serials, filter->first + position);
  if (is_in != was_in)
    tell (filter, position, was_in, is_in);
  return is_in && was_in;
}

/* Places are looked up when all are in theirs. */
static void
log_items_updated_cb (PlRequestLog *log, GArray *log_positions, PlRequestFilter *filter)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < log_positions->len; i++)
    {
      guint log_position = g_array_index (log_positions, guint, i);
      if (review (filter, log_position))
        g_array_append_val (positions, log_position);
    }
  for (guint i = 0; i < positions->len; i++)
    {
      guint *position = &g_array_index (positions, guint, i);
      *position = find_position (filter, pl_request_log_get_serial (log, *position));
    }
  if (positions->len > 0)
    g_signal_emit (filter, signals[ITEMS_UPDATED], 0, positions);
}

/* What one wishes to see */

static void
look_at_all (PlRequestFilter *filter)
{
  guint n_before = pl_request_filter_get_n (filter);

  g_array_set_size (filter->serials, 0);
  filter->first = 0;
  tell (filter, 0, n_before, append_fitting (filter, 0, pl_request_log_get_n (filter->log)));
}

void
pl_request_filter_set_flags (PlRequestFilter *filter, PlRequestFlags flags)
{
  if (filter->flags == flags)
    return;
  filter->flags = flags;
  look_at_all (filter);
}

PlRequestFlags
pl_request_filter_get_flags (PlRequestFilter *filter)
{
  return filter->flags;
}

void
pl_request_filter_set_device (PlRequestFilter *filter, PlDeviceItem *device)
{
  if (g_set_object (&filter->device, device))
    look_at_all (filter);
}

PlDeviceItem *
pl_request_filter_get_device (PlRequestFilter *filter)
{
  return filter->device;
}

static void
renamed_cb (PlRequestFilter *filter)
{
  if (filter->search != NULL)
    look_at_all (filter);
}

void
pl_request_filter_set_devices (PlRequestFilter *filter, PlDeviceList *devices)
{
  g_return_if_fail (filter->devices == NULL);

  filter->devices = g_object_ref (devices);
  g_signal_connect_object (devices, "renamed", G_CALLBACK (renamed_cb), filter, G_CONNECT_SWAPPED);
}

void
pl_request_filter_set_text (PlRequestFilter *filter, const char *text)
{
  if (g_str_equal (filter->text, text))
    return;
  g_free (filter->text);
  filter->text = g_strdup (text);
  g_clear_pointer (&filter->search, pl_request_search_free);
  filter->search = pl_request_search_new (text);
  look_at_all (filter);
}

static void
pl_request_filter_finalize (GObject *object)
{
  PlRequestFilter *filter = PL_REQUEST_FILTER (object);

  g_clear_object (&filter->log);
  g_clear_object (&filter->device);
  g_clear_object (&filter->devices);
  g_array_unref (filter->serials);
  g_free (filter->text);
  g_clear_pointer (&filter->search, pl_request_search_free);
  G_OBJECT_CLASS (pl_request_filter_parent_class)->finalize (object);
}

PlRequestFilter *
pl_request_filter_new (PlRequestLog *log)
{
  PlRequestFilter *filter = g_object_new (PL_TYPE_REQUEST_FILTER, NULL);

  filter->log = g_object_ref (log);
  g_signal_connect_object (log, "items-changed", G_CALLBACK (log_items_changed_cb), filter, 0);
  g_signal_connect_object (log, "items-updated", G_CALLBACK (log_items_updated_cb), filter, 0);
  append_fitting (filter, 0, pl_request_log_get_n (log));
  return filter;
}

static void
pl_request_filter_class_init (PlRequestFilterClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pl_request_filter_finalize;
  signals[ITEMS_UPDATED] = g_signal_new ("items-updated", PL_TYPE_REQUEST_FILTER, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
}

static void
pl_request_filter_init (PlRequestFilter *filter)
{
  filter->serials = g_array_new (FALSE, FALSE, sizeof (guint64));
  filter->text = g_strdup ("");
}
