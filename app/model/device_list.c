/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An array for the order, a table to find by address. The addresses of this computer are all looked
 * up as the one that stands for it. */

#include "app/model/device_list.h"

#include "app/model/device.h"
#include "app/model/device_file.h"
#include "app/model/share_page.h"

/* A household has a dozen; a door that is open to the internet has strangers without end. */
#define MAX_DEVICES 200

enum
{
  DEVICE_ARRIVED,
  RENAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * Entry:
 * @address: what it is found by
 * @has_arrived: it was seen in this run
 * @is_touched, @is_renamed: it is to be told that it changed, or that its names did
 */
typedef struct
{
  PlDeviceItem *item;
  PlAddress address;
  gboolean has_arrived;
  gboolean is_touched;
  gboolean is_renamed;
} Entry;

struct _PlDeviceList
{
  GObject parent_instance;
  GPtrArray *entries;     /* of Entry */
  GHashTable *by_address; /* a set of Entry */
  GArray *own;            /* of PlAddress */
  PlTrust *turned_away;
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

  return pl_address_hash_host (&entry->address);
}

static gboolean
entry_equal (gconstpointer a, gconstpointer b)
{
  return pl_address_is_same_host (&((const Entry *) a)->address, &((const Entry *) b)->address);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->item);
  g_free (entry);
}

static gboolean
is_own (PlDeviceList *list, const PlAddress *address)
{
  if (pl_address_is_loopback (address))
    return TRUE;
  for (guint i = 0; i < list->own->len; i++)
    if (pl_address_is_same_host (&g_array_index (list->own, PlAddress, i), address))
      return TRUE;
  return FALSE;
}

/* Whatever of its addresses is asked for, this computer is found by one. */
static PlAddress
get_key (PlDeviceList *list, const PlAddress *address)
{
  PlAddress key = *address;

  if (is_own (list, address) && !pl_address_parse (PL_SLICE ("127.0.0.1"), &key))
    g_assert_not_reached ();
  key.port = 0;
  return key;
}

static Entry *
find (PlDeviceList *list, const PlAddress *address)
{
  Entry key = { .address = get_key (list, address) };
  return g_hash_table_lookup (list->by_address, &key);
}

static void
remove_at (PlDeviceList *list, guint position)
{
  g_hash_table_remove (list->by_address, list->entries->pdata[position]);
  g_ptr_array_remove_index (list->entries, position);
  g_list_model_items_changed (G_LIST_MODEL (list), position, 1, 0);
}

/* What the user gave a name or turned away goes after all the rest. */
static gboolean
goes_before (PlDeviceItem *a, PlDeviceItem *b)
{
  if (pl_device_item_is_of_note (a) != pl_device_item_is_of_note (b))
    return pl_device_item_is_of_note (b);
  return pl_device_item_get_last_seen_us (a) < pl_device_item_get_last_seen_us (b);
}

static void
make_room (PlDeviceList *list)
{
  guint first = 0;

  if (list->entries->len < MAX_DEVICES)
    return;
  for (guint i = 1; i < list->entries->len; i++)
    if (goes_before (get_device (list, i), get_device (list, first)))
      first = i;
  remove_at (list, first);
}

/* This computer is always let in. */
static PlDeviceAccess
get_access (PlDeviceList *list, const PlAddress *address)
{
  return is_own (list, address) ? PL_DEVICE_LET_IN
                                : pl_device_access_find (list->turned_away, address);
}

static Entry *
entry_new (PlDeviceList *list, const PlAddress *address)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->address = get_key (list, address);
  entry->item = pl_device_item_new (&entry->address);
  pl_device_item_set_access (entry->item, get_access (list, &entry->address));
  if (pl_device_item_is_own (entry->item))
    pl_device_item_set_aliases (entry->item, list->own);
  return entry;
}

/* @entry: (transfer full): whoever is told finds all that is known of it. */
static void
add (PlDeviceList *list, Entry *entry)
{
  make_room (list);
  g_ptr_array_add (list->entries, entry);
  g_hash_table_add (list->by_address, entry);
  g_list_model_items_changed (G_LIST_MODEL (list), list->entries->len - 1, 0, 1);
}

/* What is known of @item is known of the one at its address, too. */
static void
take_in (PlDeviceList *list, PlDeviceItem *item)
{
  Entry *known = find (list, pl_device_item_get_address (item));
  Entry *entry = known != NULL ? known : entry_new (list, pl_device_item_get_address (item));
  GPtrArray *programs = pl_device_item_get_programs (item);

  for (guint i = 0; i < programs->len; i++)
    pl_device_item_note_program (entry->item, programs->pdata[i]);
  if (*pl_device_item_get_given_name (entry->item) == '\0')
    pl_device_item_set_given_name (entry->item, pl_device_item_get_given_name (item));
  pl_device_item_take_sums (entry->item, pl_device_item_get_last_seen_us (item),
                            pl_device_item_get_up_bytes (item),
                            pl_device_item_get_down_bytes (item), pl_device_item_get_days (item));
  if (known == NULL)
    add (list, entry);
}

/* Who was turned away */

static void
update_access (PlDeviceList *list)
{
  for (guint i = 0; i < list->entries->len; i++)
    {
      PlDeviceItem *item = get_device (list, i);
      if (pl_device_item_set_access (item, get_access (list, pl_device_item_get_address (item))))
        pl_device_item_tell (item);
    }
}

static void
list_turned_away (PlDeviceList *list)
{
  g_autoptr (GArray) single = pl_device_access_dup_single (list->turned_away);

  for (guint i = 0; i < MIN (single->len, MAX_DEVICES); i++)
    {
      const PlAddress *address = &g_array_index (single, PlAddress, i);
      if (!is_own (list, address) && find (list, address) == NULL)
        add (list, entry_new (list, address));
    }
}

/* Nothing is known of it but that it was turned away, and that is over. */
static gboolean
is_done_with (PlDeviceItem *item)
{
  return pl_device_item_get_last_seen_us (item) == 0 && pl_device_item_get_programs (item)->len == 0
         && !pl_device_item_is_of_note (item);
}

void
pl_device_list_set_turned_away (PlDeviceList *list, const PlTrust *turned_away)
{
  pl_trust_free (list->turned_away);
  list->turned_away = pl_trust_dup (turned_away);
  update_access (list);
  for (guint i = list->entries->len; i-- > 0;)
    if (is_done_with (get_device (list, i)))
      remove_at (list, i);
  list_turned_away (list);
}

/* What is seen */

/* A device that has turned out to be this computer is one with it. */
static void
merge_own (PlDeviceList *list)
{
  for (guint i = list->entries->len; i-- > 0;)
    {
      g_autoptr (PlDeviceItem) item = g_object_ref (get_device (list, i));

      if (pl_device_item_is_own (item) || !is_own (list, pl_device_item_get_address (item)))
        continue;
      remove_at (list, i);
      take_in (list, item);
    }
}

void
pl_device_list_set_own (PlDeviceList *list, const PlAddress *addresses, guint n_addresses)
{
  g_array_set_size (list->own, 0);
  if (n_addresses > 0)
    g_array_append_vals (list->own, addresses, n_addresses);
  for (guint i = 0; i < list->entries->len; i++)
    if (pl_device_item_is_own (get_device (list, i)))
      pl_device_item_set_aliases (get_device (list, i), list->own);
  merge_own (list);
  update_access (list);
}

/* The check-up comes in by the door, too; so may another Porchlight of this computer. */
static gboolean
is_this_program (PlDeviceList *list, const PlRecord *record)
{
  return g_str_equal (record->user_agent, PL_USER_AGENT) && is_own (list, &record->client);
}

/* Whoever only tries what is to be had, as scanners do from all over the world, is no device of the
 * house nor a guest's. */
static gboolean
is_kept_out (const PlRecord *record)
{
  return pl_close_is_at_door (record->reason) && !pl_share_page_is_asking (record);
}

static void
note_program (Entry *entry, const PlRecord *record)
{
  char *program = pl_device_share_program (record->user_agent);

  entry->is_renamed |= pl_device_item_note_program (entry->item, program);
  g_ref_string_release (program);
}

/* Its knocking brings no device into the list: a whole network may have been turned away, and
 * scanners try every door of the world. */
static void
note_knock (PlDeviceList *list, const PlRecord *record)
{
  Entry *known = find (list, &record->client);

  if (known == NULL)
    return;
  pl_device_item_note (known->item, record->started_us + record->duration_us, 0, 0);
  note_program (known, record);
  known->is_touched = TRUE;
}

/* No encryption could be agreed on with it, so that it has asked for nothing. */
static gboolean
has_asked_nothing (const PlRecord *record)
{
  return *record->method == '\0';
}

/* It was answered at the door: turned away, told to encrypt, told to wait, or taken for what it is,
 * somebody who looks for an open proxy. */
static gboolean
has_only_knocked (const PlRecord *record)
{
  return record->reason == PL_CLOSE_DEVICE_TURNED_AWAY || record->reason == PL_CLOSE_PLAIN_SENT_ON
         || record->reason == PL_CLOSE_PLAIN_REFUSED || record->reason == PL_CLOSE_METHOD_REFUSED
         || record->reason == PL_CLOSE_LOGIN_MUST_WAIT
         || record->reason == PL_CLOSE_STRANGER_TOO_FAST;
}

void
pl_device_list_note (PlDeviceList *list,
                     const PlRecord *record,
                     guint64 up_bytes,
                     guint64 down_bytes)
{
  if (is_this_program (list, record) || is_kept_out (record) || has_asked_nothing (record))
    return;
  if (has_only_knocked (record))
    {
      note_knock (list, record);
      return;
    }

  Entry *known = find (list, &record->client);
  Entry *entry = known != NULL ? known : entry_new (list, &record->client);

  pl_device_item_note (entry->item, record->started_us + record->duration_us, up_bytes, down_bytes);
  note_program (entry, record);
  entry->is_touched = TRUE;
  if (known == NULL)
    add (list, entry);
  if (entry->has_arrived)
    return;
  entry->has_arrived = TRUE;
  g_signal_emit (list, signals[DEVICE_ARRIVED], 0, entry->item,
                 !pl_device_item_is_own (entry->item), known == NULL);
}

PlDeviceItem *
pl_device_list_find (PlDeviceList *list, const PlAddress *address)
{
  const Entry *entry = find (list, address);
  return entry != NULL ? entry->item : NULL;
}

const char *
pl_device_list_get_given_name (PlDeviceList *list, const PlAddress *address)
{
  PlDeviceItem *device = pl_device_list_find (list, address);

  return device != NULL ? pl_device_item_get_given_name (device) : "";
}

void
pl_device_list_rename (PlDeviceList *list, PlDeviceItem *device, const char *name)
{
  pl_device_item_set_given_name (device, name);
  pl_device_item_tell (device);
  g_signal_emit (list, signals[RENAMED], 0, device);
}

void
pl_device_list_tell (PlDeviceList *list)
{
  for (guint i = 0; i < list->entries->len; i++)
    {
      Entry *entry = list->entries->pdata[i];
      if (entry->is_touched)
        pl_device_item_tell (entry->item);
      if (entry->is_renamed)
        g_signal_emit (list, signals[RENAMED], 0, entry->item);
      entry->is_touched = entry->is_renamed = FALSE;
    }
}

guint
pl_device_list_get_n_others_since (PlDeviceList *list, gint64 wall_us)
{
  guint n = 0;

  for (guint i = 0; i < list->entries->len; i++)
    {
      PlDeviceItem *item = get_device (list, i);
      n += pl_device_item_get_last_seen_us (item) >= wall_us && !pl_device_item_is_own (item)
           && pl_device_item_get_access (item) == PL_DEVICE_LET_IN;
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
    take_in (list, items->pdata[i]);
}

static void
pl_device_list_finalize (GObject *object)
{
  PlDeviceList *list = PL_DEVICE_LIST (object);

  g_hash_table_unref (list->by_address);
  g_ptr_array_unref (list->entries);
  g_array_unref (list->own);
  pl_trust_free (list->turned_away);
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
  signals[RENAMED] = g_signal_new ("renamed", PL_TYPE_DEVICE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, PL_TYPE_DEVICE_ITEM);
}

static void
pl_device_list_init (PlDeviceList *list)
{
  list->entries = g_ptr_array_new_with_free_func (entry_free);
  list->by_address = g_hash_table_new (entry_hash, entry_equal);
  list->own = g_array_new (FALSE, FALSE, sizeof (PlAddress));
  list->turned_away = pl_trust_new ();
}
