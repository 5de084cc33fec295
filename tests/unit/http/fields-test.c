/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of known fields. */

#include "net/http/fields.h"

#include "tests/field_names.h"
#include "tests/unit/feed.h"

static PlSlice
at_edge (PlSlice text)
{
  return pl_slice (feed_at_edge (text), text.length);
}

static void
test_every_field_is_found (void)
{
  for (guint id = PL_FIELD_OTHER + 1; id < PL_FIELD_COUNT; id++)
    {
      PlSlice name = field_get_name (id);
      g_autofree char *upper = g_ascii_strup (name.bytes, name.length);

      g_assert_cmpint (pl_field_identify (name), ==, id);
      g_assert_cmpint (pl_field_identify (at_edge (pl_slice (upper, name.length))), ==, id);
    }
}

static void
test_near_misses (void)
{
  static const char *const names[] = {
    "h",    "hos", "hosts", "h0st",        "x-forwarded-",     "x-forwarded-foo", "content-lengt",
    "tea",  "tf",  "vi",    "x_real_ip",   "content-type-",    "set-cookie2",     "kost",
    "\xc8", "-",   "user",  "x-real-ip\n", "X-Requested-With", "ho\x13t",
  };

  g_assert_cmpint (pl_field_identify (PL_SLICE ("")), ==, PL_FIELD_OTHER);
  g_assert_cmpint (pl_field_identify (pl_slice (NULL, 0)), ==, PL_FIELD_OTHER);
  g_assert_cmpint (pl_field_identify (PL_SLICE ("host\0")), ==, PL_FIELD_OTHER);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpint (pl_field_identify (at_edge (pl_slice_from_string (names[i]))), ==,
                     PL_FIELD_OTHER);
}

static void
test_flags (void)
{
  static const struct
  {
    const char *name;
    PlFieldFlags flags;
  } cases[] = {
    { "Connection", PL_FIELD_HOP_BY_HOP },
    { "Keep-Alive", PL_FIELD_HOP_BY_HOP },
    { "Proxy-Authenticate", PL_FIELD_HOP_BY_HOP },
    { "Proxy-Authorization", PL_FIELD_HOP_BY_HOP | PL_FIELD_SECRET },
    { "Proxy-Connection", PL_FIELD_HOP_BY_HOP },
    { "TE", PL_FIELD_HOP_BY_HOP },
    { "Transfer-Encoding", PL_FIELD_HOP_BY_HOP },
    { "Upgrade", PL_FIELD_HOP_BY_HOP },
    { "Forwarded", PL_FIELD_FORWARDING },
    { "X-Forwarded-For", PL_FIELD_FORWARDING },
    { "X-Forwarded-Host", PL_FIELD_FORWARDING },
    { "X-Forwarded-Proto", PL_FIELD_FORWARDING },
    { "X-Real-IP", PL_FIELD_FORWARDING },
    { "Authorization", PL_FIELD_SECRET },
    { "Cookie", PL_FIELD_SECRET },
    { "Set-Cookie", PL_FIELD_SECRET },
    { "x-api-key", PL_FIELD_SECRET },
    { "x-immich-user-token", PL_FIELD_SECRET },
    { "x-immich-session-token", PL_FIELD_SECRET },
    { "x-immich-share-key", PL_FIELD_SECRET },
    { "x-immich-share-slug", PL_FIELD_SECRET },
    { "Content-Length", PL_FIELD_NOT_IN_TRAILER },
    { "Host", PL_FIELD_NOT_IN_TRAILER },
    { "Trailer", PL_FIELD_NOT_IN_TRAILER },
    { "Server", 0 },
    { "ETag", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlFieldId id = pl_field_identify (pl_slice_from_string (cases[i].name));

      g_assert_cmpint (pl_field_get_flags (id), ==, cases[i].flags);
    }
}

/* Each name in the table that has hyphens is also known with underscores, whatever its length. */
static void
test_every_shadow_is_seen (void)
{
  for (guint id = PL_FIELD_OTHER + 1; id < PL_FIELD_COUNT; id++)
    {
      PlSlice name = field_get_name (id);
      g_autofree char *shadow = g_strdelimit (pl_slice_dup_string (name), "-", '_');
      gboolean has_hyphen = pl_slice_find (name, '-') < name.length;

      g_assert_cmpint (pl_field_identify_shadowed (at_edge (pl_slice (shadow, name.length))), ==,
                       has_hyphen ? id : PL_FIELD_OTHER);
      g_assert_cmpint (pl_field_identify_shadowed (name), ==, PL_FIELD_OTHER);
    }
}

static void
test_shadows (void)
{
  static const struct
  {
    const char *name;
    PlFieldId shadowed;
  } cases[] = {
    { "X_Forwarded_For", PL_FIELD_X_FORWARDED_FOR },
    { "x-forwarded_for", PL_FIELD_X_FORWARDED_FOR },
    { "X_FORWARDED-PROTO", PL_FIELD_X_FORWARDED_PROTO },
    { "x_real_ip", PL_FIELD_X_REAL_IP },
    { "Content_Length", PL_FIELD_CONTENT_LENGTH },
    { "X-Forwarded-For", PL_FIELD_OTHER },
    { "Host", PL_FIELD_OTHER },
    { "_Host", PL_FIELD_OTHER },
    { "X_Forwarded_Fox", PL_FIELD_OTHER },
    { "_", PL_FIELD_OTHER },
    { "X__Forwarded_For", PL_FIELD_OTHER },
    { "X_Forwarded_For_", PL_FIELD_OTHER },
    { "x_forwarded_for_and_a_name_longer_than_any_in_the_table", PL_FIELD_OTHER },
  };

  g_assert_cmpint (pl_field_identify_shadowed (PL_SLICE ("")), ==, PL_FIELD_OTHER);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (pl_field_identify_shadowed (at_edge (pl_slice_from_string (cases[i].name))),
                     ==, cases[i].shadowed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/fields/identify/every-field", test_every_field_is_found);
  g_test_add_func ("/http/fields/identify/near-misses", test_near_misses);
  g_test_add_func ("/http/fields/flags", test_flags);
  g_test_add_func ("/http/fields/shadow/every-field", test_every_shadow_is_seen);
  g_test_add_func ("/http/fields/shadow/spellings", test_shadows);
  return g_test_run ();
}
