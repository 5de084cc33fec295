/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The running program as windows and trays see it: relay, settings, demo and what is known of them,
 * put together in one object. It belongs to the main thread and never blocks it: the relay
 * runs on threads of its own, files are written on others. Whatever is asked of it takes effect at
 * once, without a restart; what comes of it is told by `notify` and the signals of the models. */

#pragma once

#include <gio/gio.h>

#include "app/model/device_list.h"
#include "app/model/lamp.h"
#include "app/model/phone_watch.h"
#include "app/model/reach.h"
#include "app/model/request_log.h"
#include "app/model/traffic.h"
#include "app/model/transfer_list.h"
#include "app/model/trouble.h"
#include "app/model/upstream_list.h"
#include "app/system/local_name.h"
#include "app/model/waiting.h"
#include "app/opening/opening.h"
#include "app/settings/settings.h"

#define PL_TYPE_ENGINE (pl_engine_get_type ())
G_DECLARE_FINAL_TYPE (PlEngine, pl_engine, PL, ENGINE, GObject)

/**
 * PlEngine properties (all but the writable ones are read-only; all notify):
 *
 * - `lamp` (#PlLamp): the one state
 * - `state-words` (string): it in one sentence: `Your photos can be reached from your network`
 * - `detail-words` (string): the line below: `3 devices today, all well`; may be empty
 * - `open-words` (string, nullable): see pl_engine_get_open_words()
 * - `turned-away-words` (string, nullable): who was not let in today; %NULL: nobody
 * - `firewall-words` (string, nullable): see pl_engine_get_firewall_words()
 * - `encryption-words` (string): see pl_engine_get_encryption_words()
 * - `reach-words` (GStrv): see pl_engine_get_reach_words()
 * - `exposure` (uint, writable): a #PlExposure: who may come in now
 * - `paused` (boolean, writable): nobody may; not kept for the next start
 * - `demo` (boolean, writable): the demo stands in for an Immich
 * - `addresses` (GStrv): see pl_engine_get_addresses()
 * - `trouble` (#PlTrouble, nullable): the gravest there is
 */

/**
 * PlEngine::settings-changed:
 *
 * The settings are others now, be it by a call in here or because the file was changed.
 */

/**
 * PlEngine::waiting-changed:
 *
 * A login failed or came too early, or somebody was let try again: pl_engine_dup_waiting() may have
 * something else to say. That a wait is over is not told: it says how long it lasts.
 */

/** pl_engine_new: @settings_path: (nullable) (type filename): %NULL: where
 * pl_location_dup_settings_path() says. Nothing runs or is read yet. */
PlEngine *pl_engine_new (const char *settings_path);

/** pl_engine_start: reads the settings and lets people in. What goes wrong becomes
 * `trouble`. Without a settings file the initial settings hold, and none is written. */
void pl_engine_start (PlEngine *engine);

/**
 * pl_engine_stop_async:
 * @timeout_ms: how long what runs may go on
 *
 * Lets nobody in any more, waits for what runs, and writes what is still to be written. Only then
 * let go of the engine; to let go of it before ends what runs.
 */
void pl_engine_stop_async (PlEngine *engine,
                           guint timeout_ms,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
void pl_engine_stop_finish (PlEngine *engine, GAsyncResult *result);

/** pl_engine_is_first_start: whether there was no settings file at the start, until
 * pl_engine_write_settings(). Then the assistant is shown; the engine runs with the initial
 * settings meanwhile. */
gboolean pl_engine_is_first_start (PlEngine *engine);

/* State */

PlLamp pl_engine_get_lamp (PlEngine *engine);

/** pl_engine_get_state_words, pl_engine_get_detail_words: (transfer none): until they change. */
const char *pl_engine_get_state_words (PlEngine *engine);
const char *pl_engine_get_detail_words (PlEngine *engine);

/** pl_engine_tells_of_guessers: whether the detail words are about strangers who guess passwords.
 */
gboolean pl_engine_tells_of_guessers (PlEngine *engine);

/** pl_engine_get_turned_away_words: (transfer none) (nullable): `3 callers from outside were turned
 * away today (203.0.113.5 and 2 more)`, until it changes; %NULL: nobody was. */
const char *pl_engine_get_turned_away_words (PlEngine *engine);

/**
 * pl_engine_get_reach_words: (transfer none):
 *
 * Returns: (array fixed-size=PL_REACH_N_STEPS): what is known of being reachable from the internet,
 *   where it may come in: a sentence or more for each #PlReachStep, until they change
 */
const char *const *pl_engine_get_reach_words (PlEngine *engine);

/** pl_engine_get_reach_state: how @step stands; changes with the words. */
PlReachState pl_engine_get_reach_state (PlEngine *engine, PlReachStep step);

/** pl_engine_get_firewall_words: (transfer none) (nullable): what the firewall of this computer
 * will ask, or whom it keeps out, and what to do about that; until it changes. Looked at while
 * somebody watches (pl_engine_watch()); %NULL: there is nothing to say. */
const char *pl_engine_get_firewall_words (PlEngine *engine);

/** pl_engine_dup_firewall_commands: (transfer full) (nullable): what the words above lead to: lines
 * to be copied. */
char *pl_engine_dup_firewall_commands (PlEngine *engine);

/** pl_engine_get_trouble: (transfer none) (nullable): the gravest there is. */
PlTrouble *pl_engine_get_trouble (PlEngine *engine);

/** pl_engine_find_trouble: (transfer none) (nullable): the trouble of @kind, if there is one, be it
 * the gravest or not. */
PlTrouble *pl_engine_find_trouble (PlEngine *engine, PlTroubleKind kind);

/** pl_engine_remedy: does what the remedy's description says the engine does; @remedy is borrowed.
 */
void pl_engine_remedy (PlEngine *engine, const PlRemedy *remedy);

/** pl_engine_get_exposure, pl_engine_set_exposure: who may come in now. Set for good: written to
 * the settings, and what was open for a while is no longer; those who no longer may lose their
 * connection. */
PlExposure pl_engine_get_exposure (PlEngine *engine);
void pl_engine_set_exposure (PlEngine *engine, PlExposure exposure);

/** pl_engine_get_world, pl_engine_set_world: what the internet may see, where it may come in now.
 * Set for good, as who may come in; where the internet may for a while alone, for that while. */
PlDoorRule pl_engine_get_world (PlEngine *engine);
void pl_engine_set_world (PlEngine *engine, PlDoorRule sees);

/** pl_engine_let_internet_in: who may come in and what the internet may see, both at once. */
void pl_engine_let_internet_in (PlEngine *engine, PlDoorRule sees);

/** pl_engine_get_settled_welcome: who may come in by the settings, whatever is open for a while. */
PlWelcome pl_engine_get_settled_welcome (PlEngine *engine);

/**
 * pl_engine_open_until:
 * @welcome: others than may come in by the settings
 * @until_s: on the wall clock, in seconds since 1970
 *
 * Lets them in until then, also over restarts, in place of what may be open for a while already; or
 * until somebody chooses anew who may come in. The settings stay as they are.
 *
 * Returns: %FALSE with @error, for people, when that is no opening (pl_opening_check()), or it
 *   cannot run; nothing is changed then
 */
gboolean
pl_engine_open_until (PlEngine *engine, const PlWelcome *welcome, gint64 until_s, GError **error);

/** pl_engine_end_opening: what is open for a while is so no longer. */
void pl_engine_end_opening (PlEngine *engine);

/** pl_engine_get_opening: (transfer none) (nullable): what is open for a while, until it changes.
 */
const PlOpening *pl_engine_get_opening (PlEngine *engine);

/** pl_engine_get_open_words: (transfer none) (nullable): `Open to the internet until 22:00, 43 min
 * left; then to your network only`, until they change; %NULL: nothing is open for a while. */
const char *pl_engine_get_open_words (PlEngine *engine);

/** pl_engine_dup_waiting: (transfer full) (element-type PlWaiting): who guesses passwords, and has
 * to wait now before the next try; words for them: `app/model/waiting.h`. */
GArray *pl_engine_dup_waiting (PlEngine *engine);

/** pl_engine_let_try_again: @waiting: whose tries are forgotten, of whatever kind they were. */
void pl_engine_let_try_again (PlEngine *engine, const PlWaiting *waiting);

/** pl_engine_turn_away: nothing is shown to @device any more, and what it has running ends, until
 * pl_engine_let_in_again(). Written to the settings; what came of it is told by the device's
 * pl_device_item_get_access(). */
void pl_engine_turn_away (PlEngine *engine, PlDeviceItem *device);
void pl_engine_let_in_again (PlEngine *engine, PlDeviceItem *device);

/** pl_engine_get_paused, pl_engine_set_paused: what is under way when a pause begins may finish. */
gboolean pl_engine_get_paused (PlEngine *engine);
void pl_engine_set_paused (PlEngine *engine, gboolean paused);

/**
 * pl_engine_get_addresses: (transfer none):
 *
 * Returns: (array zero-terminated=1): what other devices can type, the best first
 *   (`http://192.168.1.20:8080`), until it changes with the network; none while the door is open to
 *   this computer alone, paused, or shut by a fault
 */
const char *const *pl_engine_get_addresses (PlEngine *engine);

/** pl_engine_dup_name_url: (transfer full) (nullable): the one among them by which devices at home
 * find this computer whatever its address is, `http://porchlight.local:8080`; %NULL: there is none,
 * or it does not lead here. */
char *pl_engine_dup_name_url (PlEngine *engine);

/** pl_engine_get_name_state: what has become of it. */
PlLocalNameState pl_engine_get_name_state (PlEngine *engine);

/** pl_engine_dup_name_words: (transfer full) (nullable): what somebody should know of it who looks
 * for it; %NULL: nothing. */
char *pl_engine_dup_name_words (PlEngine *engine);

/** pl_engine_get_home_address, pl_engine_get_outside_address: (transfer none) (nullable): of them,
 * the best for a phone at home, and the best for one that is elsewhere and logs in; %NULL: none is
 * known to do. Until the addresses, the exposure or the settings change. */
const char *pl_engine_get_home_address (PlEngine *engine);
const char *pl_engine_get_outside_address (PlEngine *engine);

/** pl_engine_get_local_url: (transfer none): what to open in this computer's own browser; until it
 * changes with settings or state. */
const char *pl_engine_get_local_url (PlEngine *engine);

/** pl_engine_get_port: where the engine listens, or would. */
guint16 pl_engine_get_port (PlEngine *engine);

/* Encryption */

/** pl_engine_get_encryption_words: (transfer none): whether connections are encrypted, by which
 * certificate and until when, or what to choose so that they are; until it changes. */
const char *pl_engine_get_encryption_words (PlEngine *engine);

/** pl_engine_get_certificate_words: (transfer none) (nullable): what is to be said of the
 * certificates, and what to do; %NULL: all is well. @is_grave: (out): browsers refuse them, or they
 * cannot be renewed. Until the next change. */
const char *pl_engine_get_certificate_words (PlEngine *engine, gboolean *is_grave);

/** pl_engine_is_encrypted: whether there are certificates to encrypt with. */
gboolean pl_engine_is_encrypted (PlEngine *engine);

/** pl_engine_get_fingerprint: (transfer none) (nullable): of this computer's own authority, as
 * devices show it; %NULL: it has none to be trusted. Until the next change. */
const char *pl_engine_get_fingerprint (PlEngine *engine);

/** pl_engine_dup_trusted: (transfer full) (nullable): PEM of whom this computer trusts to be
 * itself: its own authority, or the certificate that somebody else keeps; %NULL without encryption.
 */
char *pl_engine_dup_trusted (PlEngine *engine);

/** pl_engine_dup_trust_url: (transfer full) (nullable): where other devices learn to trust it;
 * %NULL: there is nothing to trust, or nobody else can come in. */
char *pl_engine_dup_trust_url (PlEngine *engine);

/**
 * pl_engine_judge_certificates:
 * @settings: as they might be, see pl_engine_dup_settings()
 * @doubt: (out) (transfer full) (nullable): why browsers would refuse their certificates, and what
 *   to do
 *
 * Looks at the files that @settings name, and changes nothing.
 *
 * Returns: %FALSE with @error, for people, when they hold nothing to serve with
 */
gboolean pl_engine_judge_certificates (PlEngine *engine,
                                       const PlSettings *settings,
                                       char **doubt,
                                       GError **error);

/** pl_engine_get_acme_words: (transfer none) (nullable): of mode acme: what goes on with the
 * authority, or why there is no certificate and when it is tried again, or why it cannot come
 * about; %NULL: there is nothing to say. The property `acme-words`. */
const char *pl_engine_get_acme_words (PlEngine *engine);

/** pl_engine_is_certificate_awaited: whether this computer’s own certificate stands in until there
 * is one from an authority on the internet; changes with `encryption-words`. */
gboolean pl_engine_is_certificate_awaited (PlEngine *engine);

/** pl_engine_is_acme_busy: whether the authority is being asked; changes with `acme-words`. */
gboolean pl_engine_is_acme_busy (PlEngine *engine);

/** pl_engine_get_acme_next_s: when it is asked next, in seconds since 1970; 0: that is not known.
 */
gint64 pl_engine_get_acme_next_s (PlEngine *engine);

/** pl_engine_can_try_acme_now, pl_engine_try_acme_now: somebody has put right why it failed: it is
 * not waited for until the time is there; unless the authority has barred that. */
gboolean pl_engine_can_try_acme_now (PlEngine *engine);
void pl_engine_try_acme_now (PlEngine *engine);

/* Immich */

/** pl_engine_is_looking: whether nobody has said yet where Immich is, and there is none at the
 * address it has by itself. */
gboolean pl_engine_is_looking (PlEngine *engine);

/**
 * pl_engine_set_upstream:
 * @urls: one address or more, with `;` between
 * @health_path: (nullable): what its pings are; %NULL: %PL_SETTINGS_PING
 *
 * Everything goes there from now on. Ends the demo.
 *
 * Returns: %FALSE with @error, a message for people, when @urls cannot be used; nothing is changed
 * then
 */
gboolean pl_engine_set_upstream (PlEngine *engine,
                                 const char *urls,
                                 const char *health_path,
                                 GError **error);

/** pl_engine_set_upstream_parts: the same for an Immich up to 1.87, of two parts. */
gboolean pl_engine_set_upstream_parts (PlEngine *engine,
                                       const char *server_urls,
                                       const char *web_urls,
                                       GError **error);

/** pl_engine_get_demo, pl_engine_set_demo: whether the demo stands in for an Immich; kept in the
 * settings, whose own upstreams stay as they are. It starts in the background; when it cannot, that
 * is `trouble`. */
gboolean pl_engine_get_demo (PlEngine *engine);
void pl_engine_set_demo (PlEngine *engine, gboolean demo);

/* Settings. Groups and keys are those of app/settings/table.h, upstreams and routes with their
 * name: `upstream immich`. */

/** pl_engine_get_settings: (transfer none): those in force; until the next change. */
const PlSettings *pl_engine_get_settings (PlEngine *engine);

/** pl_engine_get_settings_path: (transfer none) (type filename): where they are stored. */
const char *pl_engine_get_settings_path (PlEngine *engine);

/**
 * pl_engine_set_setting:
 * @text: (nullable): %NULL: its initial value, and out of the file
 *
 * Changes one, puts it to use and has it written.
 *
 * Returns: %FALSE with @error, to be shown at the field, when the value is not allowed
 *   (%G_IO_ERROR_INVALID_ARGUMENT), or when the engine, which ran, cannot run with it (a port that
 *   is taken); nothing is changed then
 */
gboolean pl_engine_set_setting (PlEngine *engine,
                                const char *group,
                                const char *key,
                                const char *text,
                                GError **error);

/** pl_engine_override: has a setting be @text, which may stand there, in this run, whatever the
 * file says, and without writing it: for options of the command line. Also before the start. */
void pl_engine_override (PlEngine *engine, const char *group, const char *key, const char *text);

/** pl_engine_dup_settings: (transfer full): a copy to be edited, for pl_engine_apply_settings(). */
PlSettings *pl_engine_dup_settings (PlEngine *engine);

/** pl_engine_apply_settings: several changes at once; errors as pl_engine_set_setting(). @settings
 * is borrowed. */
gboolean pl_engine_apply_settings (PlEngine *engine, const PlSettings *settings, GError **error);

/** pl_engine_restore_defaults: all settings as they are initially, but for where Immich is. */
gboolean pl_engine_restore_defaults (PlEngine *engine, GError **error);

/** pl_engine_write_settings: has a settings file written even if nothing was changed, so that the
 * next start is no first one, nor this one any longer: the assistant is through. */
void pl_engine_write_settings (PlEngine *engine);

/* Models. (transfer none), for as long as the engine lives. */

PlRequestLog *pl_engine_get_log (PlEngine *engine);
PlTraffic *pl_engine_get_traffic (PlEngine *engine);
PlTransferList *pl_engine_get_transfers (PlEngine *engine);
PlDeviceList *pl_engine_get_devices (PlEngine *engine);
PlUpstreamList *pl_engine_get_upstreams (PlEngine *engine);
PlPhoneWatch *pl_engine_get_phone_watch (PlEngine *engine);

/** pl_engine_watch, pl_engine_unwatch: a page with response times or words on the state is to be
 * seen now, and is no longer (map and unmap): keeps them fresh. They are counted. */
void pl_engine_watch (PlEngine *engine);
void pl_engine_unwatch (PlEngine *engine);

/** pl_engine_watch_heads, pl_engine_unwatch_heads: somebody looks at the log now, and no longer:
 * meanwhile the heads of new requests are captured, which costs memory. They are counted. */
void pl_engine_watch_heads (PlEngine *engine);
void pl_engine_unwatch_heads (PlEngine *engine);
