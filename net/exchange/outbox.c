/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/exchange/outbox.h"

/* Thirty times a second is as often as a window draws. Under a flood no less often: what is put in
 * waits for the next of these moments, not for so long from when it came. */
#define INTERVAL_US (G_USEC_PER_SEC / 30)

/* What is kept for a reader that does not keep up: 240,000 records a second. */
#define MAX_RECORDS 8192

struct _PlOutbox
{
  PlRecordsFunc func;
  gpointer user_data;
  GSource *source;
  PlTurnedAwayFunc on_turned_away;
  gpointer on_turned_away_data;
  gint wants_heads; /* atomic */

  GMutex mutex; /* guards what follows */
  PlRecord **ring;
  guint first;
  guint n_records;
  guint64 n_dropped;
  PlTurnedAwayList turned_away;
};

static void
deliver_turned_away (PlOutbox *outbox)
{
  PlTurnedAwayList batch;

  g_mutex_lock (&outbox->mutex);
  batch = outbox->turned_away;
  outbox->turned_away = (PlTurnedAwayList){ 0 };
  g_mutex_unlock (&outbox->mutex);

  if (batch.n_places > 0 && outbox->on_turned_away != NULL)
    outbox->on_turned_away (&batch, outbox->on_turned_away_data);
}

static void
deliver_records (PlOutbox *outbox)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_record_unref);
  guint64 n_dropped;

  g_mutex_lock (&outbox->mutex);
  for (; outbox->n_records > 0; outbox->n_records--)
    {
      g_ptr_array_add (records, outbox->ring[outbox->first]);
      outbox->first = (outbox->first + 1) % MAX_RECORDS;
    }
  n_dropped = outbox->n_dropped;
  outbox->n_dropped = 0;
  g_mutex_unlock (&outbox->mutex);

  if (records->len > 0)
    outbox->func (records, n_dropped, outbox->user_data);
}

static void
deliver (PlOutbox *outbox)
{
  deliver_records (outbox);
  deliver_turned_away (outbox);
}

static gboolean
outbox_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_source_set_ready_time (source, -1);
  callback (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
deliver_cb (gpointer user_data)
{
  deliver (user_data);
  return G_SOURCE_CONTINUE;
}

PlOutbox *
pl_outbox_new (PlRecordsFunc func, gpointer user_data)
{
  static GSourceFuncs funcs = { .dispatch = outbox_dispatch };
  PlOutbox *outbox = g_new0 (PlOutbox, 1);

  outbox->func = func;
  outbox->user_data = user_data;
  outbox->ring = g_new (PlRecord *, MAX_RECORDS);
  g_mutex_init (&outbox->mutex);
  outbox->source = g_source_new (&funcs, sizeof (GSource));
  g_source_set_static_name (outbox->source, "porchlight records");
  g_source_set_callback (outbox->source, deliver_cb, outbox, NULL);
  g_source_attach (outbox->source, g_main_context_get_thread_default ());
  return outbox;
}

void
pl_outbox_free (PlOutbox *outbox)
{
  deliver (outbox);
  g_source_destroy (outbox->source);
  g_source_unref (outbox->source);
  g_mutex_clear (&outbox->mutex);
  g_free (outbox->ring);
  g_free (outbox);
}

void
pl_outbox_set_wants_heads (PlOutbox *outbox, gboolean wants_heads)
{
  g_atomic_int_set (&outbox->wants_heads, wants_heads);
}

gboolean
pl_outbox_wants_heads (PlOutbox *outbox)
{
  return g_atomic_int_get (&outbox->wants_heads);
}

static gint64
get_next_moment (void)
{
  gint64 now_us = g_get_monotonic_time ();
  return now_us - now_us % INTERVAL_US + INTERVAL_US;
}

void
pl_outbox_set_turned_away_func (PlOutbox *outbox, PlTurnedAwayFunc func, gpointer user_data)
{
  outbox->on_turned_away = func;
  outbox->on_turned_away_data = user_data;
}

void
pl_outbox_turn_away (PlOutbox *outbox, const PlAddress *address, gint64 when_us)
{
  gboolean was_empty;

  g_mutex_lock (&outbox->mutex);
  was_empty = outbox->turned_away.n_places == 0;
  pl_turned_away_add (&outbox->turned_away, address, 1, when_us);
  g_mutex_unlock (&outbox->mutex);

  if (was_empty)
    g_source_set_ready_time (outbox->source, get_next_moment ());
}

void
pl_outbox_drop (PlOutbox *outbox)
{
  g_mutex_lock (&outbox->mutex);
  outbox->n_dropped++;
  g_mutex_unlock (&outbox->mutex);
}

void
pl_outbox_put (PlOutbox *outbox, PlRecord *record)
{
  PlRecord *dropped = NULL;
  gboolean was_empty;

  g_mutex_lock (&outbox->mutex);
  was_empty = outbox->n_records == 0;
  if (outbox->n_records == MAX_RECORDS)
    {
      dropped = outbox->ring[outbox->first];
      outbox->first = (outbox->first + 1) % MAX_RECORDS;
      outbox->n_records--;
      outbox->n_dropped += dropped->state == PL_RECORD_FINISHED;
    }
  outbox->ring[(outbox->first + outbox->n_records++) % MAX_RECORDS] = record;
  g_mutex_unlock (&outbox->mutex);

  if (was_empty)
    g_source_set_ready_time (outbox->source, get_next_moment ());
  if (dropped != NULL)
    pl_record_unref (dropped);
}
