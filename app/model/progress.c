/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Only what runs is remembered; nearly all records are the only ones of their exchange. */

#include "app/model/progress.h"

typedef struct
{
  guint64 id;
  guint64 up_bytes;
  guint64 down_bytes;
} Known;

struct _PlProgress
{
  GHashTable *running; /* a set of Known, which it owns */
};

PlProgress *
pl_progress_new (void)
{
  PlProgress *progress = g_new (PlProgress, 1);

  progress->running = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  return progress;
}

void
pl_progress_free (PlProgress *progress)
{
  g_hash_table_unref (progress->running);
  g_free (progress);
}

static guint64
get_rise (guint64 before, guint64 now)
{
  return now > before ? now - before : 0;
}

static void
remember (PlProgress *progress, const PlRecord *record)
{
  Known *known = g_new (Known, 1);

  *known = (Known){ record->id, record->up_bytes, record->down_bytes };
  g_hash_table_replace (progress->running, &known->id, known);
}

PlProgressStep
pl_progress_add (PlProgress *progress, const PlRecord *record)
{
  const Known *known = g_hash_table_lookup (progress->running, &record->id);
  PlProgressStep step = {
    .is_first = known == NULL,
    .up_bytes = get_rise (known != NULL ? known->up_bytes : 0, record->up_bytes),
    .down_bytes = get_rise (known != NULL ? known->down_bytes : 0, record->down_bytes),
  };

  if (record->state == PL_RECORD_RUNNING)
    remember (progress, record);
  else if (known != NULL)
    g_hash_table_remove (progress->running, &record->id);
  return step;
}
