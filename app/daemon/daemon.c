/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything here happens on the main thread; what the engine does comes in as callbacks. Lines on
 * standard error that other programs wait for ("listening on") are not translated. */

#include "app/daemon/daemon.h"

#include "app/daemon/certificates.h"
#include "app/daemon/logs.h"
#include "app/daemon/loops.h"
#include "app/daemon/name.h"
#include "app/daemon/say.h"
#include "app/daemon/service.h"
#include "app/daemon/source.h"
#include "app/demo/demo.h"
#include "app/engine/firewall_watch.h"
#include "app/engine/home_networks.h"
#include "app/engine/lookout.h"
#include "app/engine/reachable.h"
#include "app/engine/refusal.h"
#include "app/i18n.h"
#include "app/log/login_lines.h"
#include "app/log/turned_away_log.h"
#include "app/system/network_watch.h"
#include "app/system/process.h"
#include "app/system/signals.h"

/* How long exchanges may go on after the first signal to end. */
#define DRAIN_MS 30000

/* Who is turned away is told at most this often: scanners never rest. */
#define TURNED_AWAY_INTERVAL_MS (60 * 1000)

/**
 * PlDaemon:
 * @manager: who started the program as a service, if somebody did
 * @demo: (nullable): with --demo
 * @lookout: who is where Immich should be, but is not known to be
 * @scope: of @lookout: whoever writes a file says in it whether Immich is asked for its health
 * @networks: tells when the computer comes into other networks
 * @firewall: whether others get as far as the door
 * @certificates: those to encrypt with
 * @home: those that are home
 * @name: by which devices at home find this computer
 * @config: (nullable): what was applied last
 * @urls: the addresses last announced
 * @is_ending: the first signal to end has come
 */
typedef struct
{
  GMainLoop *loop;
  PlServiceManager *manager;
  PlSource *source;
  PlDemo *demo;
  PlLogs *logs;
  PlTurnedAwayLog *turned_away;
  PlProxy *proxy;
  PlLookout *lookout;
  PlLookoutScope scope;
  PlNetworkWatch *networks;
  PlFirewallWatch *firewall;
  PlDaemonCertificates *certificates;
  PlTrust *home;
  PlDaemonName *name;
  PlConfig *config;
  char **urls;
  gboolean is_ending;
} PlDaemon;

static void
report_cb (const char *message, gboolean is_over, gpointer user_data)
{
  PlDaemon *daemon = user_data;

  pl_logs_make_room (daemon->logs);
  pl_say ("%s", message);
}

static void
make_room_cb (gpointer user_data)
{
  PlDaemon *daemon = user_data;

  pl_logs_make_room (daemon->logs);
}

static void
records_cb (GPtrArray *records, guint64 n_dropped, gpointer user_data)
{
  PlDaemon *daemon = user_data;
  g_autoptr (GPtrArray) logins = pl_login_lines_dup (records);

  pl_logs_add (daemon->logs, records, n_dropped);
  if (logins->len > 0)
    pl_logs_make_room (daemon->logs);
  for (guint i = 0; i < logins->len; i++)
    pl_say ("%s", (const char *) logins->pdata[i]);
}

static void
turned_away_cb (const PlTurnedAwayList *batch, gpointer user_data)
{
  PlDaemon *daemon = user_data;
  pl_turned_away_log_add (daemon->turned_away, batch);
}

static void
say_turned_away_cb (const char *line, gpointer user_data)
{
  PlDaemon *daemon = user_data;

  pl_logs_make_room (daemon->logs);
  pl_say ("%s", line);
}

static void
add_status (const PlEndpointStatus *status, gpointer user_data)
{
  g_array_append_val ((GArray *) user_data, *status);
}

static void
look_out (PlDaemon *daemon)
{
  g_autoptr (GArray) statuses = g_array_new (FALSE, FALSE, sizeof (PlEndpointStatus));

  pl_proxy_foreach_endpoint (daemon->proxy, add_status, statuses);
  pl_lookout_set (daemon->lookout, daemon->scope, daemon->config, statuses);
}

/* What a check says of somebody who is no Immich helps nobody: "404 instead of 200". */
static void
judged_cb (const char *url, const PlJudgment *judgment, gpointer user_data)
{
  PlDaemon *daemon = user_data;

  if (judgment->kind != PL_VERDICT_PORCHLIGHT && judgment->kind != PL_VERDICT_OTHER)
    return;
  pl_logs_make_room (daemon->logs);
  pl_say ("%s: %s", url, judgment->words);
}

static void
tell_manager (PlDaemon *daemon)
{
  if (daemon->urls != NULL)
    pl_service_tell_health (daemon->manager, daemon->proxy, (const char *const *) daemon->urls);
}

static void
status_cb (const PlEndpointStatus *status, gpointer user_data)
{
  PlDaemon *daemon = user_data;

  look_out (daemon);
  tell_manager (daemon);
  pl_logs_make_room (daemon->logs);
  pl_say_health (status);
}

/* Where none of them would be served, as with a certificate for a name alone, it is said all the
 * same where is listened. */
static GStrv
dup_urls (PlDaemon *daemon, PlExposure exposure)
{
  const PlGathering *certificates = pl_daemon_certificates_get (daemon->certificates);
  g_auto (GStrv) listening = pl_proxy_dup_addresses (daemon->proxy);
  g_auto (GStrv) plain = pl_reachable_dup_urls ((const char *const *) listening, exposure);
  g_auto (GStrv) served = pl_encryption_dup_urls (certificates, (const char *const *) plain,
                                                  daemon->config->plain == PL_PLAIN_REFUSE);

  return served[0] != NULL
             ? g_steal_pointer (&served)
             : pl_encryption_dup_urls (certificates, (const char *const *) plain, FALSE);
}

/* The first line is what other programs wait for. */
static void
announce (PlDaemon *daemon, PlExposure exposure)
{
  g_auto (GStrv) urls = dup_urls (daemon, exposure);

  pl_daemon_name_look (daemon->name, daemon->config);
  if (daemon->urls != NULL
      && g_strv_equal ((const char *const *) daemon->urls, (const char *const *) urls))
    return;
  for (guint i = 0; urls[i] != NULL; i++)
    pl_say ("%s %s", i == 0 ? "listening on" : "also", urls[i]);
  g_strfreev (daemon->urls);
  daemon->urls = g_steal_pointer (&urls);
  tell_manager (daemon);
}

static gboolean
apply_config (PlDaemon *daemon, PlConfig *config)
{
  g_autoptr (PlConfig) here = pl_config_dup_with_home (config, daemon->home);
  g_autoptr (GError) error = NULL;

  if (pl_port_check (here, daemon->config, &error) && pl_proxy_apply (daemon->proxy, here, &error))
    {
      g_clear_pointer (&daemon->config, pl_config_unref);
      daemon->config = g_steal_pointer (&here);
      look_out (daemon);
      return TRUE;
    }

  g_autofree char *refusal = pl_say_dup_refusal (error, config);
  pl_logs_make_room (daemon->logs);
  pl_say ("%s", refusal);
  return FALSE;
}

/* Others come as far as the door only if the firewall of the system lets them. */
static void
look_at_firewall (PlDaemon *daemon)
{
  if (daemon->config->exposure != PL_EXPOSURE_COMPUTER)
    pl_firewall_watch_look (daemon->firewall, daemon->config->port);
}

static void
firewall_changed_cb (gpointer user_data)
{
  PlDaemon *daemon = user_data;

  pl_logs_make_room (daemon->logs);
  pl_say_firewall (daemon->firewall, daemon->config->exposure);
}

static void
networks_changed_cb (gpointer user_data)
{
  PlDaemon *daemon = user_data;
  g_autoptr (PlTrust) home = pl_home_networks_read ();

  if (daemon->is_ending)
    return;
  pl_daemon_certificates_look (daemon->certificates);
  pl_daemon_name_look (daemon->name, daemon->config);
  look_at_firewall (daemon);
  if (pl_trust_equal (home, daemon->home))
    return;
  g_clear_pointer (&daemon->home, pl_trust_free);
  daemon->home = g_steal_pointer (&home);
  apply_config (daemon, daemon->config);
}

static void
certificates_changed_cb (gpointer user_data)
{
  PlDaemon *daemon = user_data;
  g_autoptr (PlConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  if (daemon->is_ending)
    return;
  config = pl_config_dup_with_home (daemon->config, daemon->home);
  if (!pl_daemon_certificates_equip (daemon->certificates, config, &error))
    pl_say ("%s", error->message);
  else if (apply_config (daemon, config))
    announce (daemon, config->exposure);
}

/* Returns: (transfer full) (nullable): the settings; @config: (out) (transfer full): what they come
 * to, certificates and all */
static PlSettings *
read_settings (PlDaemon *daemon, PlConfig **config, PlProblems *problems)
{
  g_autoptr (PlSettings) settings = pl_source_read (daemon->source, config, problems);

  if (settings == NULL
      || !pl_daemon_certificates_want (daemon->certificates, settings,
                                       pl_source_get_path (daemon->source), *config, problems))
    return NULL;
  return g_steal_pointer (&settings);
}

/* @config: as read_settings() has made it */
static gboolean
take_up (PlDaemon *daemon, PlConfig *config)
{
  gboolean is_applied = apply_config (daemon, config);

  if (is_applied)
    pl_daemon_certificates_hold (daemon->certificates);
  else
    pl_daemon_certificates_go_back (daemon->certificates);
  return is_applied;
}

static gboolean
apply_logs (PlDaemon *daemon, const PlSettings *settings)
{
  g_autoptr (GError) error = NULL;

  if (pl_logs_apply (daemon->logs, settings, pl_source_get_path (daemon->source), &error))
    return TRUE;
  pl_say ("%s", error->message);
  return FALSE;
}

/* With --upstream the lookout says it. */
static void
say_loops (PlDaemon *daemon)
{
  if (daemon->scope == PL_LOOKOUT_NOT_WELL)
    pl_loops_say (daemon->config);
}

static gboolean
reload_cb (gpointer user_data)
{
  PlDaemon *daemon = user_data;
  g_autoptr (PlProblems) problems = pl_problems_new ();
  g_autoptr (PlConfig) config = NULL;
  g_autoptr (PlSettings) settings = NULL;

  if (daemon->is_ending)
    return G_SOURCE_CONTINUE;
  pl_service_manager_tell_reloading (daemon->manager);
  settings = read_settings (daemon, &config, problems);
  gboolean is_applied = settings != NULL && take_up (daemon, config);
  pl_logs_make_room (daemon->logs);
  pl_say_problems (problems);
  if (is_applied)
    {
      apply_logs (daemon, settings);
      pl_say (_ ("the settings were read again and are in use"));
      pl_daemon_name_want (daemon->name, settings);
      announce (daemon, config->exposure);
      pl_daemon_certificates_say_others (daemon->certificates);
      pl_say_world (settings, FALSE);
      look_at_firewall (daemon);
      say_loops (daemon);
    }
  else
    pl_say (_ ("nothing was changed: the settings from before stay in use"));
  pl_service_manager_tell_ready (daemon->manager);
  return G_SOURCE_CONTINUE;
}

static gboolean
resize_cb (gpointer user_data)
{
  PlDaemon *daemon = user_data;
  pl_logs_resize (daemon->logs);
  return G_SOURCE_CONTINUE;
}

static void
drained_cb (gpointer user_data)
{
  PlDaemon *daemon = user_data;
  g_main_loop_quit (daemon->loop);
}

static gboolean
end_cb (gpointer user_data)
{
  PlDaemon *daemon = user_data;

  if (daemon->is_ending)
    {
      g_main_loop_quit (daemon->loop);
      return G_SOURCE_CONTINUE;
    }
  daemon->is_ending = TRUE;
  pl_service_manager_tell_stopping (daemon->manager);
  pl_daemon_name_end (daemon->name);
  pl_daemon_certificates_end (daemon->certificates);
  pl_logs_make_room (daemon->logs);
  pl_say (_ ("ending as soon as the requests that run are done; once more to end now"));
  pl_proxy_drain (daemon->proxy, DRAIN_MS, drained_cb, daemon);
  return G_SOURCE_CONTINUE;
}

static gboolean
start_demo (PlDaemon *daemon)
{
  g_autoptr (GError) error = NULL;

  daemon->demo = pl_demo_new (PL_DEMO_ERA_NOW, 0, &error);
  if (daemon->demo == NULL)
    {
      pl_say (_ ("The demo could not be started: %s"), error->message);
      return FALSE;
    }
  pl_source_set_demo_url (daemon->source, pl_demo_get_url (daemon->demo));
  return TRUE;
}

static gboolean
take_sockets (PlDaemon *daemon)
{
  g_autoptr (GError) error = NULL;

  if (pl_service_hand_over (daemon->manager, daemon->proxy, &error))
    return TRUE;
  pl_say ("%s", error->message);
  return FALSE;
}

/* Returns: the exit status, %PL_EXIT_FINE when all is up */
static PlExit
start (PlDaemon *daemon, gboolean with_demo)
{
  g_autoptr (PlProblems) problems = pl_problems_new ();
  g_autoptr (PlConfig) config = NULL;
  g_autoptr (PlSettings) settings = NULL;

  if ((with_demo && !start_demo (daemon)) || !take_sockets (daemon))
    return PL_EXIT_NOT_STARTED;
  settings = read_settings (daemon, &config, problems);
  pl_say_problems (problems);
  if (settings == NULL)
    return PL_EXIT_NOT_ALLOWED;
  if (!apply_logs (daemon, settings) || !take_up (daemon, config))
    return PL_EXIT_NOT_STARTED;
  pl_daemon_name_want (daemon->name, settings);
  announce (daemon, config->exposure);
  pl_say_world (settings, TRUE);
  pl_daemon_certificates_say (daemon->certificates);
  look_at_firewall (daemon);
  say_loops (daemon);
  pl_service_vouch (daemon->manager, daemon->proxy);
  pl_service_manager_tell_ready (daemon->manager);
  return PL_EXIT_FINE;
}

/* The proxy goes before what its last records and requests need. */
static void
clear (PlDaemon *daemon)
{
  g_clear_pointer (&daemon->networks, pl_network_watch_free);
  g_clear_pointer (&daemon->name, pl_daemon_name_free);
  g_clear_pointer (&daemon->certificates, pl_daemon_certificates_free);
  g_clear_pointer (&daemon->firewall, pl_firewall_watch_free);
  g_clear_pointer (&daemon->lookout, pl_lookout_free);
  g_clear_pointer (&daemon->manager, pl_service_manager_free);
  g_clear_pointer (&daemon->proxy, pl_proxy_free);
  g_clear_pointer (&daemon->demo, pl_demo_free);
  g_clear_pointer (&daemon->turned_away, pl_turned_away_log_free);
  g_clear_pointer (&daemon->logs, pl_logs_free);
  g_clear_pointer (&daemon->source, pl_source_free);
  g_clear_pointer (&daemon->loop, g_main_loop_unref);
  g_clear_pointer (&daemon->urls, g_strfreev);
  g_clear_pointer (&daemon->config, pl_config_unref);
  g_clear_pointer (&daemon->home, pl_trust_free);
}

PlExit
pl_daemon_run (const PlOptions *options)
{
  const PlSignals signals = { .end = end_cb, .reload = reload_cb, .resize = resize_cb };
  const char *superuser = pl_process_get_superuser ();
  PlDaemon daemon = { 0 };

  if (superuser != NULL)
    /* Translators: the user with every right: "root" */
    pl_say (_ ("running as %s is not needed; an ordinary user is enough"), superuser);
  daemon.manager = pl_service_manager_new ();
  daemon.loop = g_main_loop_new (NULL, FALSE);
  daemon.source = pl_source_new (options);
  daemon.logs = pl_logs_new (report_cb, &daemon);
  daemon.certificates = pl_daemon_certificates_new (certificates_changed_cb, &daemon);
  daemon.networks = pl_network_watch_new (networks_changed_cb, &daemon);
  daemon.firewall = pl_firewall_watch_new (firewall_changed_cb, &daemon);
  daemon.home = pl_home_networks_read ();
  daemon.turned_away
      = pl_turned_away_log_new (TURNED_AWAY_INTERVAL_MS, say_turned_away_cb, &daemon);
  daemon.lookout = pl_lookout_new (judged_cb, &daemon);
  daemon.scope = options->upstream != NULL ? PL_LOOKOUT_UNASKED : PL_LOOKOUT_NOT_WELL;
  daemon.proxy = pl_proxy_new (records_cb, &daemon);
  daemon.name = pl_daemon_name_new (daemon.proxy, daemon.certificates, make_room_cb, &daemon);
  pl_proxy_set_status_func (daemon.proxy, status_cb, &daemon);
  pl_proxy_set_turned_away_func (daemon.proxy, turned_away_cb, &daemon);

  /* First of all: whoever reads that we listen may signal at once. */
  pl_signals_listen (&signals, &daemon);
  PlExit exit_status = start (&daemon, options->demo);
  if (exit_status == PL_EXIT_FINE)
    g_main_loop_run (daemon.loop);
  daemon.is_ending = TRUE;
  clear (&daemon);
  return exit_status;
}
