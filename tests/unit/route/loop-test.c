/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether our mark is found in what other proxies make of it, and nothing else is taken for it. */

#include "net/route/loop.h"

#include "tests/unit/route/sample.h"

static PlSlice
get_mark (void)
{
  return pl_slice_from_string (pl_loop_get_mark ());
}

/* In the cases, `@` stands for our mark, `#` for the id in it, `^` for that in capitals. */
static char *
dup_filled_in (const char *pattern)
{
  const char *id = strchr (pl_loop_get_mark (), '=') + 1;
  g_autofree char *capitals = g_ascii_strup (id, -1);
  g_autoptr (GString) text = g_string_new (pattern);

  g_string_replace (text, "@", pl_loop_get_mark (), 0);
  g_string_replace (text, "#", id, 0);
  g_string_replace (text, "^", capitals, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_mark (void)
{
  g_assert_true (g_regex_match_simple ("^porchlight;id=[0-9a-f]{16}$", pl_loop_get_mark (), 0, 0));
  g_assert_true (pl_loop_get_mark () == pl_loop_get_mark ());
  g_assert_true (pl_loop_is_ours (get_mark ()));
}

static void
test_values (void)
{
  static const struct
  {
    const char *value;
    gboolean is_ours;
  } cases[] = {
    { "cloudflare; loops=1, @", TRUE },
    { "@, Fastly", TRUE },
    { "@,@", TRUE },
    { "other.example:8080;a=\"b, c\", @, x", TRUE },
    { "Porchlight ; ID=#", TRUE },
    { "porchlight; a=b; id=\"#\"", TRUE },
    { "porchlight;id=^", TRUE },
    { "porchlight;id=0123456789abcdef, @", TRUE },

    /* What a client may put in front, to hide what follows. */
    { "\", @", TRUE },
    { "a;b=\"\\, @, c", TRUE },
    { ";;, ,= , @", TRUE },

    { "", FALSE },
    { "porchlight", FALSE },
    { "porchlight;id=0123456789abcdef", FALSE },
    { "porchlight;id=", FALSE },
    { "porchlight;id=#0", FALSE },
    { "porchlight;no=#", FALSE },
    { "porchlights;id=#", FALSE },
    { "other;id=#", FALSE },
    { ";id=#", FALSE },
    { "id=#", FALSE },
    { "#", FALSE },
    { "other;a=\", @\"", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = dup_filled_in (cases[i].value);
      g_autofree char *octets = sample_copy (text);

      g_test_message ("%s", cases[i].value);
      g_assert_cmpint (pl_loop_is_ours (pl_slice (octets, strlen (text))), ==, cases[i].is_ours);
    }
}

static void
test_heads (void)
{
  static const struct
  {
    const char *fields;
    gboolean has_come_back;
  } cases[] = {
    { "", FALSE },
    { "CDN-Loop: other\n", FALSE },
    { "CDN-Loop: @\n", TRUE },
    { "CDN-Loop: other\nA: b\ncdn-loop: @\nCDN-Loop: third\n", TRUE },
    { "CDN_Loop: @\nVia: @\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *fields = dup_filled_in (cases[i].fields);
      g_autofree char *text = g_strconcat ("GET / HTTP/1.1\n", fields, "\n", NULL);
      g_autoptr (SampleHead) sample = sample_head_new (PL_HEAD_REQUEST, text);

      g_test_message ("%s", cases[i].fields);
      g_assert_cmpint (pl_loop_has_come_back (&sample->head), ==, cases[i].has_come_back);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/loop/mark", test_mark);
  g_test_add_func ("/route/loop/values", test_values);
  g_test_add_func ("/route/loop/heads", test_heads);
  return g_test_run ();
}
