/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of the engine share: engine.c is what others see, run.c what runs, keep.c and
 * reread.c the settings, state.c what is told of all that, seen.c what the relay tells. */

#pragma once

#include "app/demo/demo.h"
#include "app/engine/engine.h"
#include "app/engine/file_writer.h"
#include "app/engine/versions.h"
#include "app/log/access_keeper.h"
#include "app/model/progress.h"

/**
 * PlEngine:
 * @known_data: (nullable): the settings file as it was last read or written by us
 * @is_first_start: there was no settings file
 * @config: (nullable): what runs, or ran last
 * @proxy: (nullable): there is none before the start, nor in a pause
 * @is_listening: devices may come in
 * @retired: proxies in which something is still under way
 * @listen_error: (nullable): why devices cannot, or why another port was refused
 * @refused_port: the port of that
 * @stopping: (nullable): who waits for the end
 * @has_arrivals, @has_new_devices: devices came in this batch of records
 * @n_watching: pages that show response times and words
 * @n_watching_heads: those who want the heads of requests
 */
struct _PlEngine
{
  GObject parent_instance;

  char *path;
  PlSettings *settings;
  char *known_data;
  gboolean is_first_start;
  PlFileWriter *settings_writer;
  PlFileWriter *good_writer;
  PlFileWriter *device_writer;
  GFileMonitor *file_monitor;
  guint reread_timer;

  gboolean is_started;
  gboolean is_paused;
  PlConfig *config;
  PlProxy *proxy;
  gboolean is_listening;
  GPtrArray *retired;
  GError *listen_error;
  guint16 refused_port;
  PlDemo *demo;
  gboolean is_demo_starting;
  GTask *stopping;

  PlRequestLog *log;
  PlTraffic *traffic;
  PlTransferList *transfers;
  PlDeviceList *devices;
  PlUpstreamList *upstreams;
  PlVersions *versions;
  PlProgress *progress;
  PlAccessKeeper *access_log;
  guint upstreams_idle;
  gboolean has_arrivals;
  gboolean has_new_devices;

  PlTrouble *troubles[PL_TROUBLE_COUNT];
  PlTrouble *trouble;
  PlLamp lamp;
  char *state_words;
  char *detail_words;
  char **addresses;
  char *local_url;
  GNetworkMonitor *network;
  guint network_timer;
  guint n_watching;
  guint watch_timer;
  guint n_watching_heads;
};

/** PlEngineProperty: for g_object_notify_by_pspec(). */
typedef enum
{
  PL_ENGINE_LAMP = 1,
  PL_ENGINE_STATE_WORDS,
  PL_ENGINE_DETAIL_WORDS,
  PL_ENGINE_EXPOSURE,
  PL_ENGINE_PAUSED,
  PL_ENGINE_DEMO,
  PL_ENGINE_ADDRESSES,
  PL_ENGINE_TROUBLE,
  PL_ENGINE_N_PROPERTIES
} PlEngineProperty;

/** pl_engine_notify: @property has changed. */
void pl_engine_notify (PlEngine *engine, PlEngineProperty property);

/** pl_engine_emit_settings_changed: emits #PlEngine::settings-changed. */
void pl_engine_emit_settings_changed (PlEngine *engine);

/* run.c */

/** pl_engine_build: (transfer full): @settings as what runs, with the demo in Immich's place where
 * it is wanted; %NULL with @error, for people, where they cannot be used. */
PlConfig *pl_engine_build (PlEngine *engine, const PlSettings *settings, GError **error);

/** pl_engine_try: puts @config to use, if anything is to run now. %FALSE with @error, of the relay,
 * when what runs goes on running without it; when nothing can, that becomes trouble. */
gboolean pl_engine_try (PlEngine *engine, PlConfig *config, GError **error);

/** pl_engine_rerun: the settings in force, or the demo, or whether to run at all, have changed. */
void pl_engine_rerun (PlEngine *engine);

/** pl_engine_update_demo: starts or ends it, as the settings ask for. */
void pl_engine_update_demo (PlEngine *engine);

/** pl_engine_init_running, pl_engine_end_running: at the beginning, and for good: what runs ends.
 */
void pl_engine_init_running (PlEngine *engine);
void pl_engine_end_running (PlEngine *engine);

/* keep.c */

/** PL_ENGINE_GOOD_SUFFIX: behind the settings file's name: the last ones that worked. */
#define PL_ENGINE_GOOD_SUFFIX ".last-good"

/** pl_engine_use: as pl_engine_apply_settings(), but without writing them. */
gboolean pl_engine_use (PlEngine *engine, const PlSettings *settings, GError **error);

/** pl_engine_take_over: @settings: (transfer full): hold from now on; what runs knows already. */
void pl_engine_take_over (PlEngine *engine, PlSettings *settings);

/** pl_engine_save, pl_engine_save_as_good, pl_engine_save_devices: have them written. */
void pl_engine_save (PlEngine *engine);
void pl_engine_save_as_good (PlEngine *engine);
void pl_engine_save_devices (PlEngine *engine);

/** pl_engine_end_writing: waits until all is on the disk. */
void pl_engine_end_writing (PlEngine *engine);

/** pl_engine_load_devices: reads those of earlier runs. */
void pl_engine_load_devices (PlEngine *engine);

/* reread.c */

/** pl_engine_load: reads the settings file for the first time, and from then on whenever it
 * changes. %FALSE: it cannot be used. */
gboolean pl_engine_load (PlEngine *engine);

/** pl_engine_stop_reading: it may change as it likes. */
void pl_engine_stop_reading (PlEngine *engine);

/** pl_engine_restore: from the last settings that worked. */
void pl_engine_restore (PlEngine *engine);

/* state.c */

/** pl_engine_set_trouble: @trouble: (transfer full) (nullable): there is none of @kind any more. */
void pl_engine_set_trouble (PlEngine *engine, PlTroubleKind kind, PlTrouble *trouble);

/** pl_engine_refuse: the port of @config cannot be had. Who has it is looked up meanwhile. */
void pl_engine_refuse (PlEngine *engine, const PlConfig *config, const GError *error);

/** pl_engine_clear_refusal: nothing is refused any more. */
void pl_engine_clear_refusal (PlEngine *engine);

/** pl_engine_update_state: lamp, words and addresses, from what is so now. */
void pl_engine_update_state (PlEngine *engine);

/** pl_engine_listen_to_network: tells of new addresses as they come. */
void pl_engine_listen_to_network (PlEngine *engine);

/* seen.c */

/** pl_engine_take_records: as #PlRecordsFunc. */
void pl_engine_take_records (GPtrArray *records, guint64 n_dropped, gpointer user_data);

/** pl_engine_take_status: as #PlEndpointStatusFunc. */
void pl_engine_take_status (const PlEndpointStatus *status, gpointer user_data);

/** pl_engine_note_health: whether Immich is down is trouble, or no longer. Before anybody else
 * hears of its health, so that all find the trouble there. */
void pl_engine_note_health (PlEngine *engine);

/** pl_engine_update_upstreams: what is known of Immich now. */
void pl_engine_update_upstreams (PlEngine *engine);
