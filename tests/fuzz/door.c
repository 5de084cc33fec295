/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What strangers ask for: whatever passes means one thing to all readers, leads where share links
 * lead, and has no login in its address. Input is a method, a space and a target. */

#include "net/route/door.h"

#include <string.h>

#include "net/http/character.h"
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

/* Where the name of a pair ends: to Express 4 at the first `]=`, to most at the first `=`. */
static gsize
find_name_end (const char *pair, gboolean minds_brackets)
{
  const char *end = minds_brackets ? strstr (pair, "]=") : NULL;

  return end != NULL ? (gsize) (end + 1 - pair) : strcspn (pair, "=");
}

static char *
dup_decoded (const char *text)
{
  GString *decoded = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (*text == '%')
      {
        g_string_append_c (decoded, (char) pl_character_from_hex (text + 1));
        text += 2;
      }
    else
      g_string_append_c (decoded, *text);
  return g_string_free (decoded, FALSE);
}

/* `a[b][c]` and `[a][b]` are `a`. */
static char *
dup_root (const char *name)
{
  gsize begin = name[0] == '[' ? 1 : 0;

  return g_strndup (name + begin, strcspn (name + begin, begin ? "]" : "["));
}

static gboolean
is_any (const char *name, const char *const *words)
{
  for (; *words != NULL; words++)
    if (g_ascii_strcasecmp (name, *words) == 0)
      return TRUE;
  return FALSE;
}

/* By another reader of queries, who goes about it as Express does. Returns: whether it is a link's
 */
static gboolean
check_pair (const char *pair, gboolean minds_brackets)
{
  static const char *const logins[] = { "apiKey", "sessionKey", "userToken", NULL };
  static const char *const links[] = { "key", "slug", NULL };
  g_autofree char *raw = g_strndup (pair, find_name_end (pair, minds_brackets));
  g_autofree char *name = dup_decoded (raw);
  g_autofree char *root = dup_root (name);

  g_assert_false (is_any (name, logins) || is_any (root, logins));
  return is_any (name, links) || is_any (root, links);
}

static void
check_query (PlSlice query)
{
  g_autofree char *text = g_strndup (query.bytes, query.length);
  g_auto (GStrv) pairs = g_strsplit (text, "&", -1);

  for (int minds_brackets = FALSE; minds_brackets <= TRUE; minds_brackets++)
    {
      guint n_links = 0;

      for (guint i = 0; pairs[i] != NULL; i++)
        n_links += check_pair (pairs[i], minds_brackets);
      g_assert_cmpuint (n_links, <=, 1);
    }
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
