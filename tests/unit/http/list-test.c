/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists in field values, from either end, and the parts of an element. */

#include "net/http/list.h"

#include "tests/unit/feed.h"

static PlSlice
at_edge (PlSlice text)
{
  return pl_slice (feed_at_edge (text), text.length);
}

static void
test_elements (void)
{
  static const struct
  {
    const char *value;
    const char *elements;
  } cases[] = {
    { "", "" },
    { ",", "" },
    { " , \t,, ", "" },
    { "a", "a|" },
    { "a,b", "a|b|" },
    { " a , b\t", "a|b|" },
    { ",a,,b,", "a|b|" },
    { "close, Upgrade", "close|Upgrade|" },
    { "a b, c", "a b|c|" },
    { "\"a,b\"", "\"a|b\"|" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) elements = g_string_new (NULL);
      PlSlice rest = at_edge (pl_slice_from_string (cases[i].value));
      PlSlice element;

      while (pl_field_list_next (&rest, &element))
        g_string_append_printf (elements, "%.*s|", (int) element.length, element.bytes);
      g_assert_cmpstr (elements->str, ==, cases[i].elements);
    }
}

static void
test_contains (void)
{
  static const struct
  {
    const char *value;
    gboolean contains_close;
  } cases[] = {
    { "close", TRUE },      { "CLOSE", TRUE }, { "keep-alive, Close", TRUE }, { ",,close,", TRUE },
    { "\tclose ,x", TRUE }, { "", FALSE },     { "closed", FALSE },           { "c lose", FALSE },
    { "close;x", FALSE },   { "clos", FALSE }, { "not close", FALSE },
  };

  g_assert_false (pl_field_list_contains (pl_slice (NULL, 0), PL_SLICE ("close")));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (pl_field_list_contains (at_edge (pl_slice_from_string (cases[i].value)),
                                             PL_SLICE ("close")),
                     ==, cases[i].contains_close);
}

/* Calls @take until there is no more, with `|` behind each of what it found. */
static void
check_walk (gboolean (*take) (PlSlice *rest, PlSlice *found),
            const char *value,
            const char *expected)
{
  g_autoptr (GString) all = g_string_new (NULL);
  PlSlice rest = at_edge (pl_slice_from_string (value));
  PlSlice found;

  while (take (&rest, &found))
    g_string_append_printf (all, "%.*s|", (int) found.length, found.bytes);
  g_assert_cmpstr (all->str, ==, expected);
}

static void
test_last_elements (void)
{
  static const struct
  {
    const char *value;
    const char *elements;
  } cases[] = {
    { "", "" },
    { ",", "" },
    { " , \t,, ", "" },
    { "a", "a|" },
    { "a, b\t", "b|a|" },
    { ",a,,b,", "b|a|" },
    { "a;x=\"1,2\", b", "b|a;x=\"1,2\"|" },
    { "a, b;x=\"1,2\"", "b;x=\"1,2\"|a|" },
    { "a, \"b\\\",c\", d", "d|\"b\\\",c\"|a|" },
    { "a, \"b\\\\\", c", "c|\"b\\\\\"|a|" },
    { "a, \"b\\\\\\\",\", c", "c|\"b\\\\\\\",\"|a|" },
    { "\"\"", "\"\"|" },

    /* Marks that a stranger left open swallow what is his, and nothing of what was added. */
    { "x\", a", "a|x\"|" },
    { "w, \"x, a, b", "b|a|w, \"x|" },
    { "\", \"a,b\", c", "c|\"a,b\"|\"|" },
    { "\\\", a", "a|\\\"|" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check_walk (pl_field_list_take_last, cases[i].value, cases[i].elements);
}

static void
test_parts (void)
{
  static const struct
  {
    const char *value;
    const char *parts;
  } cases[] = {
    { "", "" },
    { ";", "" },
    { " ; \t;; ", "" },
    { "a", "a|" },
    { "a;b", "a|b|" },
    { " a ; b=c\t;", "a|b=c|" },
    { "a;b=\"c;d\";e", "a|b=\"c;d\"|e|" },
    { "b=\"c\\\";d\";e", "b=\"c\\\";d\"|e|" },
    { "b=\"c\\\\\";e", "b=\"c\\\\\"|e|" },
    { "b=\"c;e", "b=\"c;e|" },
    { "b=\"c\\", "b=\"c\\|" },
    { "a,b;c", "a,b|c|" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check_walk (pl_field_part_next, cases[i].value, cases[i].parts);
}

static void
test_part_split (void)
{
  static const struct
  {
    const char *part;
    const char *name; /* %NULL: refused */
    const char *value;
  } cases[] = {
    { "a=b", "a", "b" },
    { "For=192.0.2.43", "For", "192.0.2.43" },
    { "for=\"[2001:db8::1]:80\"", "for", "[2001:db8::1]:80" },
    { "a=\"\"", "a", "" },
    { "a=\"b=c;d, e\"", "a", "b=c;d, e" },
    { "", NULL, NULL },
    { "a", NULL, NULL },
    { "a=", NULL, NULL },
    { "=b", NULL, NULL },
    { "a =b", NULL, NULL },
    { "a= b", NULL, NULL },
    { "a=b c", NULL, NULL },
    { "a=b=c", NULL, NULL },
    { "a=[::1]", NULL, NULL },
    { "a=\"b", NULL, NULL },
    { "a=b\"", NULL, NULL },
    { "a=\"", NULL, NULL },
    { "a=\"b\"c", NULL, NULL },
    { "a=\"b\"c\"", NULL, NULL },
    { "a=\"\\b\"", NULL, NULL },
    { "a=\"b\\\"", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlSlice name, value;
      gboolean is_split
          = pl_field_part_split (at_edge (pl_slice_from_string (cases[i].part)), &name, &value);

      g_test_message ("%s", cases[i].part);
      g_assert_cmpint (is_split, ==, cases[i].name != NULL);
      if (!is_split)
        continue;
      g_assert_cmpmem (name.bytes, name.length, cases[i].name, strlen (cases[i].name));
      g_assert_cmpmem (value.bytes, value.length, cases[i].value, strlen (cases[i].value));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/list/elements", test_elements);
  g_test_add_func ("/http/list/contains", test_contains);
  g_test_add_func ("/http/list/last-elements", test_last_elements);
  g_test_add_func ("/http/list/parts", test_parts);
  g_test_add_func ("/http/list/part-split", test_part_split);
  return g_test_run ();
}
