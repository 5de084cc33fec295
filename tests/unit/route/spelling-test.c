/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which paths all programs read alike, and what the widest of readers makes of the others. */

#include "net/route/spelling.h"
#include "tests/unit/route/sample.h"

static const struct
{
  const char *path;
  const char *widely; /* %NULL: plain, and read as it stands */
  gboolean divides_readers;
} cases[] = {
  { "/", NULL, FALSE },
  { "/api/assets/1", NULL, FALSE },
  { "/api/", NULL, FALSE },
  { "/a.b/c..d/e...", NULL, FALSE },
  { "/a+b,c=d@e", NULL, FALSE },

  { "/.well-known/immich", "/.well-known/immich", FALSE },
  { "/.hidden%20one", "/.hidden%20one", FALSE },
  { "/./api", "/api", FALSE },
  { "/%61pi", "/api", FALSE },
  { "//api", "/api", FALSE },
  { "/\\api", "/api", FALSE },
  { "/api%2fx", "/api/x", FALSE },
  { "/api%5Cx", "/api/x", FALSE },
  { "/a%2520b", "/a%2520b", FALSE },
  { "/%252e%252e/a", "/%252e%252e/a", FALSE },

  { "/api;x", "/api", FALSE },
  { "/a;x=1/b;y", "/a/b", FALSE },
  { "/a%3bx/b", "/a/b", FALSE },
  { "/;x/api", "/api", FALSE },
  { "/a/;", "/a/", FALSE },
  { "/a;x%2fb", "/a/b", TRUE },
  { "/a;x\\b", "/a/b", TRUE },
  { "/a;x/b%2fc", "/a/b/c", FALSE },

  { "/a/../b", "/b", FALSE },
  { "/a/b/..", "/a/", FALSE },
  { "/../../b", "/b", FALSE },
  { "/a/.../b%20", "/a/.../b%20", FALSE },
  { "/a..%20/..b", "/a..%20/..b", FALSE },

  { "/a/%2e%2e/b", "/b", TRUE },
  { "/a/.%2E/b", "/b", TRUE },
  { "/a/..%2fb", "/b", TRUE },
  { "/a%2f../b", "/b", TRUE },
  { "/a%2f..", "/", TRUE },
  { "/a\\..\\b", "/b", TRUE },
  { "/a/..;/b", "/b", TRUE },
  { "/a/..;x=1", "/", TRUE },
  { "/a/..%3bx/b", "/b", TRUE },
  { "/a;x/../b", "/b", TRUE },
  { "/a//../b", "/b", TRUE },
  { "/a/../b%20", "/b%20", TRUE },
};

static void
test_paths (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = strlen (cases[i].path);
      g_autofree char *octets = sample_copy (cases[i].path);
      g_autofree char *buffer = g_malloc (length);
      g_autofree char *widely = NULL;
      const char *expected = cases[i].widely != NULL ? cases[i].widely : cases[i].path;
      PlSlice path = pl_slice (octets, length);

      g_test_message ("%s", cases[i].path);
      widely = pl_slice_dup_string (pl_path_read_widely (path, buffer));
      g_assert_cmpstr (widely, ==, expected);
      g_assert_cmpint (pl_path_is_plain (path), ==, cases[i].widely == NULL);
      g_assert_cmpint (pl_path_divides_readers (path), ==, cases[i].divides_readers);
    }
}

static void
test_empty (void)
{
  g_assert_cmpuint (pl_path_read_widely (PL_SLICE (""), NULL).length, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/spelling/paths", test_paths);
  g_test_add_func ("/route/spelling/empty", test_empty);
  return g_test_run ();
}
