/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An address with programs, a name, and sums that grow. */

#include "app/model/device_item.h"

#include "app/i18n.h"
#include "app/model/device.h"
#include "app/model/local_time.h"
#include "app/model/words.h"

/* A phone has an app and a browser; who makes up more must not fill the memory. */
#define MAX_PROGRAMS 8

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * PlDeviceItem:
 * @aliases: (nullable): of PlAddress: those of this computer beside loopback
 * @programs: ordered by their kind, of one kind the first seen first
 */
struct _PlDeviceItem
{
  GObject parent_instance;
  PlAddress address;
  GArray *aliases;
  GPtrArray *programs;
  char *given_name;
  gint64 last_seen_us;
  guint64 up_bytes;
  guint64 down_bytes;
  PlDeviceDays days;
  PlDeviceAccess access;
};

G_DEFINE_FINAL_TYPE (PlDeviceItem, pl_device_item, G_TYPE_OBJECT)

void
pl_device_item_take_sums (PlDeviceItem *item,
                          gint64 seen_us,
                          guint64 up_bytes,
                          guint64 down_bytes,
                          const PlDeviceDays *days)
{
  /* What is still to come was read from a clock that has been put right since. */
  gboolean is_wrong = item->last_seen_us > g_get_real_time ();

  item->last_seen_us = is_wrong ? seen_us : MAX (item->last_seen_us, seen_us);
  item->up_bytes += up_bytes;
  item->down_bytes += down_bytes;
  pl_device_days_add_all (&item->days, days);
}

void
pl_device_item_note (PlDeviceItem *item, gint64 seen_us, guint64 up_bytes, guint64 down_bytes)
{
  PlDeviceDay day = { pl_local_time_get_day (seen_us), up_bytes, down_bytes };
  PlDeviceDays none = { 0 };

  pl_device_item_take_sums (item, seen_us, up_bytes, down_bytes, &none);
  pl_device_days_add (&item->days, &day);
}

gboolean
pl_device_item_set_access (PlDeviceItem *item, PlDeviceAccess access)
{
  gboolean is_other = item->access != access;

  item->access = access;
  return is_other;
}

gboolean
pl_device_item_note_program (PlDeviceItem *item, const char *program)
{
  GPtrArray *programs = item->programs;
  guint place = 0;

  for (guint i = 0; i < programs->len; i++)
    if (g_str_equal (programs->pdata[i], program))
      return FALSE;
  if (*program == '\0' || programs->len == MAX_PROGRAMS)
    return FALSE;
  while (place < programs->len
         && pl_program_get_kind (programs->pdata[place]) <= pl_program_get_kind (program))
    place++;
  g_ptr_array_insert (programs, (gint) place, g_strdup (program));
  return TRUE;
}

void
pl_device_item_set_given_name (PlDeviceItem *item, const char *name)
{
  g_free (item->given_name);
  item->given_name = g_strstrip (g_strdup (name));
}

void
pl_device_item_set_aliases (PlDeviceItem *item, const GArray *addresses)
{
  g_clear_pointer (&item->aliases, g_array_unref);
  item->aliases = g_array_copy ((GArray *) addresses);
}

void
pl_device_item_tell (PlDeviceItem *item)
{
  g_signal_emit (item, signals[CHANGED], 0);
}

/* Where it is */

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

gboolean
pl_device_item_is_own (PlDeviceItem *item)
{
  return pl_address_is_loopback (&item->address);
}

gboolean
pl_device_item_is_at (PlDeviceItem *item, const PlAddress *client)
{
  if (pl_address_is_same_host (&item->address, client)
      || (pl_device_item_is_own (item) && pl_address_is_loopback (client)))
    return TRUE;
  for (guint i = 0; item->aliases != NULL && i < item->aliases->len; i++)
    if (pl_address_is_same_host (&g_array_index (item->aliases, PlAddress, i), client))
      return TRUE;
  return FALSE;
}

/* What it is called */

const char *
pl_device_item_get_given_name (PlDeviceItem *item)
{
  return item->given_name;
}

GPtrArray *
pl_device_item_get_programs (PlDeviceItem *item)
{
  return item->programs;
}

static void
append_programs (GString *text, PlDeviceItem *item, guint first)
{
  for (guint i = first; i < item->programs->len; i++)
    {
      g_autofree char *words = pl_program_dup_words (item->programs->pdata[i]);
      g_string_append_printf (text, "%s%s", i > first ? ", " : "", words);
    }
}

/* TitleSource: what a device is called after. */
typedef enum
{
  TITLE_GIVEN,
  TITLE_OWN,
  TITLE_PROGRAM,
  TITLE_ADDRESS,
} TitleSource;

static TitleSource
get_title_source (PlDeviceItem *item)
{
  if (*item->given_name != '\0')
    return TITLE_GIVEN;
  if (pl_device_item_is_own (item))
    return TITLE_OWN;
  return item->programs->len > 0 ? TITLE_PROGRAM : TITLE_ADDRESS;
}

char *
pl_device_item_dup_title (PlDeviceItem *item)
{
  switch (get_title_source (item))
    {
    case TITLE_GIVEN:
      return g_strdup (item->given_name);
    case TITLE_OWN:
      return g_strdup (_ ("This computer"));
    case TITLE_PROGRAM:
      return pl_program_dup_words (item->programs->pdata[0]);
    case TITLE_ADDRESS:
      return pl_device_item_dup_address (item);
    }
  g_return_val_if_reached (NULL);
}

char *
pl_device_item_dup_details (PlDeviceItem *item)
{
  TitleSource source = get_title_source (item);
  g_autoptr (GString) text = g_string_new (NULL);

  if (source == TITLE_GIVEN && pl_device_item_is_own (item))
    g_string_append (text, _ ("this computer"));
  else if (source == TITLE_GIVEN || source == TITLE_PROGRAM)
    pl_words_append_address (text, &item->address);

  guint first = source == TITLE_PROGRAM ? 1 : 0;
  if (text->len > 0 && item->programs->len > first)
    g_string_append (text, " · ");
  append_programs (text, item, first);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* When, and how much */

gint64
pl_device_item_get_last_seen_us (PlDeviceItem *item)
{
  return item->last_seen_us;
}

char *
pl_device_item_dup_last_seen (PlDeviceItem *item)
{
  gint64 now_us = g_get_real_time ();

  if (item->last_seen_us == 0)
    return g_strdup (_ ("not lately"));

  guint minutes = (guint) (MAX (now_us - item->last_seen_us, 0) / G_TIME_SPAN_MINUTE);

  if (minutes == 0)
    return g_strdup (_ ("now"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("%u minute ago", "%u minutes ago", minutes), minutes);

  g_autoptr (GDateTime) seen = pl_local_time_new (item->last_seen_us);
  g_autoptr (GDateTime) now = pl_local_time_new (now_us);
  return pl_local_time_is_same_day (seen, now) ? g_date_time_format (seen, "%H:%M")
                                               : pl_local_time_dup_short_day (seen);
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

const PlDeviceDays *
pl_device_item_get_days (PlDeviceItem *item)
{
  return &item->days;
}

static char *
dup_size (const PlDeviceDay *sum, gboolean is_down)
{
  g_autoptr (GString) size = g_string_new (NULL);

  pl_words_append_size (size, is_down ? sum->down_bytes : sum->up_bytes);
  return g_string_free (g_steal_pointer (&size), FALSE);
}

char *
pl_device_item_dup_amounts (PlDeviceItem *item, gboolean is_down)
{
  guint32 day = pl_local_time_get_day (g_get_real_time ());
  PlDeviceDay of_today = pl_device_days_sum (&item->days, day, 1);
  PlDeviceDay of_days = pl_device_days_sum (&item->days, day, PL_DEVICE_DAYS);
  PlDeviceDay in_all = { .up_bytes = item->up_bytes, .down_bytes = item->down_bytes };
  g_autofree char *today = dup_size (&of_today, is_down);
  g_autofree char *days = dup_size (&of_days, is_down);
  g_autofree char *all = dup_size (&in_all, is_down);

  /* Translators: three amounts, such as "84 MB" */
  return g_strdup_printf (_ ("Today %s, in the last 7 days %s, in all %s"), today, days, all);
}

/* Whether it is let in */

PlDeviceAccess
pl_device_item_get_access (PlDeviceItem *item)
{
  return item->access;
}

const char *
pl_device_item_get_access_words (PlDeviceItem *item)
{
  return item->access == PL_DEVICE_LET_IN ? "" : _ ("turned away");
}

char *
pl_device_item_dup_access_details (PlDeviceItem *item)
{
  g_autofree char *seen = pl_device_item_dup_last_seen (item);

  switch (item->access)
    {
    case PL_DEVICE_LET_IN:
      return NULL;
    case PL_DEVICE_TURNED_AWAY:
      /* Translators: when: "now", "3 minutes ago", "14:03", "not lately" */
      return g_strdup_printf (_ ("Last at the door: %s. With another address it comes in again: "
                                 "then turn that away, too."),
                              seen);
    case PL_DEVICE_TURNED_AWAY_WITH_NETWORK:
      return g_strdup_printf (_ ("Its whole network is turned away, by Settings. Last at the "
                                 "door: %s"),
                              seen);
    }
  g_return_val_if_reached (NULL);
}

gboolean
pl_device_item_is_of_note (PlDeviceItem *item)
{
  return *item->given_name != '\0' || item->access == PL_DEVICE_TURNED_AWAY;
}

static void
pl_device_item_finalize (GObject *object)
{
  PlDeviceItem *item = PL_DEVICE_ITEM (object);

  g_clear_pointer (&item->aliases, g_array_unref);
  g_ptr_array_unref (item->programs);
  g_free (item->given_name);
  G_OBJECT_CLASS (pl_device_item_parent_class)->finalize (object);
}

PlDeviceItem *
pl_device_item_new (const PlAddress *address)
{
  PlDeviceItem *item = g_object_new (PL_TYPE_DEVICE_ITEM, NULL);

  item->address = *address;
  item->address.port = 0;
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
  item->programs = g_ptr_array_new_with_free_func (g_free);
  item->given_name = g_strdup ("");
}
