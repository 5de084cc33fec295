/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which route a target finds, what is sent upstream for it, and which targets are refused because
 * a program behind us could read them as another route. */

#include "net/route/table.h"

#include <gio/gio.h>

#include "tests/unit/route/sample.h"

static PlRouteTable *
make_table (void)
{
  static const struct
  {
    const char *name;
    const char *host;
    const char *path;
    gboolean strip_prefix;
  } routes[] = {
    { "web", NULL, "/", TRUE },
    { "api", NULL, "/api", TRUE },
    { "admin", NULL, "/api/admin", FALSE },
    { "keep", NULL, "/keep/it/", FALSE },
    { "other-web", "other.example", "/", FALSE },
    { "other-deep", "Other.Example", "/a/b", FALSE },
    { "v6", "[::1]", "/", FALSE },
  };
  PlRouteTable *table = pl_route_table_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      pl_route_table_add (table, routes[i].name, routes[i].host, routes[i].path,
                          routes[i].strip_prefix, i, &error);
      g_assert_no_error (error);
    }
  return table;
}

typedef struct
{
  const char *target;
  const char *route; /* %NULL: refused as ambiguous */
  const char *sent;
} MatchCase;

static const MatchCase match_cases[] = {
  { "/", "web", "/" },
  { "/?x", "web", "/?x" },
  { "/photos", "web", "/photos" },
  { "/photos/?a=/api/x", "web", "/photos/?a=/api/x" },

  /* Segment borders. */
  { "/api", "api", "/" },
  { "/api/", "api", "/" },
  { "/api?", "api", "/?" },
  { "/api?x", "api", "/?x" },
  { "/api/?x=1&y=/../z", "api", "/?x=1&y=/../z" },
  { "/api/x", "api", "/x" },
  { "/api/x/", "api", "/x/" },
  { "/api/assets/1?size=preview", "api", "/assets/1?size=preview" },
  { "/api/administer", "api", "/administer" },
  { "/api/admin", "admin", "/api/admin" },
  { "/api/admin/x?y", "admin", "/api/admin/x?y" },
  { "/apis", "web", "/apis" },
  { "/apis/x", "web", "/apis/x" },
  { "/API/x", "web", "/API/x" },
  { "/keep/it", "keep", "/keep/it" },
  { "/keep/it/?x", "keep", "/keep/it/?x" },
  { "/keep/its", "web", "/keep/its" },

  /* Unusual spellings that stay in their route go on as they came. */
  { "/.well-known/immich", "web", "/.well-known/immich" },
  { "/api/.well-known", "api", "/.well-known" },
  { "/a%20b/%61", "web", "/a%20b/%61" },
  { "/api/a%20b/%61", "api", "/a%20b/%61" },
  { "/api//x", "api", "/x" },
  { "/api///?x", "api", "/?x" },
  { "//photos", "web", "//photos" },
  { "/api/x/../y", "api", "/x/../y" },
  { "/api/x/..", "api", "/x/.." },
  { "/api/./x", "api", "/./x" },
  { "/photos;v=1/x", "web", "/photos;v=1/x" },
  { "/api/x;y", "api", "/x;y" },
  { "/keep/it/a%2fb", "keep", "/keep/it/a%2fb" },
  { "/a/../keep", "web", "/a/../keep" },
  { "/ap%2569", "web", "/ap%2569" },

  /* Into a route, or out of it. */
  { "/api/../x", NULL, NULL },
  { "/api/..", NULL, NULL },
  { "/x/../api", NULL, NULL },
  { "/./api/x", NULL, NULL },
  { "/../api/x", NULL, NULL },
  { "//api/x", NULL, NULL },
  { "/\\api/x", NULL, NULL },
  { "/api\\x", NULL, NULL },
  { "/%61pi/x", NULL, NULL },
  { "/ap%69", NULL, NULL },
  { "/%2fapi/x", NULL, NULL },
  { "/api%2fx", NULL, NULL },
  { "/api%2Fx", NULL, NULL },
  { "/api%5cx", NULL, NULL },
  { "/api/..%2f", NULL, NULL },
  { "/api/..%2fx", NULL, NULL },
  { "/api/%2e%2e/x", NULL, NULL },
  { "/api/.%2e/x", NULL, NULL },
  { "/api;x", NULL, NULL },
  { "/api;x/y", NULL, NULL },
  { "/api%3bx/y", NULL, NULL },
  { "/;x/api", NULL, NULL },
  { "/api/..;/x", NULL, NULL },
  { "/api//admin", NULL, NULL },
  { "/api/./admin", NULL, NULL },
  { "/api/%61dmin", NULL, NULL },
  { "/api/admin;x", NULL, NULL },
  { "/api/admin/..", NULL, NULL },

  /* Both ends of the scale say `api`, but a reader between them says `admin`. */
  { "/api/q/x%2fy/../../admin/w", NULL, NULL },
  { "/api/q/x\\y/../../admin/w", NULL, NULL },
  { "/api/q/../admin//../x", NULL, NULL },
  { "/api/q/../admin/..;/x", NULL, NULL },
  { "/api/q/../admin/%2e%2e/x", NULL, NULL },
  { "/api/q/../admin/%2e/../x", NULL, NULL },

  /* Without its prefix the rest would mean something else. */
  { "/api/../api/x", NULL, NULL },
  { "/api/x/../../api/y", NULL, NULL },

  /* The absolute form is routed by its path, and sent on in origin form. */
  { "http://photos.example/api/x?y", "api", "/x?y" },
  { "http://photos.example/api", "api", "/" },
  { "http://photos.example", "web", "/" },
  { "http://photos.example/", "web", "/" },
  { "http://photos.example?x", "web", "/?x" },
  { "https://photos.example:8443/apis", "web", "/apis" },
  { "http://photos.example//api", NULL, NULL },
};

static PlHttpFault
match_target (const PlRouteTable *table,
              const char *method,
              const char *authority,
              PlSlice text,
              PlRouteMatch *match)
{
  PlTarget target;

  g_assert_cmpint (pl_target_parse (pl_slice_from_string (method), text, &target), ==,
                   PL_HTTP_FAULT_NONE);
  return pl_route_table_match (table, pl_slice_from_string (authority), &target, match);
}

static char *
dup_sent (const PlRouteMatch *match)
{
  g_autofree char *prefix = pl_slice_dup_string (match->target_prefix);
  g_autofree char *rest = pl_slice_dup_string (match->target_rest);

  return g_strconcat (prefix, rest, NULL);
}

static void
test_match (void)
{
  g_autoptr (PlRouteTable) table = make_table ();

  for (guint i = 0; i < G_N_ELEMENTS (match_cases); i++)
    {
      const MatchCase *test = &match_cases[i];
      g_autofree char *octets = sample_copy (test->target);
      g_autofree char *sent = NULL;
      PlSlice text = pl_slice (octets, strlen (test->target));
      PlRouteMatch match;
      PlHttpFault fault = match_target (table, "GET", "photos.example", text, &match);

      g_test_message ("%s", test->target);
      g_assert_cmpint (fault, ==,
                       test->route != NULL ? PL_HTTP_FAULT_NONE : PL_HTTP_FAULT_ROUTE_AMBIGUOUS);
      if (test->route == NULL)
        continue;
      sent = dup_sent (&match);
      g_assert_cmpstr (match.route->name, ==, test->route);
      g_assert_cmpstr (sent, ==, test->sent);
    }
}

static const struct
{
  const char *authority;
  const char *target;
  const char *route;
} host_cases[] = {
  { "other.example", "/", "other-web" },
  { "OTHER.example:8080", "/api/x", "other-web" },
  { "other.example.", "/", "other-web" },
  { "other.example.:80", "/a/b/c", "other-deep" },
  { "other.example", "/a/bc", "other-web" },
  { "other.example", "//api", "other-web" }, /* no route of this host to slip into */
  { "another.example", "/", "web" },
  { "www.other.example", "/api", "api" },
  { "other.example.org", "/api", "api" },
  { "[::1]", "/", "v6" },
  { "[::1]:8080", "/api", "v6" },
  { "[::2]:8080", "/api", "api" },
  { "", "/api", "api" },
};

static void
test_match_host (void)
{
  g_autoptr (PlRouteTable) table = make_table ();

  for (guint i = 0; i < G_N_ELEMENTS (host_cases); i++)
    {
      PlSlice target = pl_slice_from_string (host_cases[i].target);
      PlRouteMatch match;

      g_test_message ("%s %s", host_cases[i].authority, host_cases[i].target);
      g_assert_cmpint (match_target (table, "GET", host_cases[i].authority, target, &match), ==,
                       PL_HTTP_FAULT_NONE);
      g_assert_cmpstr (match.route->name, ==, host_cases[i].route);
    }
}

static void
test_match_asterisk (void)
{
  g_autoptr (PlRouteTable) table = make_table ();
  g_autofree char *sent = NULL;
  PlRouteMatch match;

  g_assert_cmpint (match_target (table, "OPTIONS", "other.example", PL_SLICE ("*"), &match), ==,
                   PL_HTTP_FAULT_NONE);
  sent = dup_sent (&match);
  g_assert_cmpstr (match.route->name, ==, "other-web");
  g_assert_cmpstr (sent, ==, "*");
}

static void
test_connect_matches_no_route (void)
{
  g_autoptr (PlRouteTable) table = make_table ();
  PlRouteMatch match;

  g_assert_cmpint (match_target (table, "CONNECT", "h:443", PL_SLICE ("h:443"), &match), ==,
                   PL_HTTP_FAULT_NONE);
  g_assert_null (match.route);
}

static void
test_no_route (void)
{
  g_autoptr (PlRouteTable) empty = pl_route_table_new ();
  g_autoptr (PlRouteTable) api_only = pl_route_table_new ();
  PlRouteMatch match;

  g_assert_true (pl_route_table_add (api_only, "api", NULL, "/api", FALSE, 0, NULL));

  g_assert_cmpint (match_target (empty, "GET", "h", PL_SLICE ("//x"), &match), ==, 0);
  g_assert_null (match.route);
  g_assert_cmpint (match_target (api_only, "GET", "h", PL_SLICE ("/x"), &match), ==, 0);
  g_assert_null (match.route);
  g_assert_cmpint (match_target (api_only, "OPTIONS", "h", PL_SLICE ("*"), &match), ==, 0);
  g_assert_null (match.route);
  g_assert_cmpint (match_target (api_only, "GET", "h", PL_SLICE ("//api"), &match), ==,
                   PL_HTTP_FAULT_ROUTE_AMBIGUOUS);
}

/* Longer than the buffer that is enough for usual paths. */
static void
test_match_long_path (void)
{
  g_autoptr (PlRouteTable) table = make_table ();
  g_autofree char *filler = g_strnfill (20000, 'x');
  g_autofree char *inside = g_strconcat ("/api/%20", filler, NULL);
  g_autofree char *outside = g_strconcat ("/api/", filler, "/../../x", NULL);
  PlRouteMatch match;

  g_assert_cmpint (match_target (table, "GET", "h", pl_slice (inside, strlen (inside)), &match), ==,
                   PL_HTTP_FAULT_NONE);
  g_assert_cmpstr (match.route->name, ==, "api");
  g_assert_cmpuint (match.target_rest.length, ==, strlen (inside) - strlen ("/api"));
  g_assert_cmpint (match_target (table, "GET", "h", pl_slice (outside, strlen (outside)), &match),
                   ==, PL_HTTP_FAULT_ROUTE_AMBIGUOUS);
}

static void
test_order (void)
{
  static const char *const names[]
      = { "other-deep", "other-web", "v6", "admin", "keep", "api", "web" };
  g_autoptr (PlRouteTable) table = make_table ();

  g_assert_cmpuint (pl_route_table_get_n_routes (table), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (pl_route_table_get_route (table, i)->name, ==, names[i]);
}

static void
test_add_keeps_what_was_said (void)
{
  g_autoptr (PlRouteTable) table = pl_route_table_new ();
  const PlRoute *route;

  g_assert_true (pl_route_table_add (table, "n", "Photos.Example.", "/A/b.c/", TRUE, 7, NULL));
  route = pl_route_table_get_route (table, 0);
  g_assert_cmpstr (route->name, ==, "n");
  g_assert_cmpstr (route->host, ==, "photos.example");
  g_assert_cmpstr (route->path, ==, "/A/b.c");
  g_assert_true (route->strip_prefix);
  g_assert_cmpuint (route->upstream, ==, 7);

  g_assert_true (pl_route_table_add (table, "any", "", "/.well-known", FALSE, 0, NULL));
  g_assert_null (pl_route_table_get_route (table, 1)->host);
}

static const struct
{
  const char *host;
  const char *path;
} refused_routes[] = {
  { NULL, "" },         { NULL, "api" },     { NULL, "//" },        { NULL, "/api//" },
  { NULL, "//api" },    { NULL, "/a//b" },   { NULL, "/." },        { NULL, "/./a" },
  { NULL, "/a/.." },    { NULL, "/a/../b" }, { NULL, "/a?b" },      { NULL, "/a#b" },
  { NULL, "/a%20b" },   { NULL, "/%61" },    { NULL, "/a b" },      { NULL, "/a\\b" },
  { NULL, "/a;b" },     { NULL, "/*" },      { NULL, "/\xc3\xa4" }, { NULL, "http://h/a" },
  { "h:80", "/" },      { "a b", "/" },      { "::1", "/" },        { "http://h", "/" },
  { "*.example", "/" },
};

static void
test_add_refuses (void)
{
  g_autoptr (PlRouteTable) table = pl_route_table_new ();

  for (guint i = 0; i < G_N_ELEMENTS (refused_routes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s %s", refused_routes[i].host, refused_routes[i].path);
      g_assert_false (pl_route_table_add (table, "n", refused_routes[i].host,
                                          refused_routes[i].path, FALSE, 0, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
  g_assert_cmpuint (pl_route_table_get_n_routes (table), ==, 0);
}

static void
test_add_refuses_same_place (void)
{
  g_autoptr (PlRouteTable) table = make_table ();
  g_autoptr (GError) error = NULL;

  g_assert_false (pl_route_table_add (table, "n", NULL, "/api/", FALSE, 0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_nonnull (strstr (error->message, "api"));
  g_clear_error (&error);
  g_assert_false (pl_route_table_add (table, "n", "OTHER.example.", "/a/b", FALSE, 0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_true (pl_route_table_add (table, "n", "third.example", "/api", FALSE, 0, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/table/match", test_match);
  g_test_add_func ("/route/table/match-host", test_match_host);
  g_test_add_func ("/route/table/match-asterisk", test_match_asterisk);
  g_test_add_func ("/route/table/connect-matches-no-route", test_connect_matches_no_route);
  g_test_add_func ("/route/table/no-route", test_no_route);
  g_test_add_func ("/route/table/match-long-path", test_match_long_path);
  g_test_add_func ("/route/table/order", test_order);
  g_test_add_func ("/route/table/add-keeps-what-was-said", test_add_keeps_what_was_said);
  g_test_add_func ("/route/table/add-refuses", test_add_refuses);
  g_test_add_func ("/route/table/add-refuses-same-place", test_add_refuses_same_place);
  return g_test_run ();
}
