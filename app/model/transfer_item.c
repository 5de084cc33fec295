/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A request seen as an amount that grows. */

#include "app/model/transfer_item.h"

#include <string.h>

#include "app/i18n.h"
#include "app/model/words.h"

/* Speed is measured over at least this long, or it would flicker; records come about once a second.
 */
#define SPEED_WINDOW_US (G_USEC_PER_SEC / 2)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * PlTransferItem:
 * @mark_us, @mark_bytes: duration and octets when the present measurement of speed began
 * @bytes_per_s: result of the last one; 0: none yet
 */
struct _PlTransferItem
{
  GObject parent_instance;
  PlRequestItem *request;
  gint64 mark_us;
  guint64 mark_bytes;
  double bytes_per_s;
};

G_DEFINE_FINAL_TYPE (PlTransferItem, pl_transfer_item, G_TYPE_OBJECT)

static const PlRecord *
get_record (PlTransferItem *item)
{
  return pl_request_item_get_record (item->request);
}

static PlWordsProgress
get_progress (PlTransferItem *item)
{
  return pl_words_get_progress (get_record (item));
}

static void
set_mark (PlTransferItem *item)
{
  item->mark_us = get_record (item)->duration_us;
  item->mark_bytes = get_progress (item).bytes;
}

void
pl_transfer_item_update (PlTransferItem *item, PlRecord *record)
{
  pl_request_item_update (item->request, record);

  gint64 elapsed_us = record->duration_us - item->mark_us;
  guint64 bytes = get_progress (item).bytes;
  if (elapsed_us >= SPEED_WINDOW_US)
    {
      guint64 moved = MAX (bytes, item->mark_bytes) - item->mark_bytes;
      item->bytes_per_s = (double) moved * G_USEC_PER_SEC / (double) elapsed_us;
      set_mark (item);
    }
  g_signal_emit (item, signals[CHANGED], 0);
}

gboolean
pl_transfer_item_is_upload (PlTransferItem *item)
{
  return get_progress (item).is_upload;
}

const char *
pl_transfer_item_get_device (PlTransferItem *item)
{
  return pl_request_item_get_device (item->request);
}

const PlAddress *
pl_transfer_item_get_client (PlTransferItem *item)
{
  return pl_request_item_get_client (item->request);
}

char *
pl_transfer_item_dup_client (PlTransferItem *item)
{
  return pl_request_item_dup_client (item->request);
}

char *
pl_transfer_item_dup_title (PlTransferItem *item)
{
  const char *words = pl_request_item_get_path_words (item->request);

  if (pl_request_item_get_flags (item->request) & PL_REQUEST_UPLOAD)
    return g_strdup (_ ("uploading a photo or video"));
  if (*words == '\0')
    return g_strdup (pl_transfer_item_is_upload (item) ? _ ("sending") : _ ("fetching"));
  /* Translators: what a device sends or fetches: "fetching: video", "sending: search" */
  return g_strdup_printf (
      pl_transfer_item_is_upload (item) ? _ ("sending: %s") : _ ("fetching: %s"), words);
}

double
pl_transfer_item_get_fraction (PlTransferItem *item)
{
  return pl_words_get_fraction (get_record (item));
}

/* "340 of 512 MB" where both have the same unit, "980 kB of 1.2 MB" where not */
static char *
dup_of (const char *done, const char *total)
{
  const char *unit = strrchr (done, ' '), *total_unit = strrchr (total, ' ');
  gboolean is_same = unit != NULL && total_unit != NULL && strcmp (unit, total_unit) == 0;
  g_autofree char *amount = is_same ? g_strndup (done, (gsize) (unit - done)) : g_strdup (done);

  /* Translators: how much of how much: "340 of 512 MB" */
  return g_strdup_printf (_ ("%s of %s"), amount, total);
}

char *
pl_transfer_item_dup_progress (PlTransferItem *item)
{
  PlWordsProgress progress = get_progress (item);
  g_autoptr (GString) done = g_string_new (NULL);
  g_autoptr (GString) total = g_string_new (NULL);

  pl_words_append_size (done, progress.bytes);
  if (progress.total_bytes <= 0)
    return g_string_free (g_steal_pointer (&done), FALSE);
  pl_words_append_size (total, (guint64) progress.total_bytes);
  return dup_of (done->str, total->str);
}

char *
pl_transfer_item_dup_speed (PlTransferItem *item)
{
  g_autoptr (GString) size = g_string_new (NULL);

  if (item->bytes_per_s < 1)
    return g_strdup ("");
  pl_words_append_size (size, (guint64) item->bytes_per_s);
  /* Translators: an amount of data each second: "18 MB/s" */
  return g_strdup_printf (_ ("%s/s"), size->str);
}

static void
pl_transfer_item_finalize (GObject *object)
{
  g_clear_object (&PL_TRANSFER_ITEM (object)->request);
  G_OBJECT_CLASS (pl_transfer_item_parent_class)->finalize (object);
}

PlTransferItem *
pl_transfer_item_new (PlRecord *record)
{
  PlTransferItem *item = g_object_new (PL_TYPE_TRANSFER_ITEM, NULL);

  item->request = pl_request_item_new (record);
  set_mark (item);
  return item;
}

static void
pl_transfer_item_class_init (PlTransferItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pl_transfer_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", PL_TYPE_TRANSFER_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
pl_transfer_item_init (PlTransferItem *item)
{
}
