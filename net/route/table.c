/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A house has two or three routes, so they are tried one after the other. The care goes into
 * paths that two programs could read as two different paths: see could_mislead(). */

#include "net/route/table.h"

#include <gio/gio.h>

#include "net/http/character.h"
#include "net/i18n.h"
#include "net/route/spelling.h"

#define USUAL_PATH_BYTES (8 * 1024) /* longer than any that Immich has */

struct _PlRouteTable
{
  GPtrArray *routes; /* of PlRoute */
};

static void
route_free (PlRoute *route)
{
  g_free (route->name);
  g_free (route->host);
  g_free (route->path);
  g_free (route);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlRoute, route_free)

PlRouteTable *
pl_route_table_new (void)
{
  PlRouteTable *table = g_new0 (PlRouteTable, 1);

  table->routes = g_ptr_array_new_with_free_func ((GDestroyNotify) route_free);
  return table;
}

void
pl_route_table_free (PlRouteTable *table)
{
  g_ptr_array_unref (table->routes);
  g_free (table);
}

guint
pl_route_table_get_n_routes (const PlRouteTable *table)
{
  return table->routes->len;
}

const PlRoute *
pl_route_table_get_route (const PlRouteTable *table, guint index)
{
  return g_ptr_array_index (table->routes, index);
}

/* `photos.example.org.` is the same name, spelt from the root of the DNS. */
static PlSlice
without_root_dot (PlSlice host)
{
  if (host.length > 1 && host.bytes[host.length - 1] == '.')
    host.length--;
  return host;
}

static char *
dup_host (const char *text, GError **error)
{
  PlSlice host;
  guint16 port;

  if (!pl_authority_split (pl_slice_from_string (text), &host, &port) || port != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("“%s” is not a host: a name or an address without a port is allowed "
                      "(photos.example.org)"),
                   text);
      return NULL;
    }
  host = without_root_dot (host);
  return g_ascii_strdown (host.bytes, host.length);
}

/* Unreserved characters alone, since these mean the same however a client spells them. */
static gboolean
is_route_path (PlSlice path)
{
  g_autofree char *normal = g_malloc (path.length + 1);

  if (path.length == 0 || path.bytes[0] != '/')
    return FALSE;
  for (gsize i = 0; i < path.length; i++)
    if (path.bytes[i] != '/' && !pl_character_is (path.bytes[i], PL_CHARACTER_UNRESERVED))
      return FALSE;
  return pl_slice_equal (path, pl_slice (normal, pl_path_normalize (path, normal)));
}

static char *
dup_path (const char *text, GError **error)
{
  PlSlice path = pl_slice_from_string (text);

  if (!is_route_path (path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("“%s” is not a path: it begins with a slash and has letters, digits and "
                      "“-._~” between single slashes (/api)"),
                   text);
      return NULL;
    }
  if (path.length > 1 && path.bytes[path.length - 1] == '/')
    path.length--;
  return pl_slice_dup_string (path);
}

/* Whether @a must be tried before @b. */
static gboolean
goes_before (const PlRoute *a, const PlRoute *b)
{
  if ((a->host != NULL) != (b->host != NULL))
    return a->host != NULL;
  return strlen (a->path) > strlen (b->path);
}

static gboolean
is_same_place (const PlRoute *a, const PlRoute *b)
{
  return g_strcmp0 (a->host, b->host) == 0 && strcmp (a->path, b->path) == 0;
}

/* Finds where @route belongs, or says which route is there already. */
static gboolean
find_position (const PlRouteTable *table, const PlRoute *route, guint *position, GError **error)
{
  *position = 0;
  for (guint i = 0; i < table->routes->len; i++)
    {
      const PlRoute *other = pl_route_table_get_route (table, i);

      if (is_same_place (other, route))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                       _ ("the route “%s” has the same host and path"), other->name);
          return FALSE;
        }
      if (!goes_before (route, other))
        *position = i + 1;
    }
  return TRUE;
}

gboolean
pl_route_table_add (PlRouteTable *table,
                    const char *name,
                    const char *host,
                    const char *path,
                    gboolean strip_prefix,
                    guint upstream,
                    GError **error)
{
  g_autoptr (PlRoute) route = g_new0 (PlRoute, 1);
  gboolean is_for_any_host = host == NULL || host[0] == '\0';
  guint position;

  route->name = g_strdup (name);
  route->host = is_for_any_host ? NULL : dup_host (host, error);
  if (route->host == NULL && !is_for_any_host)
    return FALSE;
  route->path = dup_path (path, error);
  if (route->path == NULL)
    return FALSE;
  route->strip_prefix = strip_prefix;
  route->upstream = upstream;

  if (!find_position (table, route, &position, error))
    return FALSE;
  g_ptr_array_insert (table->routes, position, g_steal_pointer (&route));
  return TRUE;
}

/* Host routes stand first in the table, so the first says whether the host matters at all. */
static PlSlice
get_host (const PlRouteTable *table, PlSlice authority)
{
  PlSlice host;
  guint16 port;

  if (table->routes->len == 0 || pl_route_table_get_route (table, 0)->host == NULL
      || !pl_authority_split (authority, &host, &port))
    return PL_SLICE ("");
  return without_root_dot (host);
}

/* How much of a path the prefix is; the root is none of it, since each path keeps its first `/`. */
static gsize
get_prefix_bytes (const PlRoute *route)
{
  return route->path[1] == '\0' ? 0 : strlen (route->path);
}

static gboolean
covers (const PlRoute *route, PlSlice path)
{
  PlSlice prefix = pl_slice (route->path, get_prefix_bytes (route));

  return pl_slice_has_prefix (path, prefix)
         && (path.length == prefix.length || path.bytes[prefix.length] == '/');
}

static const PlRoute *
find_route (const PlRouteTable *table, PlSlice host, PlSlice path)
{
  for (guint i = 0; i < table->routes->len; i++)
    {
      const PlRoute *route = pl_route_table_get_route (table, i);

      if ((route->host == NULL
           || pl_slice_equal_ignoring_case (host, pl_slice_from_string (route->host)))
          && covers (route, path))
        return route;
    }
  return NULL;
}

/* Whether a program that reads @path after us could be led into another route than @route, the
 * one its plain spelling found. What any reader decodes, splits or merges, the widest reading does
 * too: where that finds the same route, and nothing makes narrower ones go another way, all
 * readings in between find it as well. */
static gboolean
could_mislead (const PlRouteTable *table, PlSlice host, PlSlice path, const PlRoute *route)
{
  char usual[2 * USUAL_PATH_BYTES];
  g_autofree char *large = path.length > USUAL_PATH_BYTES ? g_malloc (2 * path.length) : NULL;
  char *buffer = large != NULL ? large : usual;
  PlSlice wide = pl_path_read_widely (path, buffer);

  if (find_route (table, host, wide) != route || pl_path_divides_readers (path))
    return TRUE;

  if (route != NULL && route->strip_prefix)
    {
      gsize prefix_bytes = get_prefix_bytes (route);
      PlSlice rest = pl_slice_from (path, prefix_bytes);
      PlSlice wide_rest = pl_path_read_widely (rest, buffer + path.length);

      return !pl_slice_equal (wide_rest, pl_slice_from (wide, prefix_bytes));
    }
  return FALSE;
}

/* What is left of @path without the prefix. The slashes that follow the prefix go with it but for
 * one: `/api//x` must not become `//x`, which some read as a host (RFC 3986 §4.2). */
static PlSlice
strip_prefix (PlSlice path, const PlRoute *route)
{
  gsize prefix_bytes = get_prefix_bytes (route);

  if (prefix_bytes == 0)
    return path;
  path = pl_slice_from (path, prefix_bytes);
  while (pl_slice_has_prefix (path, PL_SLICE ("//")))
    path = pl_slice_from (path, 1);
  return path;
}

/* The root is written anew: a bare prefix leaves nothing of the path, and in an absolute target
 * without a path (http://host?query) there is no slash to point at. */
static void
set_target (PlRouteMatch *match, const PlTarget *target, PlSlice path)
{
  gsize query_bytes = target->has_query ? 1 + target->query.length : 0; /* with its `?` */
  gboolean is_root = path.length <= 1;

  match->target_prefix = is_root ? PL_SLICE ("/") : PL_SLICE ("");
  if (!is_root)
    match->target_rest = pl_slice (path.bytes, path.length + query_bytes);
  else if (target->has_query)
    match->target_rest = pl_slice (target->query.bytes - 1, query_bytes);
  else
    match->target_rest = PL_SLICE ("");
}

PlHttpFault
pl_route_table_match (const PlRouteTable *table,
                      PlSlice authority,
                      const PlTarget *target,
                      PlRouteMatch *match)
{
  PlSlice host = get_host (table, authority);
  PlSlice path = target->path;
  const PlRoute *route = NULL;

  if (target->form == PL_TARGET_AUTHORITY || target->form == PL_TARGET_ASTERISK)
    {
      if (target->form == PL_TARGET_ASTERISK)
        route = find_route (table, host, PL_SLICE ("/"));
      *match = (PlRouteMatch){ route, PL_SLICE (""), PL_SLICE ("*") };
      return PL_HTTP_FAULT_NONE;
    }

  route = find_route (table, host, path);
  if (!pl_path_is_plain (path) && could_mislead (table, host, path, route))
    return PL_HTTP_FAULT_ROUTE_AMBIGUOUS;

  match->route = route;
  set_target (match, target,
              route != NULL && route->strip_prefix ? strip_prefix (path, route) : path);
  return PL_HTTP_FAULT_NONE;
}
