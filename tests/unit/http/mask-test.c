/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is left of an address when its secrets are out. */

#include "net/http/mask.h"

#include "tests/unit/feed.h"

static const struct
{
  const char *target;
  const char *masked;
} cases[] = {
  { "", "" },
  { "/", "/" },
  { "*", "*" },
  { "/?", "/?" },
  { "/api/assets", "/api/assets" },
  { "/api/assets?size=preview&c=1", "/api/assets?size=preview&c=1" },

  { "/?key=abc", "/?key=***" },
  { "/?slug=abc", "/?slug=***" },
  { "/?apiKey=abc", "/?apiKey=***" },
  { "/?sessionKey=abc", "/?sessionKey=***" },
  { "/?userToken=abc", "/?userToken=***" },
  { "/?password=abc", "/?password=***" },
  { "/?KEY=abc&APIKEY=def", "/?KEY=***&APIKEY=***" },
  { "/?a=1&key=abc&b=2", "/?a=1&key=***&b=2" },
  { "/?key=abc&key=def", "/?key=***&key=***" },
  { "/?key=a=b", "/?key=***" },
  { "/?key=", "/?key=***" },
  { "/?key=&a=1", "/?key=***&a=1" },
  { "/?key", "/?key" },
  { "/?key&a", "/?key&a" },
  { "/?&&key=abc", "/?&&key=***" },
  { "/?=key", "/?=key" },
  { "/?a=key=abc", "/?a=key=***" },
  { "http://host/?key=abc", "http://host/?key=***" },

  { "/?k%65y=abc", "/?k%65y=***" },
  { "/?%4B%45%59=abc", "/?%4B%45%59=***" },
  { "/?%6bey=abc&a", "/?%6bey=***&a" },
  { "/?key%00=abc", "/?key%00=***" },
  { "/?%zzkey=abc", "/?%zzkey=abc" },
  { "/?key%=abc", "/?key%=abc" },
  { "/?key%6=abc", "/?key%6=abc" },

  { "/?a=1;key=abc", "/?a=1;key=***" },
  { "/?key=abc;def&b=2", "/?key=***&b=2" },

  { "/share/abc", "/share/***" },
  { "/share/abc/photos/1?a=1", "/share/***/photos/1?a=1" },
  { "/share/abc?key=def", "/share/***?key=***" },
  { "/s/abc", "/s/***" },
  { "http://host/share/abc", "http://host/share/***" },
  { "/SHARE/abc", "/SHARE/***" },
  { "//share/abc/photos", "//share/***/photos" },
  { "///S/abc", "///S/***" },
  { "//", "//" },
  { "/share/", "/share/" },
  { "/share", "/share" },
  { "/shared/abc", "/shared/abc" },
  { "/api/shared-links", "/api/shared-links" },
  { "/a/share/abc", "/a/share/abc" },

  { "http://me:abc@host/x?y", "http://***@host/x?y" },
  { "http://me:a@bc@host", "http://***@host" },
  { "http://host/a@b", "http://host/a@b" },
  { "/a://s/share/b@c", "/a://s/share/b@c" },
  { "a:", "a:" },
  { "://", "://" },
  { ":/", ":/" },

  { "/key=abc", "/key=abc" },
  { "/?monkey=abc&keys=def", "/?monkey=abc&keys=def" },
  { "/?key[]=abc", "/?key[]=***" },
  { "/?key[0]=abc", "/?key[0]=***" },
  { "/?[password]=abc&a", "/?[password]=***&a" },
  { "/?%5Bpassword%5D=abc", "/?%5Bpassword%5D=***" },
  { "/auth/login?code=abc&state=d", "/auth/login?code=***&state=d" },
  { "/maintenance?token=abc", "/maintenance?token=***" },
  { "/?codec=abc&encode=d", "/?codec=abc&encode=d" },

  { "/a b\t\x01\x7f", "/a%20b%09%01%7F" },
  { "/\xc3\xa4?\xff=\x80", "/%C3%A4?%FF=%80" },
  { "\r\n?key=\xff", "%0D%0A?key=***" },
};

static void
test_masked (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlSlice target = pl_slice_from_string (cases[i].target);
      char buffer[64];
      PlWriter writer;

      pl_writer_init (&writer, buffer, sizeof buffer - 1);
      pl_mask_target (pl_slice (feed_at_edge (target), target.length), &writer);
      buffer[writer.length] = '\0';
      g_assert_cmpstr (buffer, ==, cases[i].masked);
    }
}

/* It ends nothing. */
static void
test_nul (void)
{
  static const struct
  {
    PlSlice target;
    const char *masked;
  } nuls[] = {
    { { "/\0?key=a\0b&c", 12 }, "/%00?key=***&c" },
    { { "http://me:a\0bc@host\0/", 21 }, "http://***@host%00/" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (nuls); i++)
    {
      char buffer[32];
      PlWriter writer;

      pl_writer_init (&writer, buffer, sizeof buffer);
      pl_mask_target (nuls[i].target, &writer);
      g_assert_cmpmem (buffer, writer.length, nuls[i].masked, strlen (nuls[i].masked));
    }
}

/* A mask that does not fit must not leave a part of the secret instead. */
static void
test_too_small (void)
{
  PlSlice masked = PL_SLICE ("/?key=***&a");

  for (gsize capacity = 0; capacity <= masked.length; capacity++)
    {
      g_autofree char *buffer = g_malloc (MAX (capacity, 1));
      PlWriter writer;

      pl_writer_init (&writer, buffer, capacity);
      pl_mask_target (PL_SLICE ("/?key=secret&a"), &writer);
      g_assert_cmpint (writer.overflowed, ==, capacity < masked.length);
      g_assert_cmpmem (buffer, writer.length, masked.bytes, writer.length);
    }
}

/* A whole head, of which only what is secret is another; read again it is the same head. */
static void
test_head (void)
{
  static const struct
  {
    PlHeadKind kind;
    const char *head;
    const char *masked;
  } heads[] = {
    { PL_HEAD_REQUEST,
      "GET /s/abc?key=abc HTTP/1.0\r\nHost: a\r\ncookie:abc\r\nX-MY-KEY: abc\r\n"
      "Referer: http://me:abc@a/?password=abc\r\nX-Plain: \t\xfc\r\nAuthorization: Basic "
      "abc\r\n\r\n",
      "GET /s/***?key=*** HTTP/1.0\r\nHost: a\r\ncookie: ***\r\nX-MY-KEY: ***\r\n"
      "Referer: http://***@a/?password=***\r\nX-Plain: \xfc\r\nAuthorization: ***\r\n\r\n" },
    { PL_HEAD_RESPONSE,
      "HTTP/1.1 302 See There\r\nSet-Cookie: abc\r\nSet-Cookie: abc\r\nLocation: /?key=abc\r\n\r\n",
      "HTTP/1.1 302 See There\r\nSet-Cookie: ***\r\nSet-Cookie: ***\r\nLocation: "
      "/?key=***\r\n\r\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      PlHeadLimits limits = { 8192, 100 };
      PlHttpFault fault;
      PlHead head;
      char buffer[1024];
      PlWriter writer;

      pl_head_init (&head, heads[i].kind, limits);
      g_assert_cmpint (pl_head_parse (&head, heads[i].head, strlen (heads[i].head), &fault), ==,
                       PL_PARSE_DONE);
      pl_writer_init (&writer, buffer, sizeof buffer);
      pl_mask_head (&head, &writer);
      g_assert_cmpmem (buffer, writer.length, heads[i].masked, strlen (heads[i].masked));
      pl_head_clear (&head);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/mask/masked", test_masked);
  g_test_add_func ("/http/mask/nul", test_nul);
  g_test_add_func ("/http/mask/too-small", test_too_small);
  g_test_add_func ("/http/mask/head", test_head);
  return g_test_run ();
}
