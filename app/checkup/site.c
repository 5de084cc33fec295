/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/checkup/site.h"

static gboolean
find_strips_api (const PlSettings *settings)
{
  g_auto (GStrv) routes = pl_settings_dup_groups (settings, "route");

  for (guint i = 0; routes[i] != NULL; i++)
    {
      g_autofree char *path = pl_settings_dup_text (settings, routes[i], "path");
      if (g_str_equal (path, "/api")
          && pl_settings_get_switch (settings, routes[i], "strip-prefix"))
        return TRUE;
    }
  return FALSE;
}

static guint
find_response_timeout (const PlSettings *settings)
{
  g_auto (GStrv) upstreams = pl_settings_dup_groups (settings, "upstream");
  guint shortest_s = G_MAXUINT;

  for (guint i = 0; upstreams[i] != NULL; i++)
    shortest_s
        = MIN (shortest_s, pl_settings_get_number (settings, upstreams[i], "response-timeout-s"));
  return shortest_s;
}

/* (nullable): the name of the upstream that `/api` goes to: by its own route, or by that of all */
static char *
dup_api_upstream (const PlSettings *settings)
{
  g_auto (GStrv) routes = pl_settings_dup_groups (settings, "route");
  char *found = NULL;

  for (guint i = 0; routes[i] != NULL; i++)
    {
      g_autofree char *path = pl_settings_dup_text (settings, routes[i], "path");
      if (!g_str_equal (path, "/api") && (found != NULL || !g_str_equal (path, "/")))
        continue;
      g_free (found);
      found = pl_settings_dup_text (settings, routes[i], "upstream");
    }
  return found;
}

/* The engine's list, and not the settings, says where requests go: the demo is in no settings. A
 * single upstream needs no route; and where routes are only for parts of `/api`, any may be asked.
 */
static char **
dup_upstream_urls (PlEngine *engine)
{
  GListModel *list = G_LIST_MODEL (pl_engine_get_upstreams (engine));
  g_autofree char *name = dup_api_upstream (pl_engine_get_settings (engine));
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (PlUpstreamItem) item = g_list_model_get_item (list, i);
      g_autofree char *url = pl_upstream_item_dup_url (item);
      if (pl_engine_get_demo (engine) || name == NULL
          || g_str_equal (pl_upstream_item_get_upstream (item), name))
        g_strv_builder_add (urls, url);
    }
  return g_strv_builder_end (urls);
}

/* As the engine asks those that requests for `/api` go to. The demo is no https. */
static void
find_proof (PlCheckSite *site, const PlSettings *settings)
{
  g_auto (GStrv) groups = pl_settings_dup_groups (settings, "upstream");
  g_autofree char *name = dup_api_upstream (settings);
  g_autofree char *group = name != NULL ? g_strconcat ("upstream ", name, NULL) : NULL;
  const char *asked = group != NULL ? group : groups[0];

  if (asked == NULL)
    return;
  site->proof = pl_settings_find_proof (settings, asked);
  site->ca_file = pl_settings_dup_text (settings, asked, "ca-file");
}

PlCheckSite *
pl_check_site_new (PlEngine *engine)
{
  const PlSettings *settings = pl_engine_get_settings (engine);
  gboolean is_demo = pl_engine_get_demo (engine);
  PlCheckSite *site = g_new (PlCheckSite, 1);

  *site = (PlCheckSite){
    .is_encrypted = pl_engine_is_encrypted (engine),
    .is_for_home = pl_engine_get_fingerprint (engine) != NULL,
    .is_awaited = pl_engine_is_certificate_awaited (engine),
    .trusted_pem = pl_engine_dup_trusted (engine),
    .encryption_words = g_strdup (pl_engine_get_encryption_words (engine)),
    .acme_words = g_strdup (pl_engine_get_acme_words (engine)),
    .is_acme_busy = pl_engine_is_acme_busy (engine),
    .local_url = g_strdup (pl_engine_get_local_url (engine)),
    .port = pl_engine_get_port (engine),
    .exposure = pl_engine_get_exposure (engine),
    .world = pl_engine_get_world (engine),
    .home = (PlDoorRule) pl_settings_get_choice (settings, "door", "home"),
    .has_guest_uploads = pl_settings_get_switch (settings, "door", "guest-uploads"),
    .also_links = pl_settings_dup_list (settings, "door", "also-links"),
    .is_paused = pl_engine_get_paused (engine),
    .addresses = g_strdupv ((char **) pl_engine_get_addresses (engine)),
    .upstream_urls = dup_upstream_urls (engine),
    .strips_api = !is_demo && find_strips_api (settings),
    .response_timeout_s = find_response_timeout (settings),
    .interfaces = pl_interfaces_read (),
    .firewall_words = g_strdup (pl_engine_get_firewall_words (engine)),
    .firewall_commands = pl_engine_dup_firewall_commands (engine),
    .name_state = pl_engine_get_name_state (engine),
    .name_url = pl_engine_dup_name_url (engine),
    .name_words = pl_engine_dup_name_words (engine),
    .engine = g_object_ref (engine),
  };
  find_proof (site, settings);
  site->certificate_words
      = g_strdup (pl_engine_get_certificate_words (engine, &site->certificate_is_grave));
  return site;
}

void
pl_check_site_free (PlCheckSite *site)
{
  g_free (site->local_url);
  g_strfreev (site->addresses);
  g_strfreev (site->upstream_urls);
  g_clear_pointer (&site->proof, pl_proof_unref);
  g_free (site->ca_file);
  g_strfreev (site->also_links);
  g_array_unref (site->interfaces);
  g_free (site->trusted_pem);
  g_free (site->encryption_words);
  g_free (site->acme_words);
  g_free (site->certificate_words);
  g_free (site->firewall_words);
  g_free (site->firewall_commands);
  g_free (site->name_url);
  g_free (site->name_words);
  g_clear_object (&site->engine);
  g_free (site);
}

gboolean
pl_check_site_sees_links (const PlCheckSite *site, const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  PlAddress address;

  if (host == NULL || !pl_address_parse (pl_slice_from_string (host), &address))
    return FALSE;
  switch (pl_circle_find (&address, NULL))
    {
    case PL_CIRCLE_COMPUTER:
      return FALSE;
    case PL_CIRCLE_HOME:
      return site->home == PL_DOOR_LINKS;
    case PL_CIRCLE_WORLD:
      return site->world == PL_DOOR_LINKS;
    }
  g_return_val_if_reached (FALSE);
}
