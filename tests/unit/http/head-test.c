/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Heads and what is made of them, each fed in every way there is. */

#include "net/http/head.h"

#include "tests/unit/feed.h"

static const PlHeadLimits usual_limits = { 32768, 100 };

/**
 * HeadCase:
 * @parts: for a good head, what it says: first line and fields, each part ended by `|`
 * @fault: for a bad one, what is wrong
 */
typedef struct
{
  const char *name;
  PlHeadKind kind;
  PlSlice text;
  const char *parts;
  PlHttpFault fault;
} HeadCase;

static const HeadCase good_heads[] = {
  { "no-fields", PL_HEAD_REQUEST, PL_SLICE ("GET / HTTP/1.0\r\n\r\n"), "GET|/|10|" },
  { "fields-in-order", PL_HEAD_REQUEST,
    PL_SLICE ("POST /api/assets?key=1 HTTP/1.1\r\nHost: a:80\r\nB: 2\r\nA: 1\r\nb: 3\r\n\r\n"),
    "POST|/api/assets?key=1|11|Host=a:80|B=2|A=1|b=3|" },
  { "every-token-character", PL_HEAD_REQUEST,
    PL_SLICE ("!#$%&'*+-.^_`|~09azAZ / HTTP/1.1\r\n!#$%&'*+-.^_`|~09azAZ: 1\r\n\r\n"),
    "!#$%&'*+-.^_`|~09azAZ|/|11|!#$%&'*+-.^_`|~09azAZ=1|" },
  { "method-keeps-its-case", PL_HEAD_REQUEST, PL_SLICE ("gEt / HTTP/1.1\r\n\r\n"), "gEt|/|11|" },
  { "any-visible-target", PL_HEAD_REQUEST,
    PL_SLICE ("GET !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ HTTP/1.1\r\n\r\n"),
    "GET|!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~|11|" },
  { "one-empty-line-before", PL_HEAD_REQUEST, PL_SLICE ("\r\nGET / HTTP/1.1\r\n\r\n"),
    "GET|/|11|" },
  { "two-empty-lines-before", PL_HEAD_REQUEST, PL_SLICE ("\r\n\r\nGET / HTTP/1.1\r\n\r\n"),
    "GET|/|11|" },
  { "white-space-round-value", PL_HEAD_REQUEST,
    PL_SLICE ("GET / HTTP/1.1\r\nA: \t b \t c \t \r\nD:e\r\n\r\n"), "GET|/|11|A=b \t c|D=e|" },
  { "empty-values", PL_HEAD_REQUEST, PL_SLICE ("GET / HTTP/1.1\r\nA:\r\nB: \r\nC:\t \t\r\n\r\n"),
    "GET|/|11|A=|B=|C=|" },
  { "value-with-colons", PL_HEAD_REQUEST, PL_SLICE ("GET / HTTP/1.1\r\nA::b:\r\n\r\n"),
    "GET|/|11|A=:b:|" },
  { "value-with-obs-text", PL_HEAD_REQUEST,
    PL_SLICE ("GET / HTTP/1.1\r\nName: \x80\xc3\xa4 and some more\xff\r\n\r\n"),
    "GET|/|11|Name=\x80\xc3\xa4 and some more\xff|" },
  { "underscore-and-digit-names", PL_HEAD_REQUEST, PL_SLICE ("GET / HTTP/1.1\r\nX_1: y\r\n\r\n"),
    "GET|/|11|X_1=y|" },
  { "version-1.2", PL_HEAD_REQUEST, PL_SLICE ("GET / HTTP/1.2\r\n\r\n"), "GET|/|11|" },
  { "version-1.9", PL_HEAD_REQUEST, PL_SLICE ("GET / HTTP/1.9\r\n\r\n"), "GET|/|11|" },
  { "response-1.2", PL_HEAD_RESPONSE, PL_SLICE ("HTTP/1.2 200 OK\r\n\r\n"), "200|OK|11|" },
  { "response", PL_HEAD_RESPONSE, PL_SLICE ("HTTP/1.1 200 OK\r\nDate: now\r\n\r\n"),
    "200|OK|11|Date=now|" },
  { "response-1.0", PL_HEAD_RESPONSE, PL_SLICE ("HTTP/1.0 404 Not Found\r\n\r\n"),
    "404|Not Found|10|" },
  { "lowest-status", PL_HEAD_RESPONSE, PL_SLICE ("HTTP/1.1 100 Continue\r\n\r\n"),
    "100|Continue|11|" },
  { "highest-status", PL_HEAD_RESPONSE, PL_SLICE ("HTTP/1.1 999 ?\r\n\r\n"), "999|?|11|" },
  { "empty-reason", PL_HEAD_RESPONSE, PL_SLICE ("HTTP/1.1 204 \r\n\r\n"), "204||11|" },
  { "no-space-for-reason", PL_HEAD_RESPONSE, PL_SLICE ("HTTP/1.1 204\r\n\r\n"), "204||11|" },
  { "reason-with-obs-text-and-tab", PL_HEAD_RESPONSE,
    PL_SLICE ("HTTP/1.1 200 \t\xe4\xf6 ok\r\n\r\n"), "200|\t\xe4\xf6 ok|11|" },
};

#define BAD(name, kind, text, fault)                                                               \
  {                                                                                                \
    name, kind, PL_SLICE (text), NULL, PL_HTTP_FAULT_##fault                                       \
  }
#define BAD_REQUEST(name, text, fault)  BAD (name, PL_HEAD_REQUEST, text, fault)
#define BAD_RESPONSE(name, text, fault) BAD (name, PL_HEAD_RESPONSE, text, fault)
#define BAD_FIELD(name, text, fault)                                                               \
  BAD (name, PL_HEAD_REQUEST, "GET / HTTP/1.1\r\nHost: a\r\n" text "\r\n\r\n", fault)

static const HeadCase bad_heads[] = {
  BAD_REQUEST ("three-empty-lines", "\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n", START_LINE),
  BAD_REQUEST ("one-word", "GET\r\n\r\n", START_LINE),
  BAD_REQUEST ("method-and-space", "GET \r\n\r\n", START_LINE),
  BAD_REQUEST ("http-0.9", "GET /\r\n\r\n", START_LINE),
  BAD_REQUEST ("empty-version", "GET / \r\n\r\n", START_LINE),
  BAD_REQUEST ("space-before-method", " GET / HTTP/1.1\r\n\r\n", START_LINE),
  BAD_REQUEST ("two-spaces-before-target", "GET  / HTTP/1.1\r\n\r\n", START_LINE),
  BAD_REQUEST ("two-spaces-after-target", "GET /  HTTP/1.1\r\n\r\n", START_LINE),
  BAD_REQUEST ("space-after-version", "GET / HTTP/1.1 \r\n\r\n", START_LINE),
  BAD_REQUEST ("space-in-target", "GET /a b HTTP/1.1\r\n\r\n", START_LINE),
  BAD_REQUEST ("tab-after-method", "GET\t/ HTTP/1.1\r\n\r\n", METHOD),
  BAD_REQUEST ("tab-after-target", "GET /\tHTTP/1.1\r\n\r\n", TARGET),
  BAD_REQUEST ("method-not-a-token", "GE(T / HTTP/1.1\r\n\r\n", METHOD),
  BAD_REQUEST ("nul-in-method", "GE\0T / HTTP/1.1\r\n\r\n", METHOD),
  BAD_REQUEST ("tls-instead-of-http", "\x16\x03\x01\x02\x00\x01\r\n\r\n", METHOD),
  BAD_REQUEST ("nul-in-target", "GET /\0 HTTP/1.1\r\n\r\n", TARGET),
  BAD_REQUEST ("control-in-target", "GET /\x7f HTTP/1.1\r\n\r\n", TARGET),
  BAD_REQUEST ("obs-text-in-target", "GET /\xc3\xa4 HTTP/1.1\r\n\r\n", TARGET),
  BAD_REQUEST ("lower-case-version", "GET / http/1.1\r\n\r\n", START_LINE),
  BAD_REQUEST ("no-dot-in-version", "GET / HTTP/11\r\n\r\n", START_LINE),
  BAD_REQUEST ("comma-in-version", "GET / HTTP/1,1\r\n\r\n", START_LINE),
  BAD_REQUEST ("version-without-minor", "GET / HTTP/1.\r\n\r\n", START_LINE),
  BAD_REQUEST ("version-of-two-digits", "GET / HTTP/1.10\r\n\r\n", START_LINE),
  BAD_REQUEST ("letter-in-version", "GET / HTTP/1.x\r\n\r\n", START_LINE),
  BAD_REQUEST ("not-http", "GET / RTSP/1.0\r\n\r\n", START_LINE),
  BAD_REQUEST ("version-0.9", "GET / HTTP/0.9\r\n\r\n", VERSION),
  BAD_REQUEST ("version-2.0", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", VERSION),
  BAD_REQUEST ("first-line-bare-lf", "GET / HTTP/1.1\nHost: a\r\n\r\n", LINE_END),
  BAD_REQUEST ("leading-bare-lf", "\nGET / HTTP/1.1\r\n\r\n", LINE_END),
  BAD_REQUEST ("cr-in-first-line", "GET /\r HTTP/1.1\r\n\r\n", LINE_END),
  BAD_REQUEST ("two-crs-after-first-line", "GET / HTTP/1.1\r\r\n\r\n", LINE_END),
  BAD_REQUEST ("a-response", "HTTP/1.1 200 OK\r\n\r\n", METHOD),

  BAD_FIELD ("bare-lf", "A: b\nC: d", LINE_END),
  BAD_FIELD ("empty-line-of-bare-lf", "A: b\r\n\nC: d", LINE_END),
  BAD_FIELD ("cr-in-value", "A: b\rC: d", LINE_END),
  BAD_FIELD ("cr-in-name", "A\rB: d", LINE_END),
  BAD_FIELD ("two-crs", "A: b\r", LINE_END),
  BAD_FIELD ("empty-line-of-two-crs", "A: b\r\n\r\r\n", LINE_END),
  BAD_FIELD ("no-colon", "Abc", FIELD_NAME),
  BAD_FIELD ("empty-name", ": b", FIELD_NAME),
  BAD_FIELD ("space-before-colon", "A : b", FIELD_NAME),
  BAD_FIELD ("tab-before-colon", "A\t: b", FIELD_NAME),
  BAD_FIELD ("space-in-name", "A b: c", FIELD_NAME),
  BAD_FIELD ("nul-in-name", "A\0: b", FIELD_NAME),
  BAD_FIELD ("obs-text-in-name", "\xc3\xa4: b", FIELD_NAME),
  BAD_FIELD ("delimiter-in-name", "A(b): c", FIELD_NAME),
  BAD_FIELD ("folded-by-space", "A: b\r\n c", FIELD_FOLDED),
  BAD_FIELD ("folded-by-tab", "A: b\r\n\tc: d", FIELD_FOLDED),
  BAD_FIELD ("line-of-white-space", "A: b\r\n ", FIELD_FOLDED),
  BAD_FIELD ("nul-in-value", "A: b\0c", FIELD_VALUE),
  BAD_FIELD ("nul-after-value", "A: b\0", FIELD_VALUE),
  BAD_FIELD ("control-in-value", "A: \x01", FIELD_VALUE),
  BAD_FIELD ("vertical-tab-before-value", "A: \vchunked", FIELD_VALUE),
  BAD_FIELD ("delete-in-long-value", "A: 0123456789abcdef\x7f 0123456789abcdef", FIELD_VALUE),
  BAD_FIELD ("escape-after-tab", "A: 01234567\t89abcdef0123\x1b 456789abcdef", FIELD_VALUE),
  BAD_REQUEST ("folded-first-field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", FIELD_FOLDED),

  BAD_RESPONSE ("empty-line-before-response", "\r\nHTTP/1.1 200 OK\r\n\r\n", START_LINE),
  BAD_RESPONSE ("status-0", "HTTP/1.1 000 OK\r\n\r\n", START_LINE),
  BAD_RESPONSE ("status-99", "HTTP/1.1 099 OK\r\n\r\n", START_LINE),
  BAD_RESPONSE ("status-of-two-digits", "HTTP/1.1 20 OK\r\n\r\n", START_LINE),
  BAD_RESPONSE ("status-of-four-digits", "HTTP/1.1 2000 OK\r\n\r\n", START_LINE),
  BAD_RESPONSE ("status-with-sign", "HTTP/1.1 +20 OK\r\n\r\n", START_LINE),
  BAD_RESPONSE ("status-letter-first", "HTTP/1.1 x00 OK\r\n\r\n", START_LINE),
  BAD_RESPONSE ("status-letter-second", "HTTP/1.1 2x0 OK\r\n\r\n", START_LINE),
  BAD_RESPONSE ("status-letter-third", "HTTP/1.1 20x OK\r\n\r\n", START_LINE),
  BAD_RESPONSE ("no-status", "HTTP/1.1\r\n\r\n", START_LINE),
  BAD_RESPONSE ("two-spaces-before-status", "HTTP/1.1  200 OK\r\n\r\n", START_LINE),
  BAD_RESPONSE ("tab-after-status", "HTTP/1.1 200\tOK\r\n\r\n", START_LINE),
  BAD_RESPONSE ("control-in-reason", "HTTP/1.1 200 O\x08K\r\n\r\n", START_LINE),
  BAD_RESPONSE ("nul-in-reason", "HTTP/1.1 200 O\0K\r\n\r\n", START_LINE),
  BAD_RESPONSE ("cr-in-reason", "HTTP/1.1 200 O\rK\r\n\r\n", LINE_END),
  BAD_RESPONSE ("icy", "ICY 200 OK and so on\r\n\r\n", START_LINE),
  BAD_RESPONSE ("response-2.0", "HTTP/2.0 200 OK\r\n\r\n", VERSION),
  BAD_RESPONSE ("response-0.9", "HTTP/0.9 200 OK\r\n\r\n", VERSION),
  BAD_RESPONSE ("response-bare-lf", "HTTP/1.1 200 OK\n\r\n", LINE_END),
};

static void
append_part (GString *parts, PlSlice part, const char *end)
{
  g_string_append_len (parts, part.bytes, part.length);
  g_string_append (parts, end);
}

static char *
describe (const PlHead *head)
{
  GString *parts = g_string_new (NULL);

  if (head->kind == PL_HEAD_REQUEST)
    append_part (parts, head->method, "|");
  else
    g_string_append_printf (parts, "%u|", head->status);
  append_part (parts, head->kind == PL_HEAD_REQUEST ? head->target : head->reason, "|");
  g_string_append_printf (parts, "%u|", head->version);
  for (guint i = 0; i < head->n_fields; i++)
    {
      append_part (parts, head->fields[i].name, "=");
      append_part (parts, head->fields[i].value, "|");
      g_assert_cmpint (head->fields[i].id, ==, pl_field_identify (head->fields[i].name));
    }
  return g_string_free (parts, FALSE);
}

static void
check_good_head (PlSlice text, FeedCut cut, gconstpointer data)
{
  const HeadCase *expected = data;

  for (gint moves = FALSE; moves <= TRUE; moves++)
    {
      PlHead head;
      PlHttpFault fault;
      g_autofree char *parts = NULL;

      pl_head_init (&head, expected->kind, usual_limits);
      g_assert_cmpint (feed_pieces (&head, pl_head_parse, text, cut, moves, &fault), ==,
                       PL_PARSE_DONE);
      g_assert_cmpuint (head.length_bytes, ==, text.length);
      parts = describe (&head);
      g_assert_cmpstr (parts, ==, expected->parts);
    }
}

static void
check_bad_head (PlSlice text, FeedCut cut, gconstpointer data)
{
  const HeadCase *expected = data;

  for (gint moves = FALSE; moves <= TRUE; moves++)
    {
      PlHead head;
      PlHttpFault fault;

      pl_head_init (&head, expected->kind, usual_limits);
      g_assert_cmpint (feed_pieces (&head, pl_head_parse, text, cut, moves, &fault), ==,
                       PL_PARSE_BAD);
      g_assert_cmpstr (pl_http_fault_get_words (fault), ==,
                       pl_http_fault_get_words (expected->fault));
    }
}

static void
test_good_head (gconstpointer data)
{
  const HeadCase *head_case = data;
  g_autofree char *exact = g_memdup2 (head_case->text.bytes, head_case->text.length);

  feed_every_way (pl_slice (exact, head_case->text.length), check_good_head, head_case);
}

static void
test_bad_head (gconstpointer data)
{
  const HeadCase *head_case = data;
  g_autofree char *exact = g_memdup2 (head_case->text.bytes, head_case->text.length);

  feed_every_way (pl_slice (exact, head_case->text.length), check_bad_head, head_case);
}

static void
test_body_is_left_alone (void)
{
  PlSlice text = PL_SLICE ("\r\nPUT / HTTP/1.1\r\nA: b\r\n\r\nbody\nof\0anything\r\n\r\n");
  PlHead head;
  PlHttpFault fault;

  pl_head_init (&head, PL_HEAD_REQUEST, usual_limits);
  g_assert_cmpint (pl_head_parse (&head, text.bytes, text.length, &fault), ==, PL_PARSE_DONE);
  g_assert_cmpint (fault, ==, PL_HTTP_FAULT_NONE);
  g_assert_cmpuint (head.length_bytes, ==, strlen ("\r\nPUT / HTTP/1.1\r\nA: b\r\n\r\n"));
}

static void
parse_whole (PlHead *head, const char *text)
{
  PlHttpFault fault;

  pl_head_init (head, PL_HEAD_REQUEST, usual_limits);
  g_assert_cmpint (pl_head_parse (head, text, strlen (text), &fault), ==, PL_PARSE_DONE);
}

static void
test_find (void)
{
  PlHead head;

  parse_whole (&head, "GET / HTTP/1.1\r\nX: y\r\nCOOKIE: a\r\ncookie: b\r\nDate:\r\n\r\n");
  g_assert_true (pl_head_find (&head, PL_FIELD_COOKIE) == &head.fields[1]);
  g_assert_null (pl_head_find (&head, PL_FIELD_HOST));
  g_assert_true (pl_slice_equal (pl_head_get_value (&head, PL_FIELD_COOKIE), PL_SLICE ("a")));
  g_assert_nonnull (pl_head_get_value (&head, PL_FIELD_DATE).bytes);
  g_assert_null (pl_head_get_value (&head, PL_FIELD_HOST).bytes);
}

static void
test_has_begun (void)
{
  static const struct
  {
    const char *text;
    gboolean has_begun;
  } cases[] = {
    { "\r\n", FALSE }, { "\r\n\r\n", FALSE }, { "\r", TRUE },
    { "G", TRUE },     { "\r\nG", TRUE },     { "GET / HTTP/1.1\r\n", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlHead head;
      PlHttpFault fault;

      pl_head_init (&head, PL_HEAD_REQUEST, usual_limits);
      g_assert_cmpint (pl_head_parse (&head, cases[i].text, strlen (cases[i].text), &fault), ==,
                       PL_PARSE_MORE);
      g_assert_cmpint (pl_head_has_begun (&head), ==, cases[i].has_begun);
    }
}

static void
test_control_is_refused_before_its_line_ends (void)
{
  PlHead head;
  PlHttpFault fault;

  pl_head_init (&head, PL_HEAD_REQUEST, usual_limits);
  g_assert_cmpint (pl_head_parse (&head, "\x16", 1, &fault), ==, PL_PARSE_BAD);
  g_assert_cmpint (fault, ==, PL_HTTP_FAULT_METHOD);
}

static void
test_keep_alive (void)
{
  static const struct
  {
    const char *text;
    gboolean lives;
  } cases[] = {
    { "GET / HTTP/1.1\r\n\r\n", TRUE },
    { "GET / HTTP/1.1\r\nConnection: keep-alive\r\n\r\n", TRUE },
    { "GET / HTTP/1.1\r\nConnection: CLOSE\r\n\r\n", FALSE },
    { "GET / HTTP/1.1\r\nConnection: upgrade\r\nConnection: x, close\r\n\r\n", FALSE },
    { "GET / HTTP/1.1\r\nConnection: keep-alive, close\r\n\r\n", FALSE },
    { "GET / HTTP/1.1\r\nConnection: closed\r\n\r\n", TRUE },
    { "GET / HTTP/1.0\r\n\r\n", FALSE },
    { "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", TRUE },
    { "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", FALSE },
    { "GET / HTTP/1.0\r\nKeep-Alive: 5\r\n\r\n", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlHead head;

      parse_whole (&head, cases[i].text);
      g_assert_cmpint (pl_head_wants_keep_alive (&head), ==, cases[i].lives);
    }
}

/* A head that came otherwise */

static void
test_added_fields (void)
{
  g_autofree char *elsewhere = NULL;
  char text[] = "hosta:80x-note";
  g_auto (PlHead) head = { 0 };

  pl_head_init (&head, PL_HEAD_REQUEST, (PlHeadLimits){ 1024, 2 });
  pl_head_follow (&head, text);
  g_assert_cmpint (pl_head_add_field (&head, pl_slice (text, 4), pl_slice (text + 4, 4)), ==,
                   PL_HTTP_FAULT_NONE);
  g_assert_cmpint (pl_head_add_field (&head, pl_slice (text + 8, 6), pl_slice (text, 0)), ==,
                   PL_HTTP_FAULT_NONE);
  elsewhere = g_strdup (text);
  memset (text, 0, sizeof text);
  pl_head_follow (&head, elsewhere);
  g_assert_true (pl_slice_equal (pl_head_get_value (&head, PL_FIELD_HOST), PL_SLICE ("a:80")));
  g_assert_true (pl_slice_equal (head.fields[1].name, PL_SLICE ("x-note")));
  g_assert_cmpint (pl_head_add_field (&head, PL_SLICE ("third"), PL_SLICE ("")), ==,
                   PL_HTTP_FAULT_TOO_MANY_FIELDS);
}

static void
test_added_fields_are_judged (void)
{
  static const struct
  {
    PlSlice name, value;
    PlHttpFault fault;
  } cases[] = {
    { PL_SLICE (""), PL_SLICE ("v"), PL_HTTP_FAULT_FIELD_NAME },
    { PL_SLICE ("a b"), PL_SLICE ("v"), PL_HTTP_FAULT_FIELD_NAME },
    { PL_SLICE ("a:"), PL_SLICE ("v"), PL_HTTP_FAULT_FIELD_NAME },
    { PL_SLICE ("a\0"), PL_SLICE ("v"), PL_HTTP_FAULT_FIELD_NAME },
    { PL_SLICE ("a"), PL_SLICE ("v\r\nb: c"), PL_HTTP_FAULT_FIELD_VALUE },
    { PL_SLICE ("a"), PL_SLICE ("v\0"), PL_HTTP_FAULT_FIELD_VALUE },
    { PL_SLICE ("a"), PL_SLICE ("v\tw\xff"), PL_HTTP_FAULT_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (PlHead) head = { 0 };

      pl_head_init (&head, PL_HEAD_REQUEST, usual_limits);
      g_assert_cmpint (pl_head_add_field (&head, cases[i].name, cases[i].value), ==,
                       cases[i].fault);
      g_assert_cmpuint (head.n_fields, ==, cases[i].fault == PL_HTTP_FAULT_NONE ? 1 : 0);
    }
}

/* On the wire it has no place. */
static void
test_http_2_is_read_where_it_was_written_down (void)
{
  PlSlice text = PL_SLICE ("GET /a HTTP/2.0\r\nhost: b\r\n\r\n");

  for (guint written_down = 0; written_down < 2; written_down++)
    {
      PlHeadLimits limits = { 1024, 10, .written_down = written_down };
      g_auto (PlHead) head = { 0 };
      PlHttpFault fault;

      pl_head_init (&head, PL_HEAD_REQUEST, limits);
      g_assert_cmpint (pl_head_parse (&head, text.bytes, text.length, &fault), ==,
                       written_down ? PL_PARSE_DONE : PL_PARSE_BAD);
      g_assert_cmpint (fault, ==, written_down ? PL_HTTP_FAULT_NONE : PL_HTTP_FAULT_VERSION);
      if (written_down)
        g_assert_cmpint (head.version, ==, PL_HTTP_2);
    }
}

static void
add_cases (const char *folder, const HeadCase *cases, gsize n_cases, GTestDataFunc test)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strdup_printf ("/http/head/%s/%s", folder, cases[i].name);

      g_test_add_data_func (path, &cases[i], test);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_cases ("good", good_heads, G_N_ELEMENTS (good_heads), test_good_head);
  add_cases ("bad", bad_heads, G_N_ELEMENTS (bad_heads), test_bad_head);
  g_test_add_func ("/http/head/body-is-left-alone", test_body_is_left_alone);
  g_test_add_func ("/http/head/find", test_find);
  g_test_add_func ("/http/head/has-begun", test_has_begun);
  g_test_add_func ("/http/head/control-is-refused-before-its-line-ends",
                   test_control_is_refused_before_its_line_ends);
  g_test_add_func ("/http/head/keep-alive", test_keep_alive);
  g_test_add_func ("/http/head/added-fields", test_added_fields);
  g_test_add_func ("/http/head/added-fields-are-judged", test_added_fields_are_judged);
  g_test_add_func ("/http/head/http-2-is-read-where-it-was-written-down",
                   test_http_2_is_read_where_it_was_written_down);
  return g_test_run ();
}
