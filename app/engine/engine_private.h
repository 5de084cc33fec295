/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the engine is put together. Its parts know nothing of it, and of one another only what their
 * headers include; what one has to tell another goes through here:
 *
 *   engine_settings.c   a change of settings: from whoever wishes it to what runs and to the file
 *   engine_welcome.c    who may come in, for good and for a while
 *   engine_run.c        start, pause, end; what is tried again
 *   engine_immich.c     what is known of Immich
 *   engine_certificates.c   encryption
 *   engine_renewal.c    the certificate that an authority makes
 *   engine_guessing.c   who guesses passwords
 *   engine_reach.c      what is known of being reachable from the internet
 *   engine_told.c       what is so now, told by properties and models
 *   engine.c            the object
 */

#pragma once

#include "app/acme/renewer.h"
#include "app/certificates/keeper.h"
#include "app/engine/demo_host.h"
#include "app/engine/doorplate.h"
#include "app/engine/engine.h"
#include "app/engine/firewall_watch.h"
#include "app/engine/home_name.h"
#include "app/engine/lookout.h"
#include "app/engine/models.h"
#include "app/engine/refusal.h"
#include "app/engine/runner.h"
#include "app/engine/settings_keeper.h"
#include "app/engine/troubles.h"
#include "app/log/access_log.h"
#include "app/opening/keeper.h"

/**
 * PlEngine:
 * @keeper: the settings in force, and their file
 * @opening: who may come in for a while, if they may
 * @runner: what lets people in
 * @certificates: those to encrypt with, fit to be shown
 * @renewer: has an authority make one
 * @demo: what stands in for an Immich
 * @models: what is seen
 * @lookout: who is where Immich should be, but is not known to be
 * @doorplate: what can be typed to come here
 * @name: by which devices at home find this computer
 * @access_log: what is written of requests
 * @firewall: whether others get as far as the door
 * @refusal: why the door could not be opened, or another port was refused
 * @troubles: all that is wrong
 * @stopping: (nullable): who waits for the end; @stop_timer: until when what an authority was shown
 * is waited for, once nobody is let in any more
 * @trouble, @lamp, @state_words, @detail_words, @open_words,
 * @turned_away_words, @firewall_words, @encryption_words, @acme_words, @reach_words,
 * @reach_states: as last told
 * @status_idle: something has become of Immich that is not told yet
 * @n_watching: pages that show response times and words; @watch_timer: renews these for them
 * @n_watching_heads: those who want the heads of requests
 * @guessing_timer: until the first who guesses passwords need not wait any more
 */
struct _PlEngine
{
  GObject parent_instance;

  PlSettingsKeeper *keeper;
  PlOpeningKeeper *opening;
  PlRunner *runner;
  PlCertificateKeeper *certificates;
  PlAcmeRenewer *renewer;
  PlDemoHost *demo;
  PlModels *models;
  PlLookout *lookout;
  PlDoorplate *doorplate;
  PlHomeName *name;
  PlAccessLog *access_log;
  PlFirewallWatch *firewall;
  PlRefusal *refusal;
  PlTroubles *troubles;
  GTask *stopping;
  guint stop_timer;

  PlTrouble *trouble;
  PlLamp lamp;
  char *state_words;
  char *detail_words;
  char *open_words;
  char *turned_away_words;
  char *firewall_words;
  gboolean tells_of_guessers;
  char *encryption_words;
  char *acme_words;
  char *reach_words[PL_REACH_N_STEPS + 1];
  PlReachState reach_states[PL_REACH_N_STEPS];

  guint status_idle;
  guint n_watching;
  guint watch_timer;
  guint n_watching_heads;
  guint guessing_timer;
};

/** PlEngineProperty: for g_object_notify_by_pspec(). */
typedef enum
{
  PL_ENGINE_LAMP = 1,
  PL_ENGINE_STATE_WORDS,
  PL_ENGINE_DETAIL_WORDS,
  PL_ENGINE_OPEN_WORDS,
  PL_ENGINE_TURNED_AWAY_WORDS,
  PL_ENGINE_FIREWALL_WORDS,
  PL_ENGINE_ENCRYPTION_WORDS,
  PL_ENGINE_ACME_WORDS,
  PL_ENGINE_REACH_WORDS,
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

/** pl_engine_emit_waiting_changed: emits #PlEngine::waiting-changed. */
void pl_engine_emit_waiting_changed (PlEngine *engine);

/* engine_guessing.c */

/** pl_engine_note_logins: tells of those among @records that failed; %TRUE: there are some. */
gboolean pl_engine_note_logins (PlEngine *engine, GPtrArray *records);

/** pl_engine_look_for_guessers: whether strangers guess passwords and have to wait now. Has the
 * state updated when the first of these waits is over. */
gboolean pl_engine_look_for_guessers (PlEngine *engine);

/* engine_settings.c */

/** pl_engine_keeper_funcs: for pl_settings_keeper_new(), with the engine as user data. */
extern const PlSettingsKeeperFuncs pl_engine_keeper_funcs;

/** pl_engine_is_demo_wanted: whether @settings ask for the demo in Immich's place. */
gboolean pl_engine_is_demo_wanted (const PlSettings *settings);

/** pl_engine_new_config: (transfer full): @settings as what runs, with the demo in Immich's place
 * where it is wanted and ready; %NULL with @error, for people, where they cannot be used. */
PlConfig *pl_engine_new_config (PlEngine *engine, const PlSettings *settings, GError **error);

/* engine_welcome.c */

/** pl_engine_welcome: has @config, not applied yet, let in whom @settings say, or for a while
 * others. */
void pl_engine_welcome (PlEngine *engine, const PlSettings *settings, PlConfig *config);

/** pl_engine_opening_cb: as #PlOpeningFunc. */
void pl_engine_opening_cb (const PlOpening *over, gpointer user_data);

/* engine_run.c */

/** pl_engine_run: has @settings run as @config, if there is something to run now. What is refused
 * becomes trouble. */
PlRunResult
pl_engine_run (PlEngine *engine, const PlSettings *settings, PlConfig *config, GError **error);

/** pl_engine_rerun: the settings in force are tried again. */
void pl_engine_rerun (PlEngine *engine);

/** pl_engine_resume: what there is to run is tried, after a pause; what is refused becomes trouble.
 */
void pl_engine_resume (PlEngine *engine);

/** pl_engine_continue_stopping: something that the end may wait for is over. */
void pl_engine_continue_stopping (PlEngine *engine);

/** pl_engine_update_devices: who is turned away is what the settings in force say. */
void pl_engine_update_devices (PlEngine *engine);

/** pl_engine_update_demo: the demo starts or ends, as the settings in force ask for. */
void pl_engine_update_demo (PlEngine *engine);

/** pl_engine_demo_started_cb: as #PlDemoHostFunc. */
void pl_engine_demo_started_cb (const GError *error, gpointer user_data);

/** pl_engine_network_changed_cb: as #PlDoorplateFunc. */
void pl_engine_network_changed_cb (gpointer user_data);

/* engine_certificates.c */

/** pl_engine_equip: gives @config the certificates that @settings wish for, and has them kept;
 * pl_certificate_keeper_go_back() if @config cannot run. %FALSE with @error, for people, when there
 * are none that can be used: nothing has changed then. */
gboolean
pl_engine_equip (PlEngine *engine, const PlSettings *settings, PlConfig *config, GError **error);

/** pl_engine_certificates_changed_cb: as #PlCertificateKeeper::changed. */
void pl_engine_certificates_changed_cb (PlCertificateKeeper *certificates,
                                        gboolean shows_other,
                                        gpointer user_data);

/** pl_engine_update_certificates: what is to be said of them becomes trouble. */
void pl_engine_update_certificates (PlEngine *engine);

/* engine_renewal.c */

/** pl_engine_new_renewer: (transfer full): for #PlEngine. */
PlAcmeRenewer *pl_engine_new_renewer (PlEngine *engine);

/** pl_engine_update_renewal: what the settings in force wish of an authority is asked for, if
 * somebody could come in. */
void pl_engine_update_renewal (PlEngine *engine);

/** pl_engine_is_renewal_urgent: whether an authority could not be moved to make a certificate, and
 * there is little time left, or none. */
gboolean pl_engine_is_renewal_urgent (PlEngine *engine);

/* engine_immich.c */

/** pl_engine_update_upstreams: what is known of Immich now. */
void pl_engine_update_upstreams (PlEngine *engine);

/** pl_engine_status_cb: as #PlEndpointStatusFunc. */
void pl_engine_status_cb (const PlEndpointStatus *status, gpointer user_data);

/** pl_engine_note_health: what is wrong with Immich is trouble, or no longer, and told in words.
 * Before anybody else hears of its health, so that all find trouble and words there. */
void pl_engine_note_health (PlEngine *engine);

/** pl_engine_judged_cb: as #PlLookoutFunc. */
void pl_engine_judged_cb (const char *url, const PlJudgment *judgment, gpointer user_data);

/* engine_reach.c */

/** pl_engine_describe_reach: what is so now. */
PlReach pl_engine_describe_reach (PlEngine *engine);

/** pl_engine_tell_reach: has it told in words. */
void pl_engine_tell_reach (PlEngine *engine, const PlReach *reach);

/* engine_told.c */

/** pl_engine_update_state: lamp, words and addresses, from what is so now. */
void pl_engine_update_state (PlEngine *engine);

/** pl_engine_tell_refusal: what is known of the refusal becomes trouble. */
void pl_engine_tell_refusal (PlEngine *engine);

/** pl_engine_records_cb: as #PlRecordsFunc. */
void pl_engine_records_cb (GPtrArray *records, guint64 n_dropped, gpointer user_data);

/** pl_engine_turned_away_cb: as #PlTurnedAwayFunc. */
void pl_engine_turned_away_cb (const PlTurnedAwayList *batch, gpointer user_data);

/** pl_engine_access_log_cb: as #PlOutputReportFunc. */
void pl_engine_access_log_cb (const char *message, gboolean is_over, gpointer user_data);

/** pl_engine_name_changed_cb: as #PlLocalNameFunc. */
void pl_engine_name_changed_cb (gpointer user_data);

/** pl_engine_firewall_changed_cb: as #PlFirewallWatchFunc. */
void pl_engine_firewall_changed_cb (gpointer user_data);

/** pl_engine_owner_known_cb: as #PlRefusalFunc. */
void pl_engine_owner_known_cb (gpointer user_data);
