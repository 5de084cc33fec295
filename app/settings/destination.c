/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The two shapes an Immich has had, as groups of a settings file. */

#include "app/settings/destination.h"

/* The server part's, in all versions that had one. */
#define SERVER_PING "/server-info/ping"

static void
put (PlSettings *settings, const char *group, const char *key, const char *text)
{
  g_autoptr (GError) error = NULL;

  if (!pl_settings_set (settings, group, key, text, &error))
    g_critical ("[%s] %s=%s: %s", group, key, text, error->message);
}

static void
remove_destinations (PlSettings *settings)
{
  pl_settings_remove_groups (settings, "route");
  pl_settings_remove_groups (settings, "upstream");
}

void
pl_settings_point_at (PlSettings *settings, const char *urls, const char *health_path)
{
  remove_destinations (settings);
  put (settings, "upstream immich", "urls", urls);
  if (health_path != NULL)
    put (settings, "upstream immich", "health-path", health_path);
  put (settings, "route everything", "path", "/");
  put (settings, "route everything", "upstream", "immich");
}

void
pl_settings_point_at_parts (PlSettings *settings, const char *server_urls, const char *web_urls)
{
  remove_destinations (settings);
  put (settings, "upstream server", "urls", server_urls);
  put (settings, "upstream server", "health-path", SERVER_PING);
  put (settings, "upstream web", "urls", web_urls);
  put (settings, "route api", "path", "/api");
  put (settings, "route api", "strip-prefix", "true");
  put (settings, "route api", "upstream", "server");
  put (settings, "route web", "path", "/");
  put (settings, "route web", "upstream", "web");
}
