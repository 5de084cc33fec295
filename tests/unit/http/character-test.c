/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of character classes, against the words of the RFCs. */

#include "net/http/character.h"

#include "tests/unit/feed.h"

/* RFC 9110 §5.5: field-vchar, and the white space that may stand between. */
static gboolean
is_text (guint octet)
{
  return octet == '\t' || (octet >= ' ' && octet <= '~') || octet >= 0x80;
}

/* RFC 3986 §2.3 */
static gboolean
is_unreserved (guint octet)
{
  return octet > 0 && octet < 0x80 && (g_ascii_isalnum (octet) || strchr ("-._~", octet) != NULL);
}

/* RFC 9110 §5.6.2: tchar */
static gboolean
is_token (guint octet)
{
  return octet > 0 && octet < 0x80
         && (g_ascii_isalnum (octet) || strchr ("!#$%&'*+-.^_`|~", octet) != NULL);
}

static void
test_classes (void)
{
  for (guint octet = 0; octet < 256; octet++)
    {
      g_assert_cmpint (pl_character_is (octet, PL_CHARACTER_TEXT), ==, is_text (octet));
      g_assert_cmpint (pl_character_is (octet, PL_CHARACTER_VISIBLE), ==,
                       octet > ' ' && octet <= '~');
      g_assert_cmpint (pl_character_is (octet, PL_CHARACTER_TOKEN), ==, is_token (octet));
      g_assert_cmpint (pl_character_is (octet, PL_CHARACTER_UNRESERVED), ==, is_unreserved (octet));
    }
}

/* Every octet at every place: alone in a word of eight, and in what is left over. */
static void
test_is_text (void)
{
  char text[20];

  g_assert_true (pl_character_is_text (pl_slice (NULL, 0)));
  for (guint octet = 0; octet < 256; octet++)
    for (gsize place = 0; place < sizeof text; place++)
      {
        memset (text, 'a', sizeof text);
        text[place] = octet;
        g_assert_cmpint (pl_character_is_text (
                             pl_slice (feed_at_edge (pl_slice (text, sizeof text)), sizeof text)),
                         ==, is_text (octet));
      }
}

static void
test_unescape (void)
{
  static const struct
  {
    const char *text;
    gint octet;
  } cases[] = {
    { "%41", 'A' }, { "%4aX", 'J' }, { "%fF", 0xff }, { "%00", 0 },  { "", -1 },     { "%", -1 },
    { "%4", -1 },   { "%4g", -1 },   { "%g4", -1 },   { "A41", -1 }, { "%%41", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlSlice text = pl_slice_from_string (cases[i].text);

      g_assert_cmpint (pl_character_unescape (pl_slice (feed_at_edge (text), text.length)), ==,
                       cases[i].octet);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/character/classes", test_classes);
  g_test_add_func ("/http/character/is-text", test_is_text);
  g_test_add_func ("/http/character/unescape", test_unescape);
  return g_test_run ();
}
