/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An exchange that runs is found by its id. It may have lost its place by the time it ends (it had
 * to make room, or the log was cleared); then it is put at the end, as a new one. */

#include "app/model/request_log.h"

#include "app/model/cleared_items.h"
#include "app/model/item_ring.h"
#include "app/model/kept_heads.h"
#include "app/model/running_items.h"

enum
{
  PROP_KEEP = 1,
  PROP_PAUSED,
  PROP_N_WAITING,
  PROP_N_FORGOTTEN,
  PROP_N_LOST,
  N_PROPERTIES
};

enum
{
  ITEMS_UPDATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

/* How many wait, were forgotten and lost. */
typedef struct
{
  guint n_waiting;
  guint64 n_forgotten;
  guint64 n_lost;
} Numbers;

/**
 * PlRequestLog:
 * @fresh: items that are still to be put into the ring
 * @cleared: (nullable): what the last clearing took away, until it is let go of
 * @updated: serials of items that changed in this batch
 */
struct _PlRequestLog
{
  GObject parent_instance;

  PlItemRing ring;
  GPtrArray *fresh;
  PlRunningItems *running;
  PlKeptHeads *heads;
  GArray *updated;
  PlClearedItems *cleared;

  gboolean is_paused;
  guint64 n_forgotten;
  guint64 n_lost;
};

/* As a list */

static GType
get_item_type (GListModel *model)
{
  return PL_TYPE_REQUEST_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return PL_REQUEST_LOG (model)->ring.n;
}

static gpointer
get_item (GListModel *model, guint position)
{
  PlRequestLog *log = PL_REQUEST_LOG (model);
  return position < log->ring.n ? g_object_ref (pl_request_log_get (log, position)) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PlRequestLog,
                               pl_request_log,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

PlRequestItem *
pl_request_log_get (PlRequestLog *log, guint position)
{
  return pl_item_ring_get (&log->ring, position);
}

guint
pl_request_log_get_n (PlRequestLog *log)
{
  return log->ring.n;
}

guint64
pl_request_log_get_serial (PlRequestLog *log, guint position)
{
  return log->ring.first_serial + position;
}

/* Places */

static void
drop_fresh (PlRequestLog *log, guint n_dropped)
{
  for (guint i = 0; i < n_dropped; i++)
    pl_running_items_set_serial (log->running, log->fresh->pdata[i], PL_SERIAL_NONE);
  g_ptr_array_remove_range (log->fresh, 0, n_dropped);
}

/* Of fresh items, too, not more than are kept. */
static void
trim_fresh (PlRequestLog *log)
{
  guint n_over = MAX (log->fresh->len, log->ring.capacity) - log->ring.capacity;

  drop_fresh (log, n_over);
  log->n_forgotten += n_over;
}

static void
make_room (PlRequestLog *log, guint n_wanted)
{
  guint n_over = MAX (log->ring.n + n_wanted, log->ring.capacity) - log->ring.capacity;

  if (n_over == 0)
    return;
  pl_item_ring_drop (&log->ring, n_over);
  log->n_forgotten += n_over;
  g_list_model_items_changed (G_LIST_MODEL (log), 0, n_over, 0);
}

static void
place_fresh (PlRequestLog *log)
{
  guint n_fresh = log->fresh->len, n_before;

  if (n_fresh == 0)
    return;
  make_room (log, n_fresh);
  n_before = log->ring.n;
  for (guint i = 0; i < n_fresh; i++)
    {
      PlRequestItem *item = log->fresh->pdata[i];
      pl_running_items_set_serial (log->running, item, pl_item_ring_add (&log->ring, item));
    }
  g_ptr_array_set_size (log->fresh, 0);
  g_list_model_items_changed (G_LIST_MODEL (log), n_before, 0, n_fresh);
}

/* Records */

static void
note_updated (PlRequestLog *log, const PlRunningItem *running)
{
  if (running->serial != PL_SERIAL_WAITING && running->serial >= log->ring.first_serial)
    g_array_append_val (log->updated, running->serial);
}

static void
update (PlRequestLog *log, PlRunningItem *running, PlRecord *record)
{
  pl_request_item_update (running->item, record);
  note_updated (log, running);
  if (record->state == PL_RECORD_RUNNING)
    return;
  if (running->serial < log->ring.first_serial)
    g_ptr_array_add (log->fresh, g_object_ref (running->item));
  pl_kept_heads_note (log->heads, running->item);
  pl_running_items_remove (log->running, running);
}

static void
take (PlRequestLog *log, PlRecord *record)
{
  PlRunningItem *running = pl_running_items_find (log->running, record->id);

  if (running != NULL)
    {
      update (log, running, record);
      return;
    }
  PlRequestItem *item = pl_request_item_new (record);
  g_ptr_array_add (log->fresh, item);
  if (record->state == PL_RECORD_RUNNING)
    pl_running_items_add (log->running, item);
  else
    pl_kept_heads_note (log->heads, item);
}

static gint
compare_serials (gconstpointer a, gconstpointer b)
{
  guint64 serial_a = *(const guint64 *) a, serial_b = *(const guint64 *) b;
  return (serial_a > serial_b) - (serial_a < serial_b);
}

static void
tell_updated (PlRequestLog *log)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint));
  guint64 last = PL_SERIAL_WAITING;

  g_array_sort (log->updated, compare_serials);
  for (guint i = 0; i < log->updated->len; i++)
    {
      guint64 serial = g_array_index (log->updated, guint64, i);
      guint position = (guint) (serial - log->ring.first_serial);

      if (serial >= log->ring.first_serial && serial != last)
        g_array_append_val (positions, position);
      last = serial;
    }
  g_array_set_size (log->updated, 0);
  if (positions->len > 0)
    g_signal_emit (log, signals[ITEMS_UPDATED], 0, positions);
}

/* Taken before a change, to see what is to be notified. */
static Numbers
get_numbers (PlRequestLog *log)
{
  return (Numbers){ pl_request_log_get_n_waiting (log), log->n_forgotten, log->n_lost };
}

static void
notify_numbers (PlRequestLog *log, const Numbers *before)
{
  GObject *object = G_OBJECT (log);

  if (before->n_waiting != pl_request_log_get_n_waiting (log))
    g_object_notify_by_pspec (object, properties[PROP_N_WAITING]);
  if (before->n_forgotten != log->n_forgotten)
    g_object_notify_by_pspec (object, properties[PROP_N_FORGOTTEN]);
  if (before->n_lost != log->n_lost)
    g_object_notify_by_pspec (object, properties[PROP_N_LOST]);
}

static void
end_batch (PlRequestLog *log, const Numbers *before)
{
  trim_fresh (log);
  if (!log->is_paused)
    place_fresh (log);
  tell_updated (log);
  notify_numbers (log, before);
}

/* Endings may be among those lost. What still runs says so when it moves; what has no place any
 * more is not waited for, or those that ended unseen would gather. */
static gboolean
lose_sight (const PlRunningItem *running, gpointer user_data)
{
  PlRequestLog *log = user_data;

  pl_request_item_lose_sight (running->item);
  note_updated (log, running);
  return running->serial >= log->ring.first_serial;
}

void
pl_request_log_add (PlRequestLog *log, GPtrArray *records, guint64 n_lost)
{
  Numbers before = get_numbers (log);

  if (n_lost > 0)
    pl_running_items_filter (log->running, lose_sight, log);
  log->n_lost += n_lost;
  for (guint i = 0; i < records->len; i++)
    take (log, records->pdata[i]);
  end_batch (log, &before);
}

/* Clearing, and taking that back */

/* Takes all items out, those in the list first, then those that wait. */
static GPtrArray *
take_out (PlRequestLog *log)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_items = log->ring.n;

  for (guint i = 0; i < n_items; i++)
    g_ptr_array_add (items, g_object_ref (pl_item_ring_get (&log->ring, i)));
  for (guint i = 0; i < log->fresh->len; i++)
    g_ptr_array_add (items, g_object_ref (log->fresh->pdata[i]));
  pl_item_ring_drop (&log->ring, n_items);
  drop_fresh (log, log->fresh->len);
  if (n_items > 0)
    g_list_model_items_changed (G_LIST_MODEL (log), 0, n_items, 0);
  return items;
}

void
pl_request_log_clear (PlRequestLog *log)
{
  Numbers before = get_numbers (log);

  pl_request_log_let_go (log);
  log->cleared = pl_cleared_items_new (take_out (log), log->n_forgotten, log->n_lost);
  log->n_forgotten = 0;
  log->n_lost = 0;
  notify_numbers (log, &before);
}

void
pl_request_log_let_go (PlRequestLog *log)
{
  g_clear_pointer (&log->cleared, pl_cleared_items_free);
}

void
pl_request_log_restore (PlRequestLog *log)
{
  Numbers before = get_numbers (log);

  if (log->cleared == NULL)
    return;
  g_autoptr (GPtrArray) since = take_out (log);
  pl_cleared_items_put_back (log->cleared, since, log->fresh);
  log->n_forgotten += log->cleared->n_forgotten;
  log->n_lost += log->cleared->n_lost;
  pl_request_log_let_go (log);
  trim_fresh (log);
  place_fresh (log);
  notify_numbers (log, &before);
}

/* Properties */

void
pl_request_log_set_paused (PlRequestLog *log, gboolean paused)
{
  Numbers before = get_numbers (log);

  if (log->is_paused == paused)
    return;
  log->is_paused = paused;
  g_object_notify_by_pspec (G_OBJECT (log), properties[PROP_PAUSED]);
  end_batch (log, &before);
}

gboolean
pl_request_log_get_paused (PlRequestLog *log)
{
  return log->is_paused;
}

void
pl_request_log_set_keep (PlRequestLog *log, guint keep)
{
  Numbers before = get_numbers (log);
  guint n_over = MAX (log->ring.n, keep) - keep;

  g_return_if_fail (keep > 0);
  if (log->ring.capacity == keep)
    return;
  pl_item_ring_drop (&log->ring, n_over);
  pl_item_ring_resize (&log->ring, keep);
  log->n_forgotten += n_over;
  if (n_over > 0)
    g_list_model_items_changed (G_LIST_MODEL (log), 0, n_over, 0);
  trim_fresh (log);
  notify_numbers (log, &before);
  g_object_notify_by_pspec (G_OBJECT (log), properties[PROP_KEEP]);
}

guint
pl_request_log_get_n_waiting (PlRequestLog *log)
{
  return log->fresh->len;
}

guint64
pl_request_log_get_n_forgotten (PlRequestLog *log)
{
  return log->n_forgotten;
}

guint64
pl_request_log_get_n_lost (PlRequestLog *log)
{
  return log->n_lost;
}

static void
pl_request_log_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlRequestLog *log = PL_REQUEST_LOG (object);

  switch (id)
    {
    case PROP_KEEP:
      g_value_set_uint (value, log->ring.capacity);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, log->is_paused);
      break;
    case PROP_N_WAITING:
      g_value_set_uint (value, pl_request_log_get_n_waiting (log));
      break;
    case PROP_N_FORGOTTEN:
      g_value_set_uint64 (value, log->n_forgotten);
      break;
    case PROP_N_LOST:
      g_value_set_uint64 (value, log->n_lost);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
pl_request_log_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PlRequestLog *log = PL_REQUEST_LOG (object);

  if (id == PROP_KEEP)
    pl_request_log_set_keep (log, g_value_get_uint (value));
  else if (id == PROP_PAUSED)
    pl_request_log_set_paused (log, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
pl_request_log_finalize (GObject *object)
{
  PlRequestLog *log = PL_REQUEST_LOG (object);

  pl_item_ring_clear (&log->ring);
  g_ptr_array_unref (log->fresh);
  pl_running_items_free (log->running);
  g_array_unref (log->updated);
  pl_request_log_let_go (log);
  pl_kept_heads_free (log->heads);
  G_OBJECT_CLASS (pl_request_log_parent_class)->finalize (object);
}

PlRequestLog *
pl_request_log_new (guint keep)
{
  return g_object_new (PL_TYPE_REQUEST_LOG, "keep", keep, NULL);
}

static void
install_properties (GObjectClass *class)
{
  GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags write = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_KEEP]
      = g_param_spec_uint ("keep", NULL, NULL, 1, G_MAXINT, 1, write | G_PARAM_CONSTRUCT);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, write);
  properties[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, read);
  properties[PROP_N_FORGOTTEN]
      = g_param_spec_uint64 ("n-forgotten", NULL, NULL, 0, G_MAXUINT64, 0, read);
  properties[PROP_N_LOST] = g_param_spec_uint64 ("n-lost", NULL, NULL, 0, G_MAXUINT64, 0, read);
  g_object_class_install_properties (class, N_PROPERTIES, properties);
}

static void
pl_request_log_class_init (PlRequestLogClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = pl_request_log_get_property;
  object_class->set_property = pl_request_log_set_property;
  object_class->finalize = pl_request_log_finalize;
  install_properties (object_class);
  signals[ITEMS_UPDATED] = g_signal_new ("items-updated", PL_TYPE_REQUEST_LOG, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
}

static void
pl_request_log_init (PlRequestLog *log)
{
  pl_item_ring_init (&log->ring, 1);
  log->fresh = g_ptr_array_new_with_free_func (g_object_unref);
  log->running = pl_running_items_new ();
  log->heads = pl_kept_heads_new ();
  log->updated = g_array_new (FALSE, FALSE, sizeof (guint64));
}
