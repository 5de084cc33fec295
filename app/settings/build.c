/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two passes: pl_settings_review() judges each value for itself, then the configuration is
 * composed, with initial values in place of bad ones, to find what does not fit together. So one
 * reading names every mistake there is. */

#include "app/settings/build.h"

#include <gio/gio.h>
#include <string.h>

#include "app/i18n.h"
#include "app/settings/immich_address.h"
#include "app/settings/proof.h"
#include "app/settings/review.h"
#include "app/settings/table.h"

static void
build_listen (PlConfig *config, const PlSettings *settings)
{
  g_auto (GStrv) bind = pl_settings_dup_list (settings, "listen", "bind");

  pl_config_set_listen (config, (guint16) pl_settings_get_number (settings, "listen", "port"),
                        (PlExposure) pl_settings_get_choice (settings, "listen", "exposure"),
                        pl_settings_get_number (settings, "listen", "workers"));
  pl_config_set_bind (config, (const char *const *) bind, NULL);
}

static gboolean
is_for_this_computer (const char *bind)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (bind);

  return address == NULL || g_inet_address_get_is_any (address)
         || g_inet_address_get_is_loopback (address);
}

static void
build_plain (PlConfig *config, const PlSettings *settings)
{
  pl_config_set_plain (config, (PlPlainRule) pl_settings_get_choice (settings, "tls", "plain"),
                       pl_settings_get_switch (settings, "tls", "hsts"));
}

/* With exposure=computer only this computer may come in, and by the loopback addresses alone. */
static void
warn_of_vain_bind (const PlConfig *config, const PlSettings *settings, PlProblems *problems)
{
  g_autofree char *bind = NULL;

  if (config->exposure != PL_EXPOSURE_COMPUTER || config->bind == NULL)
    return;
  for (guint i = 0; config->bind[i] != NULL; i++)
    if (is_for_this_computer (config->bind[i]))
      return;
  bind = pl_settings_dup_text (settings, "listen", "bind");
  pl_problems_add (problems, PL_PROBLEM_WARNING,
                   _ ("%s: [listen] bind=%s lets nobody in while exposure=computer: set "
                      "exposure=network, or leave bind= empty"),
                   pl_settings_get_name (settings), bind);
}

static gboolean
is_this_computer (const char *address_text)
{
  PlAddress address;

  return pl_address_parse (pl_slice_from_string (address_text), &address)
         && pl_address_is_loopback (&address);
}

static void
build_turned_away (PlConfig *config, const PlSettings *settings, PlProblems *problems)
{
  g_auto (GStrv) devices = pl_settings_dup_list (settings, "door", "turned-away");

  for (guint i = 0; devices[i] != NULL; i++)
    {
      pl_door_turn_away (config->door, devices[i], NULL);
      if (is_this_computer (devices[i]))
        pl_problems_add (
            problems, PL_PROBLEM_WARNING,
            _ ("%s: [door] turned-away=%s turns nobody away: this computer is always let "
               "in"),
            pl_settings_get_name (settings), devices[i]);
    }
}

static void
build_door (PlConfig *config, const PlSettings *settings)
{
  g_auto (GStrv) also = pl_settings_dup_list (settings, "door", "also-links");

  pl_door_set_rule (config->door, PL_CIRCLE_HOME,
                    (PlDoorRule) pl_settings_get_choice (settings, "door", "home"));
  pl_door_set_rule (config->door, PL_CIRCLE_WORLD,
                    (PlDoorRule) pl_settings_get_choice (settings, "door", "world"));
  pl_door_set_guest_uploads (config->door,
                             pl_settings_get_switch (settings, "door", "guest-uploads"));
  pl_door_set_limits (config->door, pl_settings_get_switch (settings, "door", "limits"));
  pl_door_set_guard (config->door, pl_settings_get_switch (settings, "door", "guard"));
  for (guint i = 0; also[i] != NULL; i++)
    pl_door_also (config->door, also[i], NULL);
}

static void
build_trusted (PlConfig *config, const PlSettings *settings)
{
  g_auto (GStrv) networks = pl_settings_dup_list (settings, "forwarding", "trusted-proxies");

  for (guint i = 0; networks[i] != NULL; i++)
    pl_config_trust (config, networks[i], NULL);
}

/* How those of its addresses that encrypt show who they are. */
static void
build_proof (PlUpstreamConfig *upstream,
             const PlSettings *settings,
             const char *group,
             PlProblems *problems)
{
  g_autofree char *path = pl_settings_dup_text (settings, group, "ca-file");
  g_autoptr (GError) error = NULL;

  upstream->proof = pl_settings_new_proof (settings, group, &error);
  if (error != NULL)
    pl_problems_add (problems, PL_PROBLEM_ERROR, _ ("%s: [%s] ca-file=%s cannot be used: %s"),
                     pl_settings_get_name (settings), group, path, error->message);
  else if (!upstream->proof->verifies)
    pl_problems_add (problems, PL_PROBLEM_WARNING,
                     _ ("%s: [%s] verify-tls=false: what goes to Immich is encrypted, but whoever "
                        "is on the way may pretend to be it"),
                     pl_settings_get_name (settings), group);
}

static void
add_address (PlUpstreamConfig *upstream, const PlImmichAddress *address)
{
  if (address->encrypts)
    pl_upstream_config_add_encrypted (upstream, address->host, address->port, NULL);
  else
    pl_upstream_config_add (upstream, address->host, address->port, NULL);
}

static void
build_upstream (PlConfig *config,
                const PlSettings *settings,
                const char *group,
                PlProblems *problems)
{
  PlUpstreamConfig *upstream = pl_config_add_upstream (config, pl_setting_get_group_name (group));
  g_auto (GStrv) urls = pl_settings_dup_list (settings, group, "urls");
  g_autofree char *health_path = pl_settings_dup_text (settings, group, "health-path");
  gboolean encrypts = FALSE;

  for (guint i = 0; urls[i] != NULL; i++)
    {
      g_autoptr (PlImmichAddress) address = pl_immich_address_read (urls[i], NULL);
      if (address != NULL)
        add_address (upstream, address);
      encrypts |= address != NULL && address->encrypts;
    }
  if (encrypts)
    build_proof (upstream, settings, group, problems);
  upstream->balance = (PlBalance) pl_settings_get_choice (settings, group, "balance");
  if (*health_path != '\0')
    upstream->health_path = g_steal_pointer (&health_path);
  upstream->health_interval_ms
      = 1000 * pl_settings_get_number (settings, group, "health-interval-s");
  upstream->connect_timeout_ms
      = 1000 * pl_settings_get_number (settings, group, "connect-timeout-s");
  upstream->response_timeout_ms
      = 1000 * pl_settings_get_number (settings, group, "response-timeout-s");
}

static void
build_upstreams (PlConfig *config, const PlSettings *settings, PlProblems *problems)
{
  g_auto (GStrv) groups = pl_settings_dup_groups (settings, "upstream");

  for (guint i = 0; groups[i] != NULL; i++)
    {
      const char *name = pl_setting_get_group_name (groups[i]);
      if (pl_config_find_upstream (config, name) >= 0)
        pl_problems_add (problems, PL_PROBLEM_ERROR, _ ("%s: there are two groups [upstream %s]"),
                         pl_settings_get_name (settings), name);
      else
        build_upstream (config, settings, groups[i], problems);
    }
  if (config->n_upstreams == 0)
    pl_problems_add (problems, PL_PROBLEM_ERROR,
                     _ ("%s: nothing says where Immich is: add [upstream immich] and below it "
                        "urls=%s"),
                     pl_settings_get_name (settings), PL_SETTINGS_IMMICH);
}

/* A missing upstream= was found by the review; here it is only whether there is such an upstream.
 */
static int
find_upstream (PlConfig *config,
               const PlSettings *settings,
               const char *group,
               PlProblems *problems)
{
  g_autofree char *name = pl_settings_dup_text (settings, group, "upstream");
  int upstream = pl_config_find_upstream (config, name);

  if (upstream < 0 && pl_settings_has (settings, group, "upstream"))
    pl_problems_add (problems, PL_PROBLEM_ERROR,
                     _ ("%s: [%s] upstream=%s is not allowed: there is no [upstream %s]"),
                     pl_settings_get_name (settings), group, name, name);
  return upstream;
}

/* A value that may not stand was found by the review; its initial one would only seem to be a
 * second route for "/". */
static gboolean
has_bad (const PlSettings *settings, const char *group, const char *key)
{
  g_autofree char *text = NULL;

  if (!pl_settings_has (settings, group, key))
    return FALSE;
  text = pl_settings_dup_checked (settings, group, key, NULL);
  return text == NULL;
}

static void
build_route (PlConfig *config, const PlSettings *settings, const char *group, PlProblems *problems)
{
  g_autofree char *host = pl_settings_dup_text (settings, group, "host");
  g_autofree char *path = pl_settings_dup_text (settings, group, "path");
  int upstream = find_upstream (config, settings, group, problems);

  if (has_bad (settings, group, "path") || has_bad (settings, group, "host"))
    return;
  if (pl_route_table_add (config->routes, pl_setting_get_group_name (group),
                          *host != '\0' ? host : NULL, path,
                          pl_settings_get_switch (settings, group, "strip-prefix"),
                          (guint) MAX (upstream, 0), NULL))
    return;
  pl_problems_add (problems, PL_PROBLEM_ERROR,
                   _ ("%s: [%s] path=%s is not allowed: another route has the same path and host"),
                   pl_settings_get_name (settings), group, path);
}

/* The one that every request goes to, where nobody said more. */
static void
build_only_route (PlConfig *config, const PlSettings *settings, PlProblems *problems)
{
  if (config->n_upstreams == 1)
    pl_route_table_add (config->routes, "everything", NULL, "/", FALSE, 0, NULL);
  else if (config->n_upstreams > 1)
    pl_problems_add (problems, PL_PROBLEM_ERROR,
                     _ ("%s: nothing says which upstream gets what: add [route everything] and "
                        "below it path=/ and upstream=%s"),
                     pl_settings_get_name (settings), config->upstreams[0].name);
}

static void
build_routes (PlConfig *config, const PlSettings *settings, PlProblems *problems)
{
  g_auto (GStrv) groups = pl_settings_dup_groups (settings, "route");

  for (guint i = 0; groups[i] != NULL; i++)
    build_route (config, settings, groups[i], problems);
  if (groups[0] == NULL)
    build_only_route (config, settings, problems);
}

PlConfig *
pl_settings_new_config (const PlSettings *settings, PlProblems *problems)
{
  g_autoptr (PlConfig) config = pl_config_new ();

  pl_settings_review (settings, problems);
  build_listen (config, settings);
  warn_of_vain_bind (config, settings, problems);
  build_plain (config, settings);
  build_trusted (config, settings);
  build_door (config, settings);
  build_turned_away (config, settings, problems);
  build_upstreams (config, settings, problems);
  build_routes (config, settings, problems);
  return pl_problems_has_errors (problems) ? NULL : g_steal_pointer (&config);
}
