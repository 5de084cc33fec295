/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An array for the order, a table to find by address and name. */

#include "app/model/device_list.h"

#include <string.h>

#include "app/model/device.h"
#include "app/model/device_file.h"

/* A household has a dozen; a door that is open to the internet has strangers without end. */
#define MAX_DEVICES 200

enum
{
  DEVICE_ARRIVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * Entry:
 * @item: has the address and name it is found by
 * @has_arrived: it was seen in this run
 * @is_touched: it is to be told that it changed
 */
typedef struct
{
  PlDeviceItem *item;
  PlAddress address;
  const char *name;
  gboolean has_arrived;
  gboolean is_touched;
} Entry;

struct _PlDeviceList
{
  GObject parent_instance;
  GPtrArray *entries;  /* of Entry */
  GHashTable *by_name; /* a set of Entry */
  GArray *own;         /* of PlAddress */
};

/* As a list */

static PlDeviceItem *
get_device (PlDeviceList *list, guint position)
{
  const Entry *entry = list->entries->pdata[position];
  return entry->item;
}

static GType
get_item_type (GListModel *model)
{
  return PL_TYPE_DEVICE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return PL_DEVICE_LIST (model)->entries->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  PlDeviceList *list = PL_DEVICE_LIST (model);
  return position < list->entries->len ? g_object_ref (get_device (list, position)) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PlDeviceList,
                               pl_device_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* Entries */

static guint
entry_hash (gconstpointer key)
{
  const Entry *entry = key;
  guint hash = g_str_hash (entry->name);

  for (guint i = 0; i < sizeof entry->address.bytes; i++)
    hash = hash * 33 + entry->address.bytes[i];
  return hash;
}

static gboolean
is_same_host (const PlAddress *a, const PlAddress *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes) == 0;
}

static gboolean
entry_equal (gconstpointer a, gconstpointer b)
{
  const Entry *entry_a = a, *entry_b = b;
  return is_same_host (&entry_a->address, &entry_b->address)
         && g_str_equal (entry_a->name, entry_b->name);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->item);
  g_free (entry);
}

static Entry *
find (PlDeviceList *list, const PlAddress *address, const char *name)
{
  Entry key = { .address = *address, .name = name };
  return g_hash_table_lookup (list->by_name, &key);
}

static void
remove_at (PlDeviceList *list, guint position)
{
  g_hash_table_remove (list->by_name, list->entries->pdata[position]);
  g_ptr_array_remove_index (list->entries, position);
  g_list_model_items_changed (G_LIST_MODEL (list), position, 1, 0);
}

static void
make_room (PlDeviceList *list)
{
  guint oldest = 0;

  if (list->entries->len < MAX_DEVICES)
    return;
  for (guint i = 1; i < list->entries->len; i++)
    if (pl_device_item_get_last_seen_us (get_device (list, i))
        < pl_device_item_get_last_seen_us (get_device (list, oldest)))
      oldest = i;
  remove_at (list, oldest);
}

/* @item: (transfer full) */
static Entry *
add (PlDeviceList *list, PlDeviceItem *item)
{
  Entry *entry = g_new0 (Entry, 1);

  make_room (list);
  entry->item = item;
  entry->address = *pl_device_item_get_address (item);
  entry->name = pl_device_item_get_name (item);
  g_ptr_array_add (list->entries, entry);
  g_hash_table_add (list->by_name, entry);
  g_list_model_items_changed (G_LIST_MODEL (list), list->entries->len - 1, 0, 1);
  return entry;
}

/* What is seen */

static gboolean
is_own (PlDeviceList *list, const PlAddress *address)
{
  if (pl_address_is_loopback (address))
    return TRUE;
  for (guint i = 0; i < list->own->len; i++)
    if (is_same_host (&g_array_index (list->own, PlAddress, i), address))
      return TRUE;
  return FALSE;
}

gboolean
pl_device_list_is_own (PlDeviceList *list, PlDeviceItem *device)
{
  return is_own (list, pl_device_item_get_address (device));
}

void
pl_device_list_set_own (PlDeviceList *list, const PlAddress *addresses, guint n_addresses)
{
  g_array_set_size (list->own, 0);
  if (n_addresses > 0)
    g_array_append_vals (list->own, addresses, n_addresses);
}

/* The check-up comes in by the door, too. */
static gboolean
is_this_program (PlDeviceList *list, const PlRecord *record)
{
  return g_str_equal (record->user_agent, PL_USER_AGENT) && is_own (list, &record->client);
}

void
pl_device_list_note (PlDeviceList *list,
                     const PlRecord *record,
                     guint64 up_bytes,
                     guint64 down_bytes)
{
  if (is_this_program (list, record))
    return;

  char *name = pl_device_share_words (record->user_agent);
  Entry *entry = find (list, &record->client, name);
  gboolean is_new = entry == NULL;

  if (is_new)
    entry = add (list, pl_device_item_new (&record->client, name));
  pl_device_item_note (entry->item, record->started_us + record->duration_us, up_bytes, down_bytes);
  entry->is_touched = TRUE;
  if (!entry->has_arrived)
    {
      entry->has_arrived = TRUE;
      g_signal_emit (list, signals[DEVICE_ARRIVED], 0, entry->item, !is_own (list, &record->client),
                     is_new);
    }
  g_ref_string_release (name);
}

void
pl_device_list_tell (PlDeviceList *list)
{
  for (guint i = 0; i < list->entries->len; i++)
    {
      Entry *entry = list->entries->pdata[i];
      if (entry->is_touched)
        pl_device_item_tell (entry->item);
      entry->is_touched = FALSE;
    }
}

guint
pl_device_list_get_n_others_since (PlDeviceList *list, gint64 wall_us)
{
  guint n = 0;

  for (guint i = 0; i < list->entries->len; i++)
    {
      PlDeviceItem *item = get_device (list, i);
      n += pl_device_item_get_last_seen_us (item) >= wall_us && !pl_device_list_is_own (list, item);
    }
  return n;
}

/* From run to run */

char *
pl_device_list_dup_data (PlDeviceList *list, gsize *length)
{
  return pl_device_file_dup (G_LIST_MODEL (list), length);
}

void
pl_device_list_load (PlDeviceList *list, const char *data, gsize length)
{
  g_autoptr (GPtrArray) items = pl_device_file_read (data, length);

  for (guint i = 0; i < items->len; i++)
    {
      PlDeviceItem *item = items->pdata[i];
      const PlAddress *address = pl_device_item_get_address (item);
      if (find (list, address, pl_device_item_get_name (item)) == NULL)
        add (list, g_object_ref (item));
    }
}

static void
pl_device_list_finalize (GObject *object)
{
  PlDeviceList *list = PL_DEVICE_LIST (object);

  g_hash_table_unref (list->by_name);
  g_ptr_array_unref (list->entries);
  g_array_unref (list->own);
  G_OBJECT_CLASS (pl_device_list_parent_class)->finalize (object);
}

PlDeviceList *
pl_device_list_new (void)
{
  return g_object_new (PL_TYPE_DEVICE_LIST, NULL);
}

static void
pl_device_list_class_init (PlDeviceListClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pl_device_list_finalize;
  signals[DEVICE_ARRIVED]
      = g_signal_new ("device-arrived", PL_TYPE_DEVICE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, PL_TYPE_DEVICE_ITEM, G_TYPE_BOOLEAN, G_TYPE_BOOLEAN);
}

static void
pl_device_list_init (PlDeviceList *list)
{
  list->entries = g_ptr_array_new_with_free_func (entry_free);
  list->by_name = g_hash_table_new (entry_hash, entry_equal);
  list->own = g_array_new (FALSE, FALSE, sizeof (PlAddress));
}
