/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one form of a path, whatever its author hoped to hide. */

#include "net/http/target.h"

#include "tests/unit/feed.h"

static const struct
{
  const char *path;
  const char *normal;
} cases[] = {
  { "", "" },
  { "/", "/" },
  { "/api", "/api" },
  { "/api/", "/api/" },
  { "/api/assets/1", "/api/assets/1" },
  { "/API", "/API" },

  { "//", "/" },
  { "//api/x", "/api/x" },
  { "/api//x", "/api/x" },
  { "/api///", "/api/" },
  { "/\\api\\x", "/api/x" },
  { "/api\\..\\x", "/x" },
  { "/api%2Fx", "/api/x" },
  { "/api%2fx", "/api/x" },
  { "/api%5Cx", "/api/x" },
  { "/%2F%5c/\\/api", "/api" },

  { "/%61pi/x", "/api/x" },
  { "/%41%5A%7e%2D%2e%5f%30", "/AZ~-._0" },
  { "/a%20b", "/a%20b" },
  { "/%c3%a4", "/%C3%A4" },
  { "/%3f%23%25", "/%3F%23%25" },
  { "/%2561", "/%2561" },
  { "/%252e%252e/x", "/%252e%252e/x" },
  { "/\"<>[]^`{|}", "/\"<>[]^`{|}" },
  { "/%", "/%" },
  { "/%4", "/%4" },
  { "/%zz", "/%zz" },

  { "/.", "/" },
  { "/./", "/" },
  { "/..", "/" },
  { "/../", "/" },
  { "/api/.", "/api/" },
  { "/api/..", "/" },
  { "/api/./x", "/api/x" },
  { "/api/../x", "/x" },
  { "/a/b/../../x", "/x" },
  { "/a/b/c/../../x", "/a/x" },
  { "/../../x", "/x" },
  { "/a/../../x", "/x" },
  { "/a/..//../x", "/x" },
  { "/a//../x", "/x" },
  { "/%2e%2e/", "/" },
  { "/a/%2E./x", "/x" },
  { "/a/.%2e/x", "/x" },
  { "/a/%2e/x", "/a/x" },
  { "/a/..%2Fx", "/x" },
  { "/a%2F..%5Cx", "/x" },
  { "/...", "/..." },
  { "/..a/.b/c.", "/..a/.b/c." },
  { "/a./..b", "/a./..b" },

  { "/a/..;/b", "/b" },
  { "/a/..;x=1/b", "/b" },
  { "/a/..;x;y/b", "/b" },
  { "/a/.;/b", "/a/b" },
  { "/a/..;", "/" },
  { "/a/..%3Bx/b", "/b" },
  { "/a/..%3bx/b", "/b" },
  { "/a/%2e%2E;x/b", "/b" },
  { "/a;x/b", "/a;x/b" },
  { "/a;/../b", "/b" },
  { "/;/b", "/;/b" },
  { "/a/...;/b", "/a/...;/b" },
};

static void
assert_normal_form (PlSlice path, const char *normal)
{
  /* Exactly as much room as promised to be enough. */
  g_autofree char *out = g_malloc (MAX (path.length, 1));
  gsize length;

  feed_note (path);
  length = pl_path_normalize (pl_slice (feed_at_edge (path), path.length), out);
  g_assert_cmpmem (out, length, normal, strlen (normal));
}

static void
test_normalize (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_normal_form (pl_slice_from_string (cases[i].path), cases[i].normal);
}

static void
test_normal_forms_stay (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_normal_form (pl_slice_from_string (cases[i].normal), cases[i].normal);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/path/normalize", test_normalize);
  g_test_add_func ("/http/path/normal-forms-stay", test_normal_forms_stay);
  return g_test_run ();
}
