/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A thin object around the latest record. At thousands a second nothing is worked out before it is
 * asked for; what never changes is then kept. */

#include "app/model/request_item.h"

#include <string.h>

#include "app/i18n.h"
#include "app/model/device.h"
#include "app/model/local_time.h"
#include "app/model/status_words.h"
#include "app/model/words.h"

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * PlRequestItem:
 * @device: (nullable): shared; %NULL until it is asked for
 * @path: its words are %NULL until they are asked for
 * @noted_us: when the record came, by the monotonic clock
 * @is_out_of_sight: the end may have been missed
 * @has_forgotten: it had heads
 */
struct _PlRequestItem
{
  GObject parent_instance;
  PlRecord *record;
  gint64 noted_us;
  char *device;
  PlPathWords path;
  gboolean is_out_of_sight;
  gboolean has_forgotten;
};

G_DEFINE_FINAL_TYPE (PlRequestItem, pl_request_item, G_TYPE_OBJECT)

/* Not by the wall's clock, which may be put right meanwhile. */
static void
note (PlRequestItem *item, PlRecord *record)
{
  item->record = pl_record_ref (record);
  if (record->state == PL_RECORD_RUNNING)
    item->noted_us = g_get_monotonic_time ();
}

void
pl_request_item_update (PlRequestItem *item, PlRecord *record)
{
  g_autoptr (PlRecord) before = item->record;

  note (item, record);
  item->is_out_of_sight = FALSE;
  g_signal_emit (item, signals[CHANGED], 0);
}

void
pl_request_item_lose_sight (PlRequestItem *item)
{
  item->is_out_of_sight = TRUE;
  g_signal_emit (item, signals[CHANGED], 0);
}

/* Others may have the record as it was. */
void
pl_request_item_forget_heads (PlRequestItem *item)
{
  g_autoptr (PlRecord) before = item->record;

  item->record = pl_record_copy (before);
  pl_record_forget_heads (item->record);
  item->has_forgotten = TRUE;
  g_signal_emit (item, signals[CHANGED], 0);
}

PlRecord *
pl_request_item_get_record (PlRequestItem *item)
{
  return item->record;
}

/* What was asked, by whom */

guint64
pl_request_item_get_id (PlRequestItem *item)
{
  return item->record->id;
}

gint64
pl_request_item_get_started_us (PlRequestItem *item)
{
  return item->record->started_us;
}

char *
pl_request_item_dup_time (PlRequestItem *item)
{
  g_autoptr (GDateTime) time = pl_local_time_new (item->record->started_us);
  return g_date_time_format (time, "%H:%M:%S");
}

char *
pl_request_item_dup_full_time (PlRequestItem *item)
{
  g_autoptr (GDateTime) time = pl_local_time_new (item->record->started_us);
  g_autofree char *day = pl_local_time_dup_day (time);
  g_autofree char *second = g_date_time_format (time, "%H:%M:%S");
  int milliseconds = (int) (item->record->started_us % G_USEC_PER_SEC / 1000);

  /* Translators: a day, a time, and its milliseconds */
  return g_strdup_printf (_ ("%s, %s.%03d"), day, second, milliseconds);
}

const char *
pl_request_item_get_device (PlRequestItem *item)
{
  if (item->device == NULL)
    item->device = pl_device_share_words (item->record->user_agent);
  return item->device;
}

char *
pl_request_item_dup_client (PlRequestItem *item)
{
  g_autoptr (GString) text = g_string_new (NULL);

  pl_words_append_address (text, &item->record->client);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
pl_request_item_get_method (PlRequestItem *item)
{
  return item->record->method;
}

const char *
pl_request_item_get_target (PlRequestItem *item)
{
  return item->record->target;
}

/* What came to no request because of TLS has its reason beside it. */
static gboolean
has_failed_to_encrypt (const PlRecord *record)
{
  return g_str_has_prefix (pl_close_get_name (record->reason), "tls-");
}

const char *
pl_request_item_get_unread_words (PlRequestItem *item)
{
  if (item->record->reason == PL_CLOSE_TLS_SPOKEN)
    return _ ("(tried https://; type http:// for now)");
  return has_failed_to_encrypt (item->record) ? _ ("(no encryption was agreed on)")
                                              : _ ("(not readable)");
}

static const PlPathWords *
get_path (PlRequestItem *item)
{
  if (item->path.words == NULL)
    item->path = pl_path_words_find (item->record->method, item->record->target);
  return &item->path;
}

const char *
pl_request_item_get_path_words (PlRequestItem *item)
{
  return get_path (item)->words;
}

char *
pl_request_item_dup_url (PlRequestItem *item)
{
  const PlRecord *record = item->record;

  if (*record->host == '\0' || *record->target != '/')
    return NULL;
  return g_strconcat (record->tls_version != NULL ? "https://" : "http://", record->host,
                      record->target, NULL);
}

gboolean
pl_request_item_is_url_cut (PlRequestItem *item)
{
  return item->record->target_is_cut;
}

const PlAddress *
pl_request_item_get_client (PlRequestItem *item)
{
  return &item->record->client;
}

/* What becomes of it */

gboolean
pl_request_item_is_running (PlRequestItem *item)
{
  return item->record->state == PL_RECORD_RUNNING && !item->is_out_of_sight;
}

/* A device that scrolls past a picture no longer wants it: nothing went wrong. */
static gboolean
changed_its_mind (PlRequestItem *item)
{
  const PlRecord *record = item->record;

  return (record->reason == PL_CLOSE_CLIENT_GONE || record->reason == PL_CLOSE_CLIENT_NOT_READING)
         && (get_path (item)->flags & PL_REQUEST_UPLOAD) == 0;
}

PlTone
pl_request_item_get_tone (PlRequestItem *item)
{
  const PlRecord *record = item->record;
  PlFaultSide side = pl_close_get_side (record->reason);

  if (pl_request_item_is_running (item))
    return PL_TONE_RUNNING;
  if (record->status >= 500 || side == PL_FAULT_UPSTREAM || side == PL_FAULT_US)
    return PL_TONE_BAD;
  if (record->status >= 400 || (side == PL_FAULT_CLIENT && !changed_its_mind (item)))
    return PL_TONE_WARNING;
  if (record->status >= 300 || record->status == 0 || side == PL_FAULT_CLIENT)
    return PL_TONE_NEUTRAL;
  return PL_TONE_GOOD;
}

PlRequestFlags
pl_request_item_get_flags (PlRequestItem *item)
{
  PlTone tone = pl_request_item_get_tone (item);
  PlRequestFlags flags = get_path (item)->flags;

  if (tone == PL_TONE_WARNING || tone == PL_TONE_BAD)
    flags |= PL_REQUEST_ERROR;
  if (item->record->protocol == PL_PROTOCOL_TUNNEL)
    flags |= PL_REQUEST_LIVE;
  return flags;
}

guint
pl_request_item_get_status (PlRequestItem *item)
{
  return item->record->status;
}

/* Where an exchange ended by a reason that is answered with this status, the answer was ours. */
static gboolean
is_answer_of_immich (const PlRecord *record)
{
  return record->status != 0 && pl_close_get_status (record->reason) != record->status;
}

const char *
pl_request_item_get_status_words (PlRequestItem *item)
{
  const PlRecord *record = item->record;
  const char *of_immich
      = is_answer_of_immich (record) ? pl_status_words_of_immich (record->status) : NULL;

  if (of_immich != NULL)
    return of_immich;

  if (record->status == 0 && !pl_request_item_is_running (item))
    return _ ("not answered");
  if (pl_close_is_at_door (record->reason) || record->reason == PL_CLOSE_DEVICE_TURNED_AWAY)
    return _ ("turned away at the door");
  return pl_status_words (record->status, record->method, record->target);
}

char *
pl_request_item_dup_reason (PlRequestItem *item)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (item->is_out_of_sight)
    return g_strdup (_ ("how it ended was not seen"));
  pl_words_append_reason (text, item->record);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

guint64
pl_request_item_get_up_bytes (PlRequestItem *item)
{
  return item->record->up_bytes;
}

guint64
pl_request_item_get_down_bytes (PlRequestItem *item)
{
  return item->record->down_bytes;
}

guint64
pl_request_item_get_size (PlRequestItem *item)
{
  return pl_words_get_progress (item->record).bytes;
}

double
pl_request_item_get_fraction (PlRequestItem *item)
{
  return pl_words_get_fraction (item->record);
}

gint64
pl_request_item_get_duration_us (PlRequestItem *item)
{
  const PlRecord *record = item->record;

  return pl_request_item_is_running (item)
             ? record->duration_us + g_get_monotonic_time () - item->noted_us
             : record->duration_us;
}

PlTiming
pl_request_item_get_timing (PlRequestItem *item)
{
  return pl_timing_of (item->record, pl_request_item_get_duration_us (item));
}

const char *
pl_request_item_get_upstream (PlRequestItem *item)
{
  return item->record->upstream;
}

const char *
pl_request_item_get_user_agent (PlRequestItem *item)
{
  return item->record->user_agent;
}

const char *
pl_request_item_get_protocol (PlRequestItem *item)
{
  static const char *const names[] = {
    [PL_PROTOCOL_HTTP_1_0] = "HTTP/1.0",
    [PL_PROTOCOL_HTTP_1_1] = "HTTP/1.1",
    [PL_PROTOCOL_HTTP_2] = "HTTP/2",
    [PL_PROTOCOL_TUNNEL] = "WebSocket",
  };
  return names[item->record->protocol];
}

static gboolean
has_heads (const PlRecordHeads *heads)
{
  return heads != NULL
         && (heads->request_in != NULL || heads->request_out != NULL || heads->response_in != NULL
             || heads->response_out != NULL);
}

const char *
pl_request_item_get_no_heads_words (PlRequestItem *item)
{
  const PlRecord *record = item->record;

  if (has_heads (record->heads))
    return NULL;
  if (item->has_forgotten)
    return _ ("Its headers are not kept any more: those of many requests came after them.");
  if (*record->target == '\0')
    return _ ("There was no head to keep: what came could not be read.");
  if (pl_close_is_refusal (record->reason))
    return _ ("Of what is turned away headers are kept only while this page is open. "
              "Those of requests made from now on can be seen here.");
  return _ ("Headers are kept while this page is open, and of what failed at any time. Those of "
            "requests made from now on can be seen here.");
}

PlHeaderDiff *
pl_request_item_new_diff (PlRequestItem *item, PlHeadKind kind)
{
  const PlRecordHeads *heads = item->record->heads;
  gboolean is_request = kind == PL_HEAD_REQUEST;
  GBytes *in;

  if (heads == NULL)
    return NULL;
  in = is_request ? heads->request_in : heads->response_in;
  return in != NULL
             ? pl_header_diff_new (kind, in, is_request ? heads->request_out : heads->response_out)
             : NULL;
}

static void
pl_request_item_finalize (GObject *object)
{
  PlRequestItem *item = PL_REQUEST_ITEM (object);

  pl_record_unref (item->record);
  g_clear_pointer (&item->device, g_ref_string_release);
  G_OBJECT_CLASS (pl_request_item_parent_class)->finalize (object);
}

PlRequestItem *
pl_request_item_new (PlRecord *record)
{
  PlRequestItem *item = g_object_new (PL_TYPE_REQUEST_ITEM, NULL);

  note (item, record);
  return item;
}

static void
pl_request_item_class_init (PlRequestItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pl_request_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", PL_TYPE_REQUEST_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
pl_request_item_init (PlRequestItem *item)
{
}
