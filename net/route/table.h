/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which upstream a request goes to, and under which path. */

#pragma once

#include <glib.h>

#include "net/http/target.h"

/**
 * PlRoute:
 * @name: as in the settings file
 * @host: (nullable): the only host name it is for, lower case, without a port; %NULL: any
 * @path: begins with `/`; does not end with one, but for the root itself
 * @strip_prefix: take @path off before sending on
 * @upstream: which one, an index the owner of the table knows
 */
typedef struct
{
  char *name;
  char *host;
  char *path;
  gboolean strip_prefix;
  guint upstream;
} PlRoute;

/**
 * PlRouteTable: routes sorted so that the first that matches is the right one; immutable once
 * filled.
 */
typedef struct _PlRouteTable PlRouteTable;

PlRouteTable *pl_route_table_new (void);
void pl_route_table_free (PlRouteTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlRouteTable, pl_route_table_free)

/**
 * pl_route_table_add:
 * @host: (nullable): a host name as a person writes it; %NULL or empty: any
 * @path: as a person writes it; a trailing slash is taken off; a missing leading slash, doubled
 *   slashes, dot-segments and all but letters, digits and `-._~` in a segment are refused
 *
 * Routes with a host go before those without, and longer paths before shorter.
 *
 * Returns: %FALSE with @error (%G_IO_ERROR_INVALID_ARGUMENT) when path or host cannot be used, or
 *   (%G_IO_ERROR_EXISTS) when the same host and path are there already
 */
gboolean pl_route_table_add (PlRouteTable *table,
                             const char *name,
                             const char *host,
                             const char *path,
                             gboolean strip_prefix,
                             guint upstream,
                             GError **error);

/** pl_route_table_get_n_routes: how many routes it has. */
guint pl_route_table_get_n_routes (const PlRouteTable *table);

/** pl_route_table_get_route: (transfer none): the routes in the order they are tried. */
const PlRoute *pl_route_table_get_route (const PlRouteTable *table, guint index);

/**
 * PlRouteMatch:
 * @route: (nullable): the route; %NULL when none matches
 * @target_prefix: what to send upstream first: "" or "/"
 * @target_rest: then this: a slice of the target
 *
 * The target to send is the two put together.
 */
typedef struct
{
  const PlRoute *route;
  PlSlice target_prefix;
  PlSlice target_rest;
} PlRouteMatch;

/**
 * pl_route_table_match:
 * @authority: host and port the request is for; may be empty
 * @target: the parsed target; origin and absolute forms are routed by path, `*` by the path "/"
 *   and sent on as `*`; the authority form (CONNECT) matches no route
 * @match: (out): set when no fault
 *
 * The longest path wins, on segment borders: `/api` matches `/api`, `/api/x`, `/api?x` and not
 * `/apis`. Case matters. What goes upstream is the client's own spelling, but for the prefix where
 * that is to be taken off, with all slashes after it but one: `/x`, `/`, `/?x`.
 *
 * A path that programs may read differently is looked up as it stands and as the one would that
 * decodes and resolves the most (pl_path_read_widely()). It is refused with
 * %PL_HTTP_FAULT_ROUTE_AMBIGUOUS when a program behind us could be led into another route:
 * - the two readings find different routes (`/api/../x`, `/%61pi/x`, `//api/x`, `/api;x`);
 * - readings between the two may find yet another (pl_path_divides_readers());
 * - taking the prefix off would change what it means (`/api/../api/x`).
 *
 * On the relay path: no allocation for paths up to 8 KB.
 */
PlHttpFault pl_route_table_match (const PlRouteTable *table,
                                  PlSlice authority,
                                  const PlTarget *target,
                                  PlRouteMatch *match);
