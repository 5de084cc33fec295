/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/models.h"

#include "app/engine/versions.h"
#include "app/model/progress.h"
#include "app/model/turned_away.h"
#include "app/settings/file_writer.h"

/* So much of what devices brought, and of who was turned away, is lost at most with the power. */
#define SAVE_EVERY_US (10 * G_TIME_SPAN_MINUTE)

/* The files they are kept in. */
#define DEVICES     "devices"
#define TURNED_AWAY "turned-away"

/**
 * PlModels:
 * @own: (element-type PlAddress): the addresses of this computer
 * @turned_away: lately, as far as is remembered
 * @https_client, @https_us: who last tried https:// in vain, from elsewhere than home, and is no
 * device by that; 0: nobody
 * @has_arrivals, @has_new_devices: devices came in this batch of records
 * @device_writer, @turned_away_writer: (nullable): from the first writing on
 */
struct _PlModels
{
  PlRequestLog *log;
  PlTraffic *traffic;
  PlTransferList *transfers;
  PlDeviceList *devices;
  PlUpstreamList *upstreams;
  PlPhoneWatch *phone_watch;
  PlVersions *versions;
  PlProgress *progress;
  PlFileWriter *device_writer;
  PlFileWriter *turned_away_writer;
  GArray *own;
  PlTurnedAwayList turned_away;
  PlAddress https_client;
  gint64 https_us;
  gint64 saved_us; /* monotonic */
  gboolean has_arrivals;
  gboolean has_new_devices;
};

/* Files */

static char *
dup_path (const char *name)
{
  return g_build_filename (g_get_user_data_dir (), "porchlight", name, NULL);
}

/* @data: (transfer full) */
static void
write_file (PlFileWriter **writer, const char *name, char *data, gsize length)
{
  if (*writer == NULL)
    {
      g_autofree char *path = dup_path (name);
      *writer = pl_file_writer_new (path, NULL, NULL);
    }
  pl_file_writer_put (*writer, data, length);
}

static void
save_devices (PlModels *models)
{
  gsize length = 0;
  char *data = pl_device_list_dup_data (models->devices, &length);

  write_file (&models->device_writer, DEVICES, data, length);
}

static void
save_turned_away (PlModels *models)
{
  gsize length = 0;
  char *data = pl_turned_away_dup_data (&models->turned_away, &length);

  write_file (&models->turned_away_writer, TURNED_AWAY, data, length);
}

/* Making one */

static void
device_arrived_cb (PlDeviceList *devices,
                   PlDeviceItem *device,
                   gboolean is_other,
                   gboolean is_new,
                   PlModels *models)
{
  models->has_arrivals = TRUE;
  models->has_new_devices |= is_new;
}

PlModels *
pl_models_new (guint keep)
{
  PlModels *models = g_new0 (PlModels, 1);

  models->log = pl_request_log_new (keep);
  models->traffic = pl_traffic_new ();
  models->transfers = pl_transfer_list_new ();
  models->devices = pl_device_list_new ();
  models->upstreams = pl_upstream_list_new ();
  models->phone_watch = pl_phone_watch_new (models->devices);
  models->versions = pl_versions_new ();
  models->progress = pl_progress_new ();
  models->saved_us = g_get_monotonic_time ();
  models->own = g_array_new (FALSE, FALSE, sizeof (PlAddress));
  g_signal_connect (models->devices, "device-arrived", G_CALLBACK (device_arrived_cb), models);
  g_signal_connect_swapped (models->devices, "renamed", G_CALLBACK (save_devices), models);
  return models;
}

void
pl_models_free (PlModels *models)
{
  pl_models_flush (models);
  g_signal_handlers_disconnect_by_data (models->devices, models);
  pl_progress_free (models->progress);
  pl_versions_free (models->versions);
  g_object_unref (models->phone_watch);
  g_object_unref (models->log);
  g_object_unref (models->traffic);
  g_object_unref (models->transfers);
  g_object_unref (models->devices);
  g_object_unref (models->upstreams);
  g_array_unref (models->own);
  g_free (models);
}

PlRequestLog *
pl_models_get_log (PlModels *models)
{
  return models->log;
}

PlTraffic *
pl_models_get_traffic (PlModels *models)
{
  return models->traffic;
}

PlTransferList *
pl_models_get_transfers (PlModels *models)
{
  return models->transfers;
}

PlDeviceList *
pl_models_get_devices (PlModels *models)
{
  return models->devices;
}

PlUpstreamList *
pl_models_get_upstreams (PlModels *models)
{
  return models->upstreams;
}

PlPhoneWatch *
pl_models_get_phone_watch (PlModels *models)
{
  return models->phone_watch;
}

/* Records */

static void
note_https (PlModels *models, const PlRecord *record)
{
  if (record->reason != PL_CLOSE_TLS_SPOKEN || pl_address_is_private (&record->client))
    return;
  models->https_client = record->client;
  models->https_us = record->started_us + record->duration_us;
}

static void
count (PlModels *models, GPtrArray *records)
{
  PlTrafficSecond sum = { 0 };

  for (guint i = 0; i < records->len; i++)
    {
      const PlRecord *record = records->pdata[i];
      PlProgressStep step = pl_progress_add (models->progress, record);
      sum.requests += step.is_first;
      sum.up_bytes += step.up_bytes;
      sum.down_bytes += step.down_bytes;
      pl_device_list_note (models->devices, record, step.up_bytes, step.down_bytes);
      note_https (models, record);
    }
  pl_traffic_count (models->traffic, sum.requests, sum.up_bytes, sum.down_bytes);
  pl_device_list_tell (models->devices);
}

static gboolean
is_saving_due (PlModels *models)
{
  return g_get_monotonic_time () - models->saved_us >= SAVE_EVERY_US;
}

/* Devices are written once for all of a batch: a scanner on the internet may be hundreds. */
gboolean
pl_models_add (PlModels *models, GPtrArray *records, guint64 n_dropped)
{
  models->has_arrivals = FALSE;
  models->has_new_devices = FALSE;
  pl_request_log_add (models->log, records, n_dropped);
  pl_transfer_list_add (models->transfers, records, n_dropped);
  count (models, records);
  if (is_saving_due (models))
    pl_models_save (models);
  else if (models->has_new_devices)
    save_devices (models);
  return models->has_arrivals;
}

/* Immich */

void
pl_models_set_upstreams (PlModels *models, const PlConfig *config, const GArray *statuses)
{
  pl_upstream_list_set (models->upstreams, (const PlEndpointStatus *) (void *) statuses->data,
                        statuses->len);
  pl_versions_refresh (models->versions, models->upstreams, config);
}

/* Devices */

static gint64
get_midnight_us (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) midnight
      = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                               g_date_time_get_day_of_month (now), 0, 0, 0);

  return midnight != NULL ? g_date_time_to_unix (midnight) * G_USEC_PER_SEC : 0;
}

guint
pl_models_get_n_devices_today (PlModels *models)
{
  return pl_device_list_get_n_others_since (models->devices, get_midnight_us ());
}

void
pl_models_set_own (PlModels *models, const GArray *own)
{
  const PlAddress *addresses = (const PlAddress *) (void *) own->data;

  g_array_set_size (models->own, 0);
  g_array_append_vals (models->own, addresses, own->len);
  pl_device_list_set_own (models->devices, addresses, own->len);
}

static gboolean
is_own (PlModels *models, const PlAddress *address)
{
  for (guint i = 0; i < models->own->len; i++)
    if (pl_address_is_same_host (&g_array_index (models->own, PlAddress, i), address))
      return TRUE;
  return FALSE;
}

static gboolean
is_from_outside (PlModels *models, const PlTrust *home, const PlAddress *address)
{
  return !pl_exposure_admits (PL_EXPOSURE_NETWORK, home, address) && !is_own (models, address);
}

typedef struct
{
  PlModels *models;
  const PlTrust *home;
  gint64 since_us;
  gint64 now_us;
  PlAddress address;
  gint64 seen_us;
} Search;

/* What is still to come was read from a clock that has been put right since. */
static void
consider (Search *search, const PlAddress *address, gint64 seen_us)
{
  if (seen_us < search->since_us || seen_us > search->now_us || seen_us <= search->seen_us
      || !is_from_outside (search->models, search->home, address))
    return;
  search->address = *address;
  search->seen_us = seen_us;
}

gint64
pl_models_find_caller_from_outside (PlModels *models, const PlTrust *home, PlAddress *caller)
{
  gint64 now_us = g_get_real_time ();
  Search search = { .models = models,
                    .home = home,
                    .since_us = now_us - PL_REACH_DAYS * G_TIME_SPAN_DAY,
                    .now_us = now_us };

  consider (&search, &models->https_client, models->https_us);
  for (guint i = 0; i < models->turned_away.n_places; i++)
    consider (&search, &models->turned_away.places[i].address,
              models->turned_away.places[i].last_us);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (models->devices)); i++)
    {
      g_autoptr (PlDeviceItem) item = g_list_model_get_item (G_LIST_MODEL (models->devices), i);
      consider (&search, pl_device_item_get_address (item), pl_device_item_get_last_seen_us (item));
    }
  if (search.seen_us > 0)
    *caller = search.address;
  return search.seen_us;
}

void
pl_models_watch_phone (PlModels *models, GPtrArray *records, const PlTrust *home)
{
  for (guint i = 0; i < records->len; i++)
    {
      const PlRecord *record = records->pdata[i];
      pl_phone_watch_note (models->phone_watch, record,
                           is_from_outside (models, home, &record->client));
    }
  pl_phone_watch_tell (models->phone_watch);
}

/* That anybody was there at all is not to be lost with the power. */
void
pl_models_turn_away (PlModels *models, const PlTurnedAwayList *batch)
{
  gboolean is_first = models->turned_away.n_places == 0;

  pl_turned_away_add_all (&models->turned_away, batch);
  if (is_saving_due (models))
    pl_models_save (models);
  else if (is_first)
    save_turned_away (models);
  pl_phone_watch_note_turned_away (models->phone_watch, batch);
  pl_phone_watch_tell (models->phone_watch);
}

char *
pl_models_dup_turned_away (PlModels *models)
{
  return pl_turned_away_dup_words (&models->turned_away, get_midnight_us ());
}

/* From run to run */

/* Returns: (transfer full) (nullable): what is in that file */
static char *
read_file (const char *name, gsize *length)
{
  g_autofree char *path = dup_path (name);
  char *data = NULL;

  return g_file_get_contents (path, &data, length, NULL) ? data : NULL;
}

void
pl_models_load (PlModels *models)
{
  gint64 since_us = g_get_real_time () - PL_REACH_DAYS * G_TIME_SPAN_DAY;
  gsize devices_length = 0, turned_away_length = 0;
  g_autofree char *devices = read_file (DEVICES, &devices_length);
  g_autofree char *turned_away = read_file (TURNED_AWAY, &turned_away_length);

  if (devices != NULL)
    pl_device_list_load (models->devices, devices, devices_length);
  if (turned_away != NULL)
    pl_turned_away_load (&models->turned_away, turned_away, turned_away_length, since_us);
  pl_phone_watch_rest (models->phone_watch);
}

void
pl_models_save (PlModels *models)
{
  models->saved_us = g_get_monotonic_time ();
  save_devices (models);
  save_turned_away (models);
}

void
pl_models_flush (PlModels *models)
{
  g_clear_pointer (&models->device_writer, pl_file_writer_free);
  g_clear_pointer (&models->turned_away_writer, pl_file_writer_free);
}
