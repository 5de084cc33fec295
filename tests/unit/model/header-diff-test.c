/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Heads beside each other: `=` the same, `+` added, `-` removed, `!` changed, `*` a secret. */

#include "app/model/header_diff.h"

#include <string.h>

#include "app/model/header_words.h"

typedef struct
{
  const char *name;
  PlHeadKind kind;
  const char *in;
  const char *out;
  const char *rows;
} Case;

static const Case cases[] = {
  { "request", PL_HEAD_REQUEST,
    "GET /api/assets?key=abc HTTP/1.1\r\nHost: a:8080\r\nConnection: keep-alive\r\n"
    "Cookie: immich_access_token=x\r\nX-Forwarded-For: 6.6.6.6\r\nAccept: */*\r\n\r\n",
    "GET /api/assets?key=abc HTTP/1.1\r\nHost: a:8080\r\nCookie: immich_access_token=x\r\n"
    "Accept: */*\r\nX-Forwarded-For: 192.168.1.23\r\nX-Real-IP: 192.168.1.23\r\n\r\n",
    "=Host -Connection =Cookie* !X-Forwarded-For =Accept +X-Real-IP" },
  { "response", PL_HEAD_RESPONSE,
    "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
    "Set-Cookie: c=3\r\n\r\n",
    "HTTP/1.1 200 OK\r\nset-cookie: a=1\r\nset-cookie: c=3\r\nDate: now\r\n\r\n",
    "-Connection =Set-Cookie* -Set-Cookie* =Set-Cookie* +Date" },
  { "not-sent-on", PL_HEAD_REQUEST, "GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\n\r\n", NULL,
    "=Host =TE" },
  { "secrets-of-others", PL_HEAD_REQUEST,
    "GET / HTTP/1.1\r\nHost: a\r\nCF-Access-Client-Secret: x\r\nX-Auth-Token: x\r\n"
    "x_api_key: x\r\nX-Password: x\r\nAccept-Language: de\r\n\r\n",
    NULL,
    "=Host =CF-Access-Client-Secret* =X-Auth-Token* =x_api_key* =X-Password* =Accept-Language" },
  { "nothing", PL_HEAD_REQUEST, "", "", "" },
  { "no-http", PL_HEAD_REQUEST, "hello\r\nthere\r\n\r\n", NULL, "" },
  { "cut", PL_HEAD_REQUEST, "GET / HTTP/1.1\r\nHost: a\r\nAcc", NULL, "=Host" },
  { "bad-line", PL_HEAD_REQUEST, "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", NULL, "=Host" },
};

static char *
dup_rows (const PlHeaderDiff *diff)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pl_header_diff_get_n_rows (diff); i++)
    {
      const PlHeaderRow *row = pl_header_diff_get_row (diff, i);
      g_string_append_printf (text, "%s%c%s%s", i > 0 ? " " : "", "=+-!"[row->kind], row -> name,
                              row -> is_secret ? "*" : "");
      g_assert_cmpint (row->kind == PL_HEADER_SAME, ==, row->explanation == NULL);
      g_assert_true (row->kind != PL_HEADER_ADDED || row->value_in == NULL);
      g_assert_true (row->kind != PL_HEADER_REMOVED || row->value_out == NULL);
    }
  return g_string_free (text, FALSE);
}

/* Not terminated, so that an over-read is caught. */
static GBytes *
new_octets (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
compares (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GBytes) in = new_octets (test->in);
  g_autoptr (GBytes) out = test->out != NULL ? new_octets (test->out) : NULL;
  g_autoptr (PlHeaderDiff) diff = pl_header_diff_new (test->kind, in, out);
  g_autofree char *rows = dup_rows (diff);

  g_assert_cmpstr (rows, ==, test->rows);
}

static PlHeaderDiff *
new_diff (const char *in_text, const char *out_text)
{
  g_autoptr (GBytes) in = new_octets (in_text);
  g_autoptr (GBytes) out = new_octets (out_text);

  return pl_header_diff_new (PL_HEAD_REQUEST, in, out);
}

static void
masks_addresses (void)
{
  g_autoptr (PlHeaderDiff) diff
      = new_diff ("GET /a?slug=s HTTP/1.0\r\nReferer: http://a/?key=abc&b=1\r\n\r\n",
                  "GET /a?slug=s HTTP/1.1\r\n\r\n");

  g_assert_cmpstr (pl_header_diff_get_first_line_in (diff), ==, "GET /a?slug=*** HTTP/1.0");
  g_assert_cmpstr (pl_header_diff_get_first_line_out (diff), ==, "GET /a?slug=*** HTTP/1.1");
  g_assert_cmpstr (pl_header_diff_get_row (diff, 0)->value_in, ==, "http://a/?key=***&b=1");
}

static void
is_fit_to_be_shown (void)
{
  g_autoptr (PlHeaderDiff) diff
      = new_diff ("GET / HTTP/1.1\r\nX-Odd: a\tb\xff\r\n\r\n", "GET / HTTP/1.1\r\n\r\n");
  const char *value = pl_header_diff_get_row (diff, 0)->value_in;

  g_assert_true (g_utf8_validate (value, -1, NULL));
  g_assert_true (g_str_has_prefix (value, "a b"));
}

/* Whatever this program adds has words of its own. */
static void
explains_its_own (void)
{
  static const char *const names[]
      = { "X-Forwarded-For", "X-Real-IP", "X-Forwarded-Host", "X-Forwarded-Proto",
          "Connection",      "Host",      "CDN-Loop" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (
        pl_header_words (PL_HEAD_REQUEST, pl_slice_from_string (names[i]), PL_HEADER_ADDED), !=,
        "This program has set it.");
  g_assert_cmpstr (
      pl_header_words (PL_HEAD_REQUEST, PL_SLICE ("X_Forwarded_For"), PL_HEADER_REMOVED), ==,
      "It could be mistaken for another header, so it is not let through.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/header-diff/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], compares);
    }
  g_test_add_func ("/header-diff/masks", masks_addresses);
  g_test_add_func ("/header-diff/shown", is_fit_to_be_shown);
  g_test_add_func ("/header-diff/explains", explains_its_own);
  return g_test_run ();
}
