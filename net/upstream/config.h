/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is set about an upstream: immutable once the configuration it belongs to is in use. */

#pragma once

#include <gio/gio.h>

#include "net/upstream/proof.h"

typedef enum
{
  PL_BALANCE_ROUND_ROBIN,
  PL_BALANCE_LEAST_USED, /* fewest running exchanges */
  PL_BALANCE_FIRST,      /* fail-over in order */
} PlBalance;

/** PL_UPSTREAM_MAX_ENDPOINTS: so that a set of them fits a word. */
#define PL_UPSTREAM_MAX_ENDPOINTS 64

/**
 * PlEndpointConfig: one address of an upstream.
 * @host: a name or a literal address, without brackets
 * @port: 1-65535
 * @encrypts: it speaks HTTPS
 * @label: `host:port` as shown to people, with brackets around a literal IPv6 address
 */
typedef struct
{
  char *host;
  guint16 port;
  gboolean encrypts;
  char *label;
} PlEndpointConfig;

/**
 * PlUpstreamConfig:
 * @name: as in the settings file
 * @endpoints: at least one, no two with the same label
 * @proof: (nullable): how those that encrypt show who they are; %NULL where none does
 * @balance: which of them a request goes to
 * @health_path: (nullable): asked of each endpoint every @health_interval_ms; %NULL: no checks
 * @connect_timeout_ms: for one endpoint, all its addresses together
 * @response_timeout_ms: silence allowed between the end of a request and the head of its response
 */
typedef struct
{
  char *name;
  PlEndpointConfig *endpoints;
  guint n_endpoints;
  PlProof *proof;
  PlBalance balance;
  char *health_path;
  guint health_interval_ms;
  guint connect_timeout_ms;
  guint response_timeout_ms;
} PlUpstreamConfig;

/** pl_upstream_config_init: no endpoints, round-robin, no health checks, 5 s to connect, 600 s to
 * answer. */
void pl_upstream_config_init (PlUpstreamConfig *upstream, const char *name);
void pl_upstream_config_clear (PlUpstreamConfig *upstream);

/**
 * pl_upstream_config_add:
 * @host: a name in small letters, or a literal address without brackets
 *
 * Returns: %FALSE with @error (%G_IO_ERROR_INVALID_ARGUMENT, for people) when it is there already,
 * or there is no room for more
 */
gboolean
pl_upstream_config_add (PlUpstreamConfig *upstream, const char *host, guint16 port, GError **error);

/** pl_upstream_config_add_encrypted: the same for one that speaks HTTPS; @upstream then needs its
 * proof. */
gboolean pl_upstream_config_add_encrypted (PlUpstreamConfig *upstream,
                                           const char *host,
                                           guint16 port,
                                           GError **error);
