/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A queue for the order, a table to find by id: there may be thousands, and a record comes for
 * each of them again and again. */

#include "app/log/running.h"

/* Speed is measured over at least this long, or it would flicker; records come about once a second.
 */
#define SPEED_WINDOW_US (G_USEC_PER_SEC / 2)

/**
 * Entry:
 * @mark_us, @mark_bytes: duration and octets when the present measurement of speed began
 * @bytes_per_s: result of the last one; 0: none yet
 */
typedef struct
{
  GList link;
  guint64 id;
  PlRecord *latest;
  gint64 mark_us;
  guint64 mark_bytes;
  double bytes_per_s;
} Entry;

struct _PlRunning
{
  GQueue order;      /* of Entry.link */
  GHashTable *by_id; /* Entry.id → Entry, which it owns */
};

static void
entry_free (Entry *entry)
{
  pl_record_unref (entry->latest);
  g_free (entry);
}

PlRunning *
pl_running_new (void)
{
  PlRunning *running = g_new0 (PlRunning, 1);
  g_queue_init (&running->order);
  running->by_id
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) entry_free);
  return running;
}

void
pl_running_free (PlRunning *running)
{
  g_hash_table_unref (running->by_id);
  g_free (running);
}

static void
begin (PlRunning *running, PlRecord *record)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->link.data = entry;
  entry->id = record->id;
  entry->latest = pl_record_ref (record);
  entry->mark_us = record->duration_us;
  entry->mark_bytes = record->up_bytes + record->down_bytes;
  g_queue_push_tail_link (&running->order, &entry->link);
  g_hash_table_insert (running->by_id, &entry->id, entry);
}

static void
move_on (Entry *entry, PlRecord *record)
{
  guint64 bytes = record->up_bytes + record->down_bytes;
  gint64 elapsed_us = record->duration_us - entry->mark_us;

  pl_record_unref (entry->latest);
  entry->latest = pl_record_ref (record);
  if (elapsed_us < SPEED_WINDOW_US)
    return;
  entry->bytes_per_s = (double) (bytes - entry->mark_bytes) * G_USEC_PER_SEC / (double) elapsed_us;
  entry->mark_us = record->duration_us;
  entry->mark_bytes = bytes;
}

static void
end (PlRunning *running, Entry *entry)
{
  g_queue_unlink (&running->order, &entry->link);
  g_hash_table_remove (running->by_id, &entry->id);
}

void
pl_running_add (PlRunning *running, PlRecord *record)
{
  Entry *entry = g_hash_table_lookup (running->by_id, &record->id);
  gboolean counts = record->state == PL_RECORD_RUNNING && record->protocol != PL_PROTOCOL_TUNNEL;

  if (entry == NULL && counts)
    begin (running, record);
  else if (entry != NULL && counts)
    move_on (entry, record);
  else if (entry != NULL)
    end (running, entry);
}

void
pl_running_forget (PlRunning *running)
{
  g_queue_init (&running->order); /* the links are freed with the entries */
  g_hash_table_remove_all (running->by_id);
}

guint
pl_running_get_n (const PlRunning *running)
{
  return running->order.length;
}

void
pl_running_foreach (const PlRunning *running, guint n_most, PlRunningFunc func, gpointer user_data)
{
  const GList *link = running->order.head;

  for (guint i = 0; i < n_most && link != NULL; i++, link = link->next)
    {
      const Entry *entry = link->data;
      func (entry->latest, entry->bytes_per_s, user_data);
    }
}
