/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last sighting that says something stands, until the same device gets further, or it is old.
 */

#include "app/model/phone_watch.h"

#include "app/model/device.h"
#include "app/model/phone_path.h"
#include "app/model/phone_words.h"
#include "app/model/share_page.h"

/* Whoever had trouble and did not come back by then has given up. */
#define TROUBLE_FORGOTTEN_US (10 * G_TIME_SPAN_MINUTE)

struct _PlPhoneWatch
{
  GObject parent_instance;
  PlDeviceList *devices;

  GHashTable *known; /* a set of PlAddress, without their ports */
  gboolean is_awaited;
  gint64 began_us;
  PlAddress shut_out; /* while @has_shut_out */
  gboolean has_shut_out;
  PlAddress halfway; /* while @has_halfway */
  gboolean has_halfway;

  PlPhoneSight sight; /* PL_PHONE_IDLE: nothing that says something */
  PlAddress client;   /* whose it is */
  gint64 seen_us;
  char *path;          /* (nullable): of PL_PHONE_WRONG_PATH: what is too much */
  PlDeviceItem *phone; /* (nullable) */
  gboolean is_changed;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlPhoneWatch, pl_phone_watch, G_TYPE_OBJECT)

/* Addresses */

static guint
host_hash (gconstpointer address)
{
  return pl_address_hash_host (address);
}

static gboolean
host_equal (gconstpointer a, gconstpointer b)
{
  return pl_address_is_same_host (a, b);
}

static void
know (PlPhoneWatch *watch, const PlAddress *address)
{
  g_hash_table_add (watch->known, g_memdup2 (address, sizeof *address));
}

static void
know_all (PlPhoneWatch *watch)
{
  GListModel *list = G_LIST_MODEL (watch->devices);

  g_hash_table_remove_all (watch->known);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (PlDeviceItem) item = g_list_model_get_item (list, i);
      know (watch, pl_device_item_get_address (item));
    }
}

/* What is seen */

static void
forget (PlPhoneWatch *watch)
{
  watch->sight = PL_PHONE_IDLE;
  watch->has_shut_out = watch->has_halfway = FALSE;
  g_clear_pointer (&watch->path, g_free);
  watch->is_changed = TRUE;
}

static void
see (PlPhoneWatch *watch, PlPhoneSight sight, const PlRecord *record)
{
  watch->sight = sight;
  watch->client = record->client;
  watch->seen_us = record->started_us + record->duration_us;
  g_free (watch->path);
  watch->path = pl_phone_path_dup_excess (record);
  watch->is_changed = TRUE;
}

static gboolean
is_of_own (PlPhoneWatch *watch, const PlRecord *record)
{
  PlDeviceItem *device = pl_device_list_find (watch->devices, &record->client);

  return pl_address_is_loopback (&record->client)
         || (device != NULL && pl_device_item_is_own (device));
}

static gboolean
is_of_phone (PlPhoneWatch *watch, const PlRecord *record)
{
  return watch->phone != NULL && pl_device_item_is_at (watch->phone, &record->client);
}

/* A device that is known comes and goes all day long. */
static gboolean
is_new (PlPhoneWatch *watch, const PlRecord *record)
{
  if (!g_hash_table_contains (watch->known, &record->client))
    return TRUE;
  return watch->is_awaited && record->connected_us >= watch->began_us;
}

static gboolean
is_of_app (const PlRecord *record)
{
  char *program = pl_device_share_program (record->user_agent);
  gboolean is_app = *program != '\0' && pl_program_get_kind (program) == PL_PROGRAM_APP;

  g_ref_string_release (program);
  return is_app;
}

static gboolean
has_logged_in (const PlRecord *record)
{
  return record->login == PL_LOGIN_PASSWORD && record->login_outcome == PL_LOGIN_SUCCEEDED;
}

/* Immich has answered, and not in vain. */
static gboolean
is_answered (const PlRecord *record)
{
  return *record->upstream != '\0' && record->status > 100 && record->status < 400;
}

/* It has got as far as to Immich. */
static gboolean
is_of_login (PlPhoneSight sight)
{
  return sight == PL_PHONE_LOGIN_REFUSED || sight == PL_PHONE_LOGIN_WAITS;
}

/* What an ending says; else PL_PHONE_IDLE. */
static const PlPhoneSight sights[PL_CLOSE_COUNT] = {
  [PL_CLOSE_TLS_SPOKEN] = PL_PHONE_TRIED_HTTPS,
  [PL_CLOSE_PLAIN_REFUSED] = PL_PHONE_NOT_ENCRYPTED,
  [PL_CLOSE_TLS_UNTRUSTED] = PL_PHONE_UNTRUSTING,
  [PL_CLOSE_TLS_EXPIRED] = PL_PHONE_WRONG_CLOCK,
  [PL_CLOSE_TLS_TOO_OLD] = PL_PHONE_NO_ENCRYPTION,
  [PL_CLOSE_TLS_GONE] = PL_PHONE_NO_ENCRYPTION,
  [PL_CLOSE_TLS_TIMEOUT] = PL_PHONE_NO_ENCRYPTION,
  [PL_CLOSE_TLS_FAILED] = PL_PHONE_NO_ENCRYPTION,
  [PL_CLOSE_NO_ROUTE] = PL_PHONE_WRONG_PATH,
  [PL_CLOSE_PROXY_NOT_TRUSTED] = PL_PHONE_BY_PROXY,
  [PL_CLOSE_DEVICE_TURNED_AWAY] = PL_PHONE_SENT_AWAY,
  [PL_CLOSE_LOGIN_MUST_WAIT] = PL_PHONE_LOGIN_WAITS,
};

/* Of PL_PHONE_IDLE nothing is wrong, as far as it shows. */
static PlPhoneSight
find_trouble (const PlRecord *record)
{
  if (sights[record->reason] != PL_PHONE_IDLE)
    return sights[record->reason];
  if (pl_close_is_at_door (record->reason))
    return PL_PHONE_LINKS_ONLY;
  if (pl_close_get_side (record->reason) == PL_FAULT_UPSTREAM && !is_answered (record))
    return PL_PHONE_NO_IMMICH;
  if (pl_phone_path_is_wrong (record))
    return PL_PHONE_WRONG_PATH;
  if (record->login == PL_LOGIN_PASSWORD && record->login_outcome == PL_LOGIN_FAILED)
    return PL_PHONE_LOGIN_REFUSED;
  return PL_PHONE_IDLE;
}

/* Whether it is the phone, or may be. */
static gboolean
is_of_interest (PlPhoneWatch *watch, const PlRecord *record)
{
  return !is_of_own (watch, record) && (is_of_phone (watch, record) || is_new (watch, record));
}

static void
note_trouble (PlPhoneWatch *watch, PlPhoneSight trouble, const PlRecord *record)
{
  /* What a device broke off for, if it did not say, is less than what it said before. */
  if (trouble == PL_PHONE_NO_ENCRYPTION && watch->sight == PL_PHONE_UNTRUSTING
      && pl_address_is_same_host (&watch->client, &record->client))
    return;
  see (watch, trouble, record);
}

/* Who had to wait at the door with its first try is none of the devices yet. */
static gboolean
has_come_in (PlPhoneWatch *watch, const PlRecord *record)
{
  return pl_device_list_find (watch->devices, &record->client) != NULL;
}

/* From now on it is one of those that are known. */
static void
arrive (PlPhoneWatch *watch, const PlRecord *record, PlPhoneSight sight)
{
  PlDeviceItem *device = pl_device_list_find (watch->devices, &record->client);

  if (device == NULL || (watch->sight == sight && is_of_phone (watch, record)))
    return;
  g_set_object (&watch->phone, device);
  watch->is_awaited = FALSE;
  know (watch, &record->client);
  see (watch, sight, record);
}

/* A device that is known comes by what only those ask for who begin. */
static gboolean
arrives (PlPhoneWatch *watch, const PlRecord *record)
{
  return is_of_interest (watch, record)
         && (is_of_phone (watch, record) || !g_hash_table_contains (watch->known, &record->client)
             || pl_phone_path_is_first (record) || has_logged_in (record));
}

static gboolean
is_trouble (PlPhoneSight sight)
{
  return sight != PL_PHONE_IDLE && sight != PL_PHONE_ARRIVED;
}

/* A password that was refused is not forgotten for what needs none. */
static void
note_answer (PlPhoneWatch *watch, const PlRecord *record)
{
  gboolean is_over
      = is_trouble (watch->sight) && pl_address_is_same_host (&watch->client, &record->client);

  if (is_over && is_of_login (watch->sight) && !has_logged_in (record))
    return;
  if (arrives (watch, record))
    arrive (watch, record, PL_PHONE_ARRIVED);
  else if (is_over)
    forget (watch);
}

/* Whatever it asked for, and whatever became of that: nobody can say that nothing has come. */
static void
note_presence (PlPhoneWatch *watch, const PlRecord *record)
{
  if (!watch->is_awaited || is_of_own (watch, record)
      || g_hash_table_contains (watch->known, &record->client))
    return;
  watch->halfway = record->client;
  watch->is_changed |= !watch->has_halfway;
  watch->has_halfway = TRUE;
}

/* Strangers come from all over the world, and few of them are one's own phone; guests of a share
 * link are none, nor is the check-up. */
static gboolean
may_be_phone (const PlRecord *record, gboolean is_outside)
{
  if (pl_share_page_is_asking (record) || g_str_equal (record->user_agent, PL_USER_AGENT))
    return FALSE;
  return !is_outside || is_of_app (record) || has_logged_in (record);
}

/* Who types https:// is told, whoever it is: that slip is the commonest. */
void
pl_phone_watch_note (PlPhoneWatch *watch, const PlRecord *record, gboolean is_outside)
{
  PlPhoneSight trouble = find_trouble (record);

  if (!may_be_phone (record, is_outside))
    return;
  note_presence (watch, record);
  if (trouble == PL_PHONE_IDLE && is_answered (record))
    note_answer (watch, record);
  else if (is_of_login (trouble) && is_of_interest (watch, record) && has_come_in (watch, record))
    arrive (watch, record, trouble);
  else if (trouble == PL_PHONE_TRIED_HTTPS
           || (trouble != PL_PHONE_IDLE && is_of_interest (watch, record)))
    note_trouble (watch, trouble, record);
}

void
pl_phone_watch_note_turned_away (PlPhoneWatch *watch, const PlTurnedAwayList *list)
{
  for (guint i = 0; i < list->n_places; i++)
    if (watch->is_awaited && list->places[i].last_us >= watch->began_us)
      {
        watch->shut_out = list->places[i].address;
        watch->is_changed |= !watch->has_shut_out;
        watch->has_shut_out = TRUE;
      }
}

void
pl_phone_watch_tell (PlPhoneWatch *watch)
{
  if (!watch->is_changed)
    return;
  watch->is_changed = FALSE;
  g_signal_emit (watch, signals[CHANGED], 0);
}

/* Begin and end */

static void
start_over (PlPhoneWatch *watch, gboolean is_awaited, gint64 now_us)
{
  forget (watch);
  know_all (watch);
  g_clear_object (&watch->phone);
  watch->is_awaited = is_awaited;
  watch->began_us = now_us;
  pl_phone_watch_tell (watch);
}

void
pl_phone_watch_begin (PlPhoneWatch *watch, gint64 now_us)
{
  start_over (watch, TRUE, now_us);
}

void
pl_phone_watch_rest (PlPhoneWatch *watch)
{
  start_over (watch, FALSE, 0);
}

/* What is told */

static PlPhoneSight
get_waiting (PlPhoneWatch *watch, gint64 now_us)
{
  if (!watch->is_awaited)
    return PL_PHONE_IDLE;
  if (now_us - watch->began_us < PL_PHONE_WATCH_PATIENCE_S * G_USEC_PER_SEC)
    return PL_PHONE_AWAITED;
  if (watch->has_halfway)
    return PL_PHONE_HALFWAY;
  return watch->has_shut_out ? PL_PHONE_SHUT_OUT : PL_PHONE_UNSEEN;
}

/* What has arrived may have been turned away since, before it asked for anything more. */
static gboolean
is_sent_away (PlPhoneWatch *watch)
{
  return watch->sight == PL_PHONE_ARRIVED
         && pl_device_item_get_access (watch->phone) != PL_DEVICE_LET_IN;
}

PlPhoneSight
pl_phone_watch_get_sight (PlPhoneWatch *watch, gint64 now_us)
{
  gboolean is_old = is_trouble (watch->sight) && now_us - watch->seen_us > TROUBLE_FORGOTTEN_US;

  if (is_sent_away (watch))
    return PL_PHONE_SENT_AWAY;
  return watch->sight != PL_PHONE_IDLE && !is_old ? watch->sight : get_waiting (watch, now_us);
}

PlDeviceItem *
pl_phone_watch_get_phone (PlPhoneWatch *watch)
{
  return watch->phone;
}

/* Whose sight that is. */
static const PlAddress *
get_client (PlPhoneWatch *watch, PlPhoneSight sight)
{
  if (sight == PL_PHONE_SHUT_OUT)
    return &watch->shut_out;
  return sight == PL_PHONE_HALFWAY ? &watch->halfway : &watch->client;
}

char *
pl_phone_watch_dup_words (PlPhoneWatch *watch, gint64 now_us)
{
  PlPhoneSight sight = pl_phone_watch_get_sight (watch, now_us);
  const PlAddress *client = get_client (watch, sight);

  return pl_phone_words_dup (sight, client, pl_device_list_find (watch->devices, client),
                             watch->path);
}

static void
pl_phone_watch_finalize (GObject *object)
{
  PlPhoneWatch *watch = PL_PHONE_WATCH (object);

  g_clear_object (&watch->phone);
  g_hash_table_unref (watch->known);
  g_object_unref (watch->devices);
  g_free (watch->path);
  G_OBJECT_CLASS (pl_phone_watch_parent_class)->finalize (object);
}

PlPhoneWatch *
pl_phone_watch_new (PlDeviceList *devices)
{
  PlPhoneWatch *watch = g_object_new (PL_TYPE_PHONE_WATCH, NULL);

  watch->devices = g_object_ref (devices);
  pl_phone_watch_rest (watch);
  return watch;
}

static void
pl_phone_watch_class_init (PlPhoneWatchClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pl_phone_watch_finalize;
  signals[CHANGED] = g_signal_new ("changed", PL_TYPE_PHONE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
pl_phone_watch_init (PlPhoneWatch *watch)
{
  watch->known = g_hash_table_new_full (host_hash, host_equal, g_free, NULL);
}
