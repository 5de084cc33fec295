/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything here happens on the main thread; what the engine does comes in as callbacks. Lines on
 * standard error that other programs wait for ("listening on") are not translated. */

#include "app/daemon/daemon.h"

#include "app/daemon/certificates.h"
#include "app/daemon/logs.h"
#include "app/daemon/loops.h"
#include "app/daemon/name.h"
#include "app/daemon/opening.h"
#include "app/daemon/say.h"
#include "app/daemon/service.h"
#include "app/daemon/source.h"
#include "app/daemon/urls.h"
#include "app/engine/firewall_watch.h"
#include "app/engine/home_networks.h"
#include "app/engine/lookout.h"
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
 * @lookout: who is where Immich should be, but is not known to be
 * @scope: of @lookout: whoever writes a file says in it whether Immich is asked for its health
 * @networks: tells when the computer comes into other networks
 * @firewall: whether others get as far as the door
 * @certificates: those to encrypt with
 * @home: those that are home
 * @name: by which devices at home find this computer
 * @opening: who may come in, by the settings and for a while
 * @config: (nullable): what was applied last
 * @urls: where it is reached, as last said
 * @is_ending: the first signal to end has come
 * @exit_status: once it has ended
 */
typedef struct
{
  GMainLoop *loop;
  PlServiceManager *manager;
  PlSource *source;
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
  PlDaemonOpening *opening;
  PlConfig *config;
  PlDaemonUrls *urls;
  gboolean is_ending;
  PlExit exit_status;
} PlDaemon;

static void
report_cb (const char *message, gboolean is_over, gpointer user_data)
{
  pl_say ("%s", message);
}

static void
records_cb (GPtrArray *records, guint64 n_dropped, gpointer user_data)
{
  PlDaemon *daemon = user_data;
  g_autoptr (GPtrArray) logins = pl_login_lines_dup (records);

  pl_logs_add (daemon->logs, records, n_dropped);
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
  if (judgment->kind != PL_VERDICT_PORCHLIGHT && judgment->kind != PL_VERDICT_OTHER)
    return;
  pl_say ("%s: %s", url, judgment->words);
}

static void
tell_manager (PlDaemon *daemon)
{
  const char *const *urls = pl_daemon_urls_get (daemon->urls);

  if (urls != NULL)
    pl_service_tell_health (daemon->manager, daemon->proxy, urls);
}

static void
status_cb (const PlEndpointStatus *status, gpointer user_data)
{
  PlDaemon *daemon = user_data;

  look_out (daemon);
  tell_manager (daemon);
  pl_say_health (status);
}

static void
announce (PlDaemon *daemon)
{
  pl_daemon_name_look (daemon->name, daemon->config);
  if (pl_daemon_urls_say (daemon->urls, daemon->proxy, daemon->config,
                          pl_daemon_certificates_get (daemon->certificates)))
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

  pl_say_firewall (daemon->firewall, daemon->config->exposure);
}

static void
networks_changed_cb (gpointer user_data)
{
  PlDaemon *daemon = user_data;
  g_autoptr (PlTrust) home = pl_home_networks_read ();

  if (daemon->is_ending)
    return;
  pl_daemon_opening_look (daemon->opening);
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
    announce (daemon);
}

static gboolean
let_in_cb (gpointer user_data)
{
  PlDaemon *daemon = user_data;
  g_autoptr (PlConfig) config = NULL;

  config = pl_config_dup_with_home (daemon->config, daemon->home);
  pl_daemon_opening_welcome (daemon->opening, NULL, config);
  if (daemon->is_ending)
    {
      /* What still runs may not be welcome any more. */
      pl_proxy_turn_away (daemon->proxy, config);
      return TRUE;
    }
  if (!apply_config (daemon, config))
    return FALSE;
  announce (daemon);
  look_at_firewall (daemon);
  return TRUE;
}

static void
shut_cb (gpointer user_data)
{
  PlDaemon *daemon = user_data;

  daemon->exit_status = PL_EXIT_NOT_STARTED;
  g_main_loop_quit (daemon->loop);
}

static const PlDaemonOpeningFuncs opening_funcs = { let_in_cb, shut_cb };

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
  pl_daemon_opening_welcome (daemon->opening, settings, *config);
  return g_steal_pointer (&settings);
}

/* @config: as read_settings() has made it of @settings */
static gboolean
take_up (PlDaemon *daemon, const PlSettings *settings, PlConfig *config)
{
  gboolean is_applied = apply_config (daemon, config);

  if (is_applied)
    {
      pl_daemon_certificates_hold (daemon->certificates);
      pl_daemon_opening_hold (daemon->opening, settings);
    }
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
  gboolean is_applied = settings != NULL && take_up (daemon, settings, config);
  pl_say_problems (problems);
  if (is_applied)
    {
      apply_logs (daemon, settings);
      pl_say (_ ("the settings were read again and are in use"));
      pl_daemon_name_want (daemon->name, settings);
      announce (daemon);
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
  pl_daemon_opening_end (daemon->opening);
  pl_daemon_name_end (daemon->name);
  pl_daemon_certificates_end (daemon->certificates);
  pl_say (_ ("ending as soon as the requests that run are done; once more to end now"));
  pl_proxy_drain (daemon->proxy, DRAIN_MS, drained_cb, daemon);
  return G_SOURCE_CONTINUE;
}

static gboolean
prepare (PlDaemon *daemon, gboolean with_demo)
{
  g_autoptr (GError) error = NULL;

  if ((!with_demo || pl_source_start_demo (daemon->source, &error))
      && pl_service_hand_over (daemon->manager, daemon->proxy, &error))
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

  if (!prepare (daemon, with_demo))
    return PL_EXIT_NOT_STARTED;
  settings = read_settings (daemon, &config, problems);
  pl_say_problems (problems);
  if (settings == NULL)
    return PL_EXIT_NOT_ALLOWED;
  if (!apply_logs (daemon, settings) || !take_up (daemon, settings, config))
    return PL_EXIT_NOT_STARTED;
  pl_daemon_opening_listen (daemon->opening);
  pl_daemon_name_want (daemon->name, settings);
  announce (daemon);
  pl_say_world (settings, TRUE);
  pl_daemon_opening_say (daemon->opening);
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
  g_clear_pointer (&daemon->opening, pl_daemon_opening_free);
  g_clear_pointer (&daemon->name, pl_daemon_name_free);
  g_clear_pointer (&daemon->certificates, pl_daemon_certificates_free);
  g_clear_pointer (&daemon->firewall, pl_firewall_watch_free);
  g_clear_pointer (&daemon->lookout, pl_lookout_free);
  g_clear_pointer (&daemon->manager, pl_service_manager_free);
  g_clear_pointer (&daemon->proxy, pl_proxy_free);
  g_clear_pointer (&daemon->turned_away, pl_turned_away_log_free);
  g_clear_pointer (&daemon->logs, pl_logs_free);
  g_clear_pointer (&daemon->source, pl_source_free);
  g_clear_pointer (&daemon->loop, g_main_loop_unref);
  g_clear_pointer (&daemon->urls, pl_daemon_urls_free);
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
  daemon.opening
      = pl_daemon_opening_new (pl_source_get_path (daemon.source), &opening_funcs, &daemon);
  daemon.urls = pl_daemon_urls_new ();
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
  daemon.name = pl_daemon_name_new (daemon.proxy, daemon.certificates);
  pl_proxy_set_status_func (daemon.proxy, status_cb, &daemon);
  pl_proxy_set_turned_away_func (daemon.proxy, turned_away_cb, &daemon);

  /* First of all: whoever reads that we listen may signal at once. */
  pl_signals_listen (&signals, &daemon);
  daemon.exit_status = start (&daemon, options->demo);
  if (daemon.exit_status == PL_EXIT_FINE)
    g_main_loop_run (daemon.loop);
  daemon.is_ending = TRUE;
  clear (&daemon);
  return daemon.exit_status;
}
