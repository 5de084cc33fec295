/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/exchange/error_page.c: there is a page for whatever we may have to answer, it can be read by
 * those it is for, and says nothing of this machine. */

#include "net/exchange/error_page.h"

#include <json-glib/json-glib.h>

#include "net/http/fault.h"
#include "net/exchange/close.h"

/* Every status that a reason or a fault can lead to, some of them more than once. */
static const guint statuses[] = {
#define X(name, side, status, words) status,
  PL_CLOSE_REASONS (X)
#undef X
#define X(name, status, words) status,
      PL_HTTP_FAULTS (X)
#undef X
};

static gboolean
is_answer (guint status)
{
  return status >= 300;
}

/* Into just the room that is promised to be enough, so that ASan sees what is written behind. */
static char *
write_page (guint status, gboolean is_html, const char *reason)
{
  g_autofree char *bytes = g_malloc (PL_ERROR_PAGE_BYTES);
  PlWriter writer;

  pl_writer_init (&writer, bytes, PL_ERROR_PAGE_BYTES);
  if (is_html)
    pl_error_page_write_html (status, &writer);
  else
    pl_error_page_write_json (status, reason, &writer);
  g_assert_false (writer.overflowed);
  g_assert_cmpuint (writer.length, <, PL_ERROR_PAGE_BYTES);
  return g_strndup (bytes, writer.length);
}

static guint
count (const char *text, const char *part)
{
  g_auto (GStrv) parts = g_strsplit (text, part, -1);

  return g_strv_length (parts) - 1;
}

static gboolean
matches (const char *text, const char *pattern)
{
  return g_regex_match_simple (pattern, text, G_REGEX_CASELESS, 0);
}

/* No name, version or address of this program or a computer. */
static void
assert_says_nothing_of_us (const char *text)
{
  g_assert_false (matches (text, "porchlight|glib|linux|windows|localhost|127\\.|::1"));
  g_assert_false (matches (text, "\\b\\d+\\.\\d+\\.\\d+"));
  g_assert_null (strstr (text, PL_VERSION));
}

static void
assert_runs_nothing (const char *html)
{
  g_assert_false (matches (html, "<script|<iframe|<form|javascript:|\\son\\w+="));
  g_assert_false (matches (html, "(src|href|url|action)\\s*[=(]|https?://|//"));
}

/* No element is left open, no attribute runs on. */
static void
assert_balanced (const char *html)
{
  static const char *const elements[]
      = { "html", "head", "title", "style", "body", "main", "svg", "h1", "p>", "small" };

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      g_autofree char *opening = g_strdup_printf ("<%s", elements[i]);
      g_autofree char *closing = g_strdup_printf ("</%s", elements[i]);

      g_assert_cmpuint (count (html, opening), >=, 1);
      g_assert_cmpuint (count (html, closing), ==, count (html, opening));
    }
  g_assert_cmpuint (count (html, "<"), ==, count (html, ">"));
  g_assert_cmpuint (count (html, "\"") % 2, ==, 0);
}

static void
assert_tries_again (const char *html, guint seconds)
{
  g_autofree char *refresh
      = g_strdup_printf ("<meta http-equiv=\"refresh\" content=\"%u\">", seconds);

  g_assert_cmpuint (count (html, "refresh"), ==, seconds > 0 ? 1 : 0);
  g_assert_cmpuint (count (html, refresh), ==, seconds > 0 ? 1 : 0);
  g_assert_cmpuint (count (html, "tries again by itself"), ==, seconds > 0 ? 1 : 0);
}

static void
test_html (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *html = NULL, *line = NULL;

      if (!is_answer (statuses[i]))
        continue;
      html = write_page (statuses[i], TRUE, NULL);
      line = g_strdup_printf ("%u %s", statuses[i], pl_error_page_get_phrase (statuses[i]));
      g_assert_true (g_str_has_prefix (html, "<!DOCTYPE html>"));
      g_assert_true (g_utf8_validate (html, -1, NULL));
      g_assert_cmpuint (count (html, line), ==, 1);
      assert_balanced (html);
      assert_runs_nothing (html);
      assert_says_nothing_of_us (html);
      assert_tries_again (html, pl_error_page_get_retry_after_s (statuses[i]));
    }
}

static void
assert_json (guint status, const char *reason)
{
  g_autofree char *text = write_page (status, FALSE, reason);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpuint (json_object_get_size (object), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (object, "error"), ==,
                   pl_error_page_get_phrase (status));
  g_assert_cmpstr (json_object_get_string_member (object, "reason"), ==, reason);
  assert_says_nothing_of_us (text);
}

/* With what is said as a reason: the names of reasons, and the words of faults. */
static void
test_json (void)
{
  for (PlCloseReason reason = 0; reason < PL_CLOSE_COUNT; reason++)
    if (is_answer (pl_close_get_status (reason)))
      assert_json (pl_close_get_status (reason), pl_close_get_name (reason));
  for (PlHttpFault fault = PL_HTTP_FAULT_NONE + 1; fault <= PL_HTTP_FAULT_ROUTE_AMBIGUOUS; fault++)
    assert_json (pl_http_fault_get_status (fault), pl_http_fault_get_words (fault));
}

/* RFC 9110 §15: the phrases by which programs and people know the codes. */
static void
test_phrases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (is_answer (statuses[i]))
      g_assert_true (matches (pl_error_page_get_phrase (statuses[i]), "^[A-Z][A-Za-z ]+$"));
  g_assert_cmpstr (pl_error_page_get_phrase (404), ==, "Not Found");
  g_assert_cmpstr (pl_error_page_get_phrase (431), ==, "Request Header Fields Too Large");
  g_assert_cmpstr (pl_error_page_get_phrase (502), ==, "Bad Gateway");
}

/* Only where the fault is one that passes. */
static void
test_retry_after (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (is_answer (statuses[i]))
      {
        gboolean passes = (statuses[i] >= 502 && statuses[i] <= 504) || statuses[i] == 429;

        g_assert_true ((pl_error_page_get_retry_after_s (statuses[i]) > 0) == passes);
        g_assert_cmpuint (pl_error_page_get_retry_after_s (statuses[i]), <=, 60);
      }
}

static void
assert_waits (PlLogin login, guint wait_s, const char *title, const char *words)
{
  char html[PL_ERROR_PAGE_BYTES + 1], json[PL_ERROR_PAGE_BYTES + 1];
  g_autofree char *message = g_strconcat (title, ". ", words, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  PlWriter writer;
  JsonObject *object;

  pl_writer_init (&writer, html, PL_ERROR_PAGE_BYTES);
  pl_error_page_write_wait_html (login, wait_s, &writer);
  html[writer.length] = '\0';
  g_assert_cmpuint (count (html, words), ==, 1);
  g_assert_cmpuint (count (html, title), ==, 2);
  assert_balanced (html);
  assert_says_nothing_of_us (html);

  pl_writer_init (&writer, json, PL_ERROR_PAGE_BYTES);
  pl_error_page_write_wait_json (login, wait_s, "login-must-wait", &writer);
  json[writer.length] = '\0';
  g_assert_true (json_parser_load_from_data (parser, json, -1, NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (object, "message"), ==, message);
  g_assert_cmpint (json_object_get_int_member (object, "statusCode"), ==, 429);
  g_assert_cmpstr (json_object_get_string_member (object, "reason"), ==, "login-must-wait");
}

static void
test_says_how_long_to_wait (void)
{
  assert_waits (PL_LOGIN_PASSWORD, 1, "Too many wrong passwords", "Try again in 1 second.");
  assert_waits (PL_LOGIN_PASSWORD, 60, "Too many wrong passwords", "Try again in 60 seconds.");
  assert_waits (PL_LOGIN_PASSWORD, 121, "Too many wrong passwords", "Try again in 3 minutes.");
  assert_waits (PL_LOGIN_PASSWORD, 3600, "Too many wrong passwords", "Try again in 60 minutes.");
  assert_waits (PL_LOGIN_LINK, 2, "Too many wrong passwords", "Try again in 2 seconds.");
  assert_waits (PL_LOGIN_KEY, 2, "Too many wrong API keys", "Try again in 2 seconds.");
  assert_waits (PL_LOGIN_PIN, 2, "Too many wrong PIN codes", "Try again in 2 seconds.");
}

/* What an app shows of an answer of Immich's is its message. */
static void
test_a_device_is_told_that_it_was_turned_away (void)
{
  g_autofree char *bytes = g_malloc0 (PL_ERROR_PAGE_BYTES);
  g_autoptr (JsonParser) parser = json_parser_new ();
  PlWriter writer;

  pl_writer_init (&writer, bytes, PL_ERROR_PAGE_BYTES - 1);
  pl_error_page_write_turned_away_json ("device-turned-away", &writer);
  g_assert_true (json_parser_load_from_data (parser, bytes, -1, NULL));
  JsonObject *object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (object, "message"), ==,
                   "This device was turned away. Ask whoever runs this photo server to let it in "
                   "again.");
  g_assert_cmpint (json_object_get_int_member (object, "statusCode"), ==, 403);
  assert_says_nothing_of_us (bytes);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/error-page/html", test_html);
  g_test_add_func ("/exchange/error-page/json", test_json);
  g_test_add_func ("/exchange/error-page/phrases", test_phrases);
  g_test_add_func ("/exchange/error-page/retry-after", test_retry_after);
  g_test_add_func ("/exchange/error-page/says-how-long-to-wait", test_says_how_long_to_wait);
  g_test_add_func ("/exchange/error-page/a-device-is-told-that-it-was-turned-away",
                   test_a_device_is_told_that_it_was_turned_away);
  return g_test_run ();
}
