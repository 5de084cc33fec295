/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody could take the name in a query for. */

#include "net/http/query.h"

#include "tests/unit/feed.h"

static const struct
{
  const char *name;
  gboolean passes; /* for `key` */
} cases[] = {
  { "key", TRUE },      { "KEY", TRUE },         { "k%65y", TRUE },   { "%4B%45%59", TRUE },
  { "key[]", TRUE },    { "key[0]", TRUE },      { "[key]", TRUE },   { "%5bkey%5D", TRUE },
  { "[key][x]", TRUE }, { "+key", TRUE },        { "key%20", TRUE },  { "key%00", TRUE },
  { "key.x", TRUE },    { "k\xc3\xa9y", FALSE }, { "", FALSE },       { "[]", FALSE },
  { "ke", FALSE },      { "keys", FALSE },       { "monkey", FALSE }, { "_key", FALSE },
  { "key%", FALSE },    { "key%6", FALSE },      { "%zzkey", FALSE }, { "key-x", FALSE },
  { "[ke", FALSE },     { "%256bey", FALSE },
};

static void
test_passes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlSlice name = pl_slice_from_string (cases[i].name);

      g_test_message ("%s", cases[i].name);
      g_assert_true (pl_query_name_passes_for (pl_slice (feed_at_edge (name), name.length), "key")
                     == cases[i].passes);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/passes", test_passes);
  return g_test_run ();
}
