/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An address with a name, and sums that grow. */

#include "app/model/device_item.h"

#include "app/i18n.h"
#include "app/model/local_time.h"
#include "app/model/words.h"

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _PlDeviceItem
{
  GObject parent_instance;
  PlAddress address;
  char *name;
  gint64 last_seen_us;
  guint64 up_bytes;
  guint64 down_bytes;
};

G_DEFINE_FINAL_TYPE (PlDeviceItem, pl_device_item, G_TYPE_OBJECT)

void
pl_device_item_note (PlDeviceItem *item, gint64 seen_us, guint64 up_bytes, guint64 down_bytes)
{
  /* What is still to come was read from a clock that has been put right since. */
  gboolean is_wrong = item->last_seen_us > g_get_real_time ();

  item->last_seen_us = is_wrong ? seen_us : MAX (item->last_seen_us, seen_us);
  item->up_bytes += up_bytes;
  item->down_bytes += down_bytes;
}

void
pl_device_item_tell (PlDeviceItem *item)
{
  g_signal_emit (item, signals[CHANGED], 0);
}

const PlAddress *
pl_device_item_get_address (PlDeviceItem *item)
{
  return &item->address;
}

char *
pl_device_item_dup_address (PlDeviceItem *item)
{
  g_autoptr (GString) text = g_string_new (NULL);

  pl_words_append_address (text, &item->address);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
pl_device_item_get_name (PlDeviceItem *item)
{
  return item->name;
}

char *
pl_device_item_dup_title (PlDeviceItem *item)
{
  return *item->name != '\0' ? g_strdup (item->name) : pl_device_item_dup_address (item);
}

gint64
pl_device_item_get_last_seen_us (PlDeviceItem *item)
{
  return item->last_seen_us;
}

static gboolean
is_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b)
         && g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

char *
pl_device_item_dup_last_seen (PlDeviceItem *item)
{
  gint64 now_us = g_get_real_time ();
  guint minutes = (guint) (MAX (now_us - item->last_seen_us, 0) / G_TIME_SPAN_MINUTE);

  if (minutes == 0)
    return g_strdup (_ ("now"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("%u minute ago", "%u minutes ago", minutes), minutes);

  g_autoptr (GDateTime) seen = pl_local_time_new (item->last_seen_us);
  g_autoptr (GDateTime) now = pl_local_time_new (now_us);
  /* Translators: a day of this or last year, as g_date_time_format() knows to write it */
  return g_date_time_format (seen, is_same_day (seen, now) ? "%H:%M" : _ ("%e %b"));
}

guint64
pl_device_item_get_up_bytes (PlDeviceItem *item)
{
  return item->up_bytes;
}

guint64
pl_device_item_get_down_bytes (PlDeviceItem *item)
{
  return item->down_bytes;
}

static void
pl_device_item_finalize (GObject *object)
{
  g_free (PL_DEVICE_ITEM (object)->name);
  G_OBJECT_CLASS (pl_device_item_parent_class)->finalize (object);
}

PlDeviceItem *
pl_device_item_new (const PlAddress *address, const char *name)
{
  PlDeviceItem *item = g_object_new (PL_TYPE_DEVICE_ITEM, NULL);

  item->address = *address;
  item->address.port = 0;
  item->name = g_strdup (name);
  return item;
}

static void
pl_device_item_class_init (PlDeviceItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pl_device_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", PL_TYPE_DEVICE_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
pl_device_item_init (PlDeviceItem *item)
{
}
