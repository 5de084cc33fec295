/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Request targets in their four forms, and what is none of them. */

#include "net/http/target.h"

#include "tests/unit/feed.h"

/**
 * TargetCase:
 * @parts: scheme, authority, path and, after `?`, query, each of the first two ended by `|`;
 *   %NULL when the target is to be refused
 */
typedef struct
{
  const char *method;
  const char *text;
  PlTargetForm form;
  const char *parts;
} TargetCase;

#define ORIGIN(text, parts)                                                                        \
  {                                                                                                \
    "GET", text, PL_TARGET_ORIGIN, parts                                                           \
  }
#define ABSOLUTE(text, parts)                                                                      \
  {                                                                                                \
    "GET", text, PL_TARGET_ABSOLUTE, parts                                                         \
  }
#define BAD(method, text)                                                                          \
  {                                                                                                \
    method, text, PL_TARGET_ORIGIN, NULL                                                           \
  }

static const TargetCase cases[] = {
  ORIGIN ("/", "||/"),
  ORIGIN ("/api/assets", "||/api/assets"),
  ORIGIN ("/a?b=c&d", "||/a?b=c&d"),
  ORIGIN ("/?", "||/?"),
  ORIGIN ("/?a?b", "||/?a?b"),
  ORIGIN ("//host/x", "||//host/x"),
  ORIGIN ("/a:b@c", "||/a:b@c"),
  ORIGIN ("/http://host/", "||/http://host/"),
  ORIGIN ("/%20%C3%A4%2f%0a?%7e", "||/%20%C3%A4%2f%0a?%7e"),
  ORIGIN ("/\"<>[]\\^`{|}?\"<>[]\\^`{|}", "||/\"<>[]\\^`{|}?\"<>[]\\^`{|}"),
  ORIGIN ("/*", "||/*"),
  { "OPTIONS", "/", PL_TARGET_ORIGIN, "||/" },
  BAD ("GET", "/#"),
  BAD ("GET", "/a?b#c"),
  BAD ("GET", "/a b"),
  BAD ("GET", "/\t"),
  BAD ("GET", "/\x7f"),
  BAD ("GET", "/\xc3\xa4"),
  BAD ("GET", "/%"),
  BAD ("GET", "/%4"),
  BAD ("GET", "/%4?"),
  BAD ("GET", "/%g0"),
  BAD ("GET", "/%0g"),
  BAD ("GET", "/?%zz"),
  BAD ("GET", "/%00"),
  BAD ("GET", "/?%00"),
  BAD ("GET", ""),
  BAD ("GET", "?"),
  BAD ("GET", "a/b"),
  BAD ("GET", "\\a"),
  BAD ("GET", "%2Fa"),

  ABSOLUTE ("http://host", "http|host|/"),
  ABSOLUTE ("http://host/", "http|host|/"),
  ABSOLUTE ("http://host:80/a?b", "http|host:80|/a?b"),
  ABSOLUTE ("HTTPS://Host?q", "HTTPS|Host|/?q"),
  ABSOLUTE ("http://host?a/b", "http|host|/?a/b"),
  ABSOLUTE ("http://[::1]:8080/x", "http|[::1]:8080|/x"),
  { "OPTIONS", "http://host", PL_TARGET_ABSOLUTE, "http|host|/" },
  BAD ("GET", "http:"),
  BAD ("GET", "http:/host/"),
  BAD ("GET", "http:///"),
  BAD ("GET", "http://?a"),
  BAD ("GET", "http://:80/"),
  BAD ("GET", "http://user@host/"),
  BAD ("GET", "http://user:secret@host/"),
  BAD ("GET", "http://host:99999/"),
  BAD ("GET", "http://host\\@other/"),
  BAD ("GET", "http://ho%73t/"),
  BAD ("GET", "http://host#a"),
  BAD ("GET", "http://host/#a"),
  BAD ("GET", "http://host/%00"),
  BAD ("GET", "ftp://host/"),
  BAD ("GET", "httpx://host/"),
  BAD ("GET", "://host/"),
  BAD ("GET", "host/path"),
  BAD ("GET", "host:80"),

  { "CONNECT", "host:443", PL_TARGET_AUTHORITY, "|host:443|" },
  { "CONNECT", "[::1]:443", PL_TARGET_AUTHORITY, "|[::1]:443|" },
  BAD ("CONNECT", "host"),
  BAD ("CONNECT", "host:"),
  BAD ("CONNECT", ":443"),
  BAD ("CONNECT", "host:0"),
  BAD ("CONNECT", "/"),
  BAD ("CONNECT", "*"),
  BAD ("CONNECT", "http://host:80/"),
  BAD ("CONNECT", "host:443/"),
  BAD ("connect", "host:443"),

  { "OPTIONS", "*", PL_TARGET_ASTERISK, "||" },
  BAD ("GET", "*"),
  BAD ("OPTIONS", "**"),
  BAD ("OPTIONS", "*?"),
  BAD ("options", "*"),
};

static char *
describe (const PlTarget *target)
{
  GString *parts = g_string_new (NULL);

  g_string_append_len (parts, target->scheme.bytes, target->scheme.length);
  g_string_append_c (parts, '|');
  g_string_append_len (parts, target->authority.bytes, target->authority.length);
  g_string_append_c (parts, '|');
  g_string_append_len (parts, target->path.bytes, target->path.length);
  if (target->has_query)
    g_string_append_c (parts, '?');
  g_string_append_len (parts, target->query.bytes, target->query.length);
  return g_string_free (parts, FALSE);
}

static void
test_targets (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlSlice text = pl_slice_from_string (cases[i].text);
      PlTarget target;
      PlHttpFault fault;
      g_autofree char *parts = NULL;

      feed_note (text);
      fault = pl_target_parse (pl_slice_from_string (cases[i].method),
                               pl_slice (feed_at_edge (text), text.length), &target);
      g_assert_cmpint (fault, ==,
                       cases[i].parts != NULL ? PL_HTTP_FAULT_NONE : PL_HTTP_FAULT_TARGET);
      if (fault != PL_HTTP_FAULT_NONE)
        continue;

      parts = describe (&target);
      g_assert_cmpstr (parts, ==, cases[i].parts);
      g_assert_cmpint (target.form, ==, cases[i].form);
    }
}

static void
test_nul (void)
{
  PlTarget target;

  g_assert_cmpint (pl_target_parse (PL_SLICE ("GET"), PL_SLICE ("/\0"), &target), ==,
                   PL_HTTP_FAULT_TARGET);
  g_assert_cmpint (pl_target_parse (PL_SLICE ("GET"), PL_SLICE ("http://a\0/"), &target), ==,
                   PL_HTTP_FAULT_TARGET);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/target/forms", test_targets);
  g_test_add_func ("/http/target/nul", test_nul);
  return g_test_run ();
}
