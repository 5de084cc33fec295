/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/proxy/config.h"

#include "net/client/arrival/arrival.h"
#include "net/i18n.h"

PlConfig *
pl_config_new (void)
{
  PlConfig *config = g_new0 (PlConfig, 1);

  g_atomic_ref_count_init (&config->ref_count);
  config->port = 8080;
  config->exposure = PL_EXPOSURE_COMPUTER;
  config->routes = pl_route_table_new ();
  config->trusted = pl_trust_new ();
  config->home = pl_trust_new ();
  config->door = pl_door_new ();
  return config;
}

PlConfig *
pl_config_ref (PlConfig *config)
{
  g_atomic_ref_count_inc (&config->ref_count);
  return config;
}

PlConfig *
pl_config_dup_with_home (PlConfig *config, const PlTrust *home)
{
  PlConfig *origin = config->origin != NULL ? config->origin : config;
  PlConfig *copy = g_memdup2 (config, sizeof *config);

  g_atomic_ref_count_init (&copy->ref_count);
  copy->origin = pl_config_ref (origin);
  copy->home = pl_trust_dup (home);
  copy->door = pl_door_dup (config->door);
  copy->tls = config->tls != NULL ? pl_tls_context_ref (config->tls) : NULL;
  copy->own_pages = config->own_pages != NULL ? pl_own_pages_ref (config->own_pages) : NULL;
  return copy;
}

void
pl_config_let_in (PlConfig *config, PlExposure exposure, PlDoorRule world)
{
  config->exposure = exposure;
  pl_door_set_rule (config->door, PL_CIRCLE_WORLD, world);
}

/* Who is there, and who may stay */

gboolean
pl_config_admits (const PlConfig *config, const PlAddress *client)
{
  return pl_exposure_admits (config->exposure, config->home, client);
}

gboolean
pl_config_lets_stay (const PlConfig *config, const PlAddress *client)
{
  return pl_config_admits (config, client) && !pl_door_turns_away (config->door, client);
}

/* The end */

static void
free_own (PlConfig *config)
{
  for (guint i = 0; i < config->n_upstreams; i++)
    pl_upstream_config_clear (&config->upstreams[i]);
  g_free (config->upstreams);
  g_strfreev (config->bind);
  pl_route_table_free (config->routes);
  pl_trust_free (config->trusted);
}

void
pl_config_unref (PlConfig *config)
{
  if (!g_atomic_ref_count_dec (&config->ref_count))
    return;
  pl_trust_free (config->home);
  pl_door_free (config->door);
  g_clear_pointer (&config->tls, pl_tls_context_unref);
  g_clear_pointer (&config->own_pages, pl_own_pages_unref);
  if (config->origin != NULL)
    pl_config_unref (config->origin);
  else
    free_own (config);
  g_free (config);
}

void
pl_config_set_listen (PlConfig *config, guint16 port, PlExposure exposure, guint n_workers)
{
  config->port = port;
  config->exposure = exposure;
  config->n_workers = n_workers;
}

gboolean
pl_config_set_bind (PlConfig *config, const char *const *addresses, GError **error)
{
  PlAddress address;

  for (guint i = 0; addresses[i] != NULL; i++)
    if (!pl_address_parse (pl_slice_from_string (addresses[i]), &address) || address.port != 0)
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                     _ ("“%s” is not an address such as 192.168.1.20 or fd00::20"), addresses[i]);
        return FALSE;
      }
  g_strfreev (config->bind);
  config->bind = addresses[0] != NULL ? g_strdupv ((char **) addresses) : NULL;
  return TRUE;
}

void
pl_config_set_own_pages (PlConfig *config, PlOwnPages *pages)
{
  if (pages != NULL)
    pl_own_pages_ref (pages);
  g_clear_pointer (&config->own_pages, pl_own_pages_unref);
  config->own_pages = pages;
}

gboolean
pl_config_trust (PlConfig *config, const char *cidr, GError **error)
{
  return pl_trust_add (config->trusted, cidr, error);
}

gboolean
pl_config_set_tls (PlConfig *config,
                   const PlTlsCertificate *certificates,
                   guint n_certificates,
                   GError **error)
{
  PlTlsContext *tls
      = pl_tls_context_new_server (certificates, n_certificates, pl_arrival_protocols, error);

  if (tls == NULL)
    return FALSE;
  g_clear_pointer (&config->tls, pl_tls_context_unref);
  config->tls = tls;
  return TRUE;
}

gboolean
pl_config_add_challenge (PlConfig *config,
                         const char *name,
                         const PlTlsCertificate *certificate,
                         GError **error)
{
  g_return_val_if_fail (config->tls != NULL, FALSE);

  return pl_tls_context_add_challenge (config->tls, name, certificate, error);
}

void
pl_config_set_plain (PlConfig *config, PlPlainRule plain, gboolean hsts)
{
  config->plain = plain;
  config->hsts = hsts;
}

PlUpstreamConfig *
pl_config_add_upstream (PlConfig *config, const char *name)
{
  PlUpstreamConfig *upstream;

  config->upstreams = g_renew (PlUpstreamConfig, config->upstreams, config->n_upstreams + 1);
  upstream = &config->upstreams[config->n_upstreams++];
  pl_upstream_config_init (upstream, name);
  return upstream;
}

int
pl_config_find_upstream (const PlConfig *config, const char *name)
{
  for (guint i = 0; i < config->n_upstreams; i++)
    if (g_str_equal (config->upstreams[i].name, name))
      return (int) i;
  return -1;
}
