/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Targets, authorities and paths: the parts are within the whole, and a normal form is one. */

#include "net/http/target.h"

#include "net/http/character.h"

#include "tests/fuzz/fuzz.h"

static gboolean
contains (const char *text, gsize length, const char *what)
{
  return g_strstr_len (text, length, what) != NULL;
}

static void
check_path (PlSlice path)
{
  g_autofree char *once = g_malloc (MAX (path.length, 1));
  g_autofree char *twice = NULL;
  gsize length = pl_path_normalize (path, once);

  g_assert_cmpuint (length, <=, path.length);
  if (length == 0)
    {
      g_assert_cmpuint (path.length, ==, 0);
      return;
    }

  g_assert_cmpint (once[0], ==, '/');
  g_assert_false (contains (once, length, "//"));
  g_assert_false (contains (once, length, "\\"));
  g_assert_false (contains (once, length, "/./"));
  g_assert_false (contains (once, length, "/../"));
  g_assert_false (contains (once, length, "/..;"));
  g_assert_false (contains (once, length, "%2F"));
  g_assert_false (contains (once, length, "%2f"));

  twice = g_malloc (length);
  g_assert_cmpuint (pl_path_normalize (pl_slice (once, length), twice), ==, length);
  g_assert_cmpmem (once, length, twice, length);
}

static void
check_authority (PlSlice authority)
{
  PlSlice host;
  guint16 port;

  if (!pl_authority_split (authority, &host, &port))
    return;
  g_assert_cmpuint (host.length, >, 0);
  g_assert_true (host.bytes >= authority.bytes);
  g_assert_true (host.bytes + host.length <= authority.bytes + authority.length);
  g_assert_cmpuint (pl_character_span (authority, PL_CHARACTER_VISIBLE), ==, authority.length);
}

static void
check_target (PlSlice method, PlSlice text)
{
  PlTarget target;

  if (pl_target_parse (method, text, &target) != PL_HTTP_FAULT_NONE)
    return;

  g_assert_cmpuint (pl_character_span (text, PL_CHARACTER_VISIBLE), ==, text.length);
  g_assert_cmpint (target.authority.length > 0, ==,
                   target.form == PL_TARGET_ABSOLUTE || target.form == PL_TARGET_AUTHORITY);
  check_authority (target.authority);
  check_path (target.path);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  PlSlice text = pl_slice ((const char *) data, size);

  check_target (PL_SLICE ("GET"), text);
  check_target (PL_SLICE ("OPTIONS"), text);
  check_target (PL_SLICE ("CONNECT"), text);
  check_authority (text);
  return 0;
}
