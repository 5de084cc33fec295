/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What strangers ask for: whatever passes means one thing to all readers, leads where share links
 * lead, and has no login in its address. Input is a method, a space and a target. */

#include "net/route/door.h"

#include "net/route/spelling.h"

#include "tests/fuzz/fuzz.h"

static const char *const folders[] = { "/share/",
                                       "/s/",
                                       "/_app/",
                                       "/api/server/",
                                       "/api/server-info/",
                                       "/api/shared-link/",
                                       "/api/shared-links/",
                                       "/api/timeline/",
                                       "/api/album/",
                                       "/api/albums/",
                                       "/api/asset/",
                                       "/api/assets/",
                                       "/api/assets",
                                       "/api/download/" };

static gboolean
is_below (PlSlice path, const char *folder)
{
  return pl_slice_has_prefix (path, pl_slice_from_string (folder));
}

/* Where the reader ends up that decodes, splits and merges the most. */
static void
check_path (PlSlice path)
{
  g_autofree char *room = g_malloc (MAX (path.length, 1));
  PlSlice widest = pl_path_read_widely (path, room);
  gboolean is_known = pl_slice_find (pl_slice_from (path, 1), '/') == path.length - 1;

  if (!is_below (path, "/s/"))
    g_assert_true (pl_path_is_plain (path));
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    if (is_below (path, folders[i]))
      {
        g_assert_true (is_below (widest, folders[i]));
        is_known = TRUE;
      }
  g_assert_true (is_known);
}

/* By another reader of queries, which knows no list of names. */
static void
check_query (PlSlice query)
{
  GUriParamsIter iter;
  char *name, *value;
  guint n_links = 0;

  g_uri_params_iter_init (&iter, query.bytes, (gssize) query.length, "&", G_URI_PARAMS_NONE);
  while (g_uri_params_iter_next (&iter, &name, &value, NULL))
    {
      g_assert_cmpint (g_ascii_strcasecmp (name, "apiKey"), !=, 0);
      g_assert_cmpint (g_ascii_strcasecmp (name, "sessionKey"), !=, 0);
      n_links += g_ascii_strcasecmp (name, "key") == 0 || g_ascii_strcasecmp (name, "slug") == 0;
      g_free (name);
      g_free (value);
    }
  g_assert_cmpuint (n_links, <=, 1);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  g_autoptr (PlDoor) door = pl_door_new ();
  PlSlice line = pl_slice ((const char *) bytes, length);
  PlSlice method = pl_slice (line.bytes, pl_slice_find (line, ' '));
  PlTarget target;

  if (method.length == length
      || pl_target_parse (method, pl_slice_from (line, method.length + 1), &target)
             != PL_HTTP_FAULT_NONE)
    return 0;
  pl_door_set_rule (door, PL_CIRCLE_WORLD, PL_DOOR_LINKS);
  pl_door_set_guest_uploads (door, TRUE);
  if (pl_door_judge (door, PL_CIRCLE_WORLD, method, &target) != PL_DOOR_GUEST)
    return 0;
  check_path (target.path);
  if (target.has_query)
    check_query (target.query);
  return 0;
}
