/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The configuration of the engine: filled once, checked, and from then on an immutable value
 * that workers share by reference. Knows nothing of files. */

#pragma once

#include <gio/gio.h>

#include "net/exchange/own_pages.h"
#include "net/io/tls.h"
#include "net/route/door.h"
#include "net/route/plain.h"
#include "net/route/table.h"
#include "net/route/trust.h"
#include "net/upstream/config.h"

/**
 * PlConfig:
 * @port: 1-65535
 * @exposure: who may come in
 * @bind: (nullable): %NULL-terminated literal addresses to bind instead of what @exposure says
 * @n_workers: 1-64; 0: min (4, cores)
 * @upstreams, @n_upstreams: in the order added; an index here is #PlRoute.upstream
 * @routes: at least one
 * @trusted: networks whose forwarding fields are believed; never %NULL, may be empty
 * @tls: (nullable): with which certificates clients may encrypt; %NULL: they cannot
 * @plain: who is still served without encryption where there is @tls
 * @hsts: browsers that came encrypted are told to come so alone for a year
 * @home: networks that are home beside the private addresses; never %NULL, may be empty
 * @door: who may see what; never %NULL; to be filled until the configuration is applied
 * @own_pages: (nullable): what is served below %PL_OWN_PAGES_PREFIX; %NULL: that is sent on, too
 *
 * Read-only for everybody but pl_config_*().
 */
typedef struct _PlConfig
{
  guint16 port;
  PlExposure exposure;
  char **bind;
  guint n_workers;
  PlUpstreamConfig *upstreams;
  guint n_upstreams;
  PlRouteTable *routes;
  PlTrust *trusted;
  PlTlsContext *tls;
  PlPlainRule plain;
  gboolean hsts;
  PlTrust *home;
  PlDoor *door;
  PlOwnPages *own_pages;
  /*< private >*/
  struct _PlConfig *origin; /* (nullable): whom all but @home, @tls, @door and @own_pages belongs
                             * to */
  gatomicrefcount ref_count;
} PlConfig;

/** pl_config_new: (transfer full): port 8080, exposure computer, automatic workers, no upstream, no
 * route. */
PlConfig *pl_config_new (void);
PlConfig *pl_config_ref (PlConfig *config);
void pl_config_unref (PlConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlConfig, pl_config_unref)

void pl_config_set_listen (PlConfig *config, guint16 port, PlExposure exposure, guint n_workers);

/**
 * pl_config_set_bind:
 * @addresses: %NULL-terminated literal addresses without ports; empty: as exposure says
 *
 * Returns: %FALSE with @error (%G_IO_ERROR_INVALID_ARGUMENT) when one is not a literal address
 */
gboolean pl_config_set_bind (PlConfig *config, const char *const *addresses, GError **error);

/** pl_config_trust: adds a network to the trusted ones; errors as pl_trust_add(). */
gboolean pl_config_trust (PlConfig *config, const char *cidr, GError **error);

/** pl_config_set_own_pages: takes a reference to @pages (nullable). */
void pl_config_set_own_pages (PlConfig *config, PlOwnPages *pages);

/**
 * pl_config_set_tls:
 * @certificates: at least one; see pl_tls_context_new_server() for the rest
 *
 * From now on clients may encrypt, on the same port; what a connection begins with tells. In place
 * of what was set before.
 */
gboolean pl_config_set_tls (PlConfig *config,
                            const PlTlsCertificate *certificates,
                            guint n_certificates,
                            GError **error);

/**
 * pl_config_add_challenge:
 * @config: with certificates, see pl_config_set_tls(), before which challenges are lost
 *
 * See pl_tls_context_add_challenge().
 */
gboolean pl_config_add_challenge (PlConfig *config,
                                  const char *name,
                                  const PlTlsCertificate *certificate,
                                  GError **error);

/** pl_config_set_plain: what holds beside encryption: who is served without, and @hsts (RFC 6797).
 */
void pl_config_set_plain (PlConfig *config, PlPlainRule plain, gboolean hsts);

/**
 * pl_config_dup_with_home:
 * @config: a configuration that is not changed any more
 *
 * Returns: (transfer full): the same for a computer that has come into other networks; until it is
 *   applied it can be given other certificates and other pages, and let in others
 */
PlConfig *pl_config_dup_with_home (PlConfig *config, const PlTrust *home);

/** pl_config_let_in: who may come in, and what the world may see; until @config is applied. */
void pl_config_let_in (PlConfig *config, PlExposure exposure, PlDoorRule world);

/** pl_config_admits: whether @client may connect at all. */
gboolean pl_config_admits (const PlConfig *config, const PlAddress *client);

/** pl_config_lets_stay: whether connections of @client may go on: it is still admitted, and was not
 * turned away. What runs on them may be cut off nonetheless, see pl_exchange_sees_less_by(). */
gboolean pl_config_lets_stay (const PlConfig *config, const PlAddress *client);

/**
 * pl_config_add_upstream:
 * @name: unique
 *
 * Adds one without endpoints, with the defaults: round-robin, no health checks, 5 s to connect, 600
 * s to answer.
 *
 * Returns: (transfer none): its settings, to be changed until the next call
 */
PlUpstreamConfig *pl_config_add_upstream (PlConfig *config, const char *name);

/** pl_config_find_upstream: the index of the upstream called @name, or -1. */
int pl_config_find_upstream (const PlConfig *config, const char *name);
