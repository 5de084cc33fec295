/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What authorities answer, right and wrong, and what people are told of their problems. */

#include "app/acme/answer.h"

#include <string.h>

#define ERROR "urn:ietf:params:acme:error:"

static GBytes *
to_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* Directories */

static PlAcmeDirectory *
read_directory (const char *text)
{
  g_autoptr (GBytes) body = to_bytes (text);

  return pl_acme_directory_read (body);
}

static void
test_directory (void)
{
  g_autoptr (PlAcmeDirectory) full = read_directory (
      "{\"newNonce\":\"https://a.example/n\",\"newAccount\":\"https://a.example/a\","
      "\"newOrder\":\"https://a.example/o\",\"renewalInfo\":\"https://a.example/r/\","
      "\"more\":[1,{}],\"meta\":{\"termsOfService\":\"https://a.example/terms\","
      "\"externalAccountRequired\":true}}");
  g_autoptr (PlAcmeDirectory) bare = read_directory (
      "{\"newNonce\":\"https://a.example/n\",\"newAccount\":\"https://a.example/a\","
      "\"newOrder\":\"https://a.example/o\",\"meta\":7}");

  g_assert_cmpstr (full->new_order, ==, "https://a.example/o");
  g_assert_cmpstr (full->renewal_info, ==, "https://a.example/r");
  g_assert_cmpstr (full->terms, ==, "https://a.example/terms");
  g_assert_true (full->wants_binding);
  g_assert_null (bare->renewal_info);
  g_assert_false (bare->wants_binding);
}

static void
test_directory_refused (void)
{
  static const char *const urls[] = { "\"http://a.example/n\"",
                                      "\"https:///n\"",
                                      "\"https://me@a.example/n\"",
                                      "\"ftp://a.example/n\"",
                                      "\"https://a.example/#n\"",
                                      "\"/n\"",
                                      "7",
                                      "[\"https://a.example/n\"]",
                                      "\"https://\\u00e4.example/\"" };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *text
          = g_strdup_printf ("{\"newNonce\":%s,\"newAccount\":\"https://a.example/a\","
                             "\"newOrder\":\"https://a.example/o\"}",
                             urls[i]);

      g_assert_null (read_directory (text));
    }
}

static void
test_no_json (void)
{
  static const char *const texts[]
      = { "", "{", "[]", "7", "null", "\"\"", "<html>", "{\"a\":\"\xff\"}" };
  g_autoptr (GString) deep = g_string_new ("{\"newNonce\":");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (read_directory (texts[i]));
  for (guint i = 0; i < 60000; i++)
    g_string_append_c (deep, '[');
  g_assert_null (read_directory (deep->str));
}

/* Orders and authorizations */

static PlAcmeOrder *
read_order (const char *text)
{
  g_autoptr (GBytes) body = to_bytes (text);

  return pl_acme_order_read (body);
}

static void
test_order (void)
{
  g_autoptr (PlAcmeOrder) order = read_order (
      "{\"status\":\"invalid\",\"expires\":\"2016-01-05T14:09:07.99Z\",\"identifiers\":[],"
      "\"authorizations\":[\"https://a.example/1\",\"https://a.example/2\"],"
      "\"finalize\":\"https://a.example/f\",\"error\":{\"type\":\"" ERROR "caa\"}}");

  g_assert_cmpint (order->status, ==, PL_ACME_STATUS_INVALID);
  g_assert_cmpuint (g_strv_length (order->authorizations), ==, 2);
  g_assert_cmpint (order->problem->kind, ==, PL_ACME_PROBLEM_CAA);
  g_assert_null (order->certificate);
}

static void
test_order_refused (void)
{
  static const char *const texts[] = {
    "{\"status\":\"pending\",\"authorizations\":[],\"finalize\":\"https://a.example/f\"}",
    "{\"status\":\"pending\",\"authorizations\":[7],\"finalize\":\"https://a.example/f\"}",
    "{\"status\":\"pending\",\"authorizations\":{},\"finalize\":\"https://a.example/f\"}",
    "{\"status\":\"pending\",\"authorizations\":[\"https://a.example/1\"]}",
    "{\"status\":\"fine\",\"authorizations\":[\"https://a.example/1\"],\"finalize\":"
    "\"https://a.example/f\"}",
    "{\"status\":\"valid\",\"authorizations\":[\"https://a.example/1\"],\"finalize\":"
    "\"https://a.example/f\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (read_order (texts[i]));
}

static PlAcmeAuthorization *
read_authorization (const char *text)
{
  g_autoptr (GBytes) body = to_bytes (text);

  return pl_acme_authorization_read (body);
}

static void
test_authorization (void)
{
  g_autoptr (PlAcmeAuthorization) authorization = read_authorization (
      "{\"status\":\"pending\",\"identifier\":{\"type\":\"dns\",\"value\":\"photos.example\"},"
      "\"challenges\":[7,{\"type\":\"new-01\"},{\"type\":\"http-01\",\"status\":\"pending\","
      "\"url\":\"https://a.example/c\",\"token\":\"DGyRejmCefe7v4NfDGDKfA\"},"
      "{\"type\":\"dns-01\",\"status\":\"pending\",\"url\":\"https://a.example/d\","
      "\"token\":\"../../etc/passwd\"}]}");

  g_assert_cmpstr (authorization->name, ==, "photos.example");
  g_assert_cmpuint (authorization->offers->len, ==, 1);
  g_assert_cmpstr (pl_acme_authorization_find (authorization, PL_ACME_WAY_HTTP)->token, ==,
                   "DGyRejmCefe7v4NfDGDKfA");
  g_assert_null (pl_acme_authorization_find (authorization, PL_ACME_WAY_DNS));
}

static void
test_authorization_refused (void)
{
  static const char *const texts[] = {
    "{\"status\":\"pending\",\"identifier\":{\"type\":\"dns\",\"value\":\"a.example\"}}",
    "{\"status\":\"pending\",\"identifier\":{\"type\":\"ip\",\"value\":\"::1\"},\"challenges\":[]}",
    "{\"status\":\"pending\",\"identifier\":{\"type\":\"dns\",\"value\":\"\"},\"challenges\":[]}",
    "{\"status\":\"pending\",\"challenges\":[]}",
    "{\"identifier\":{\"type\":\"dns\",\"value\":\"a.example\"},\"challenges\":[]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (read_authorization (texts[i]));
}

/* Problems in words */

static PlAcmeProblem *
read_problem (const char *text)
{
  g_autoptr (GBytes) body = to_bytes (text);

  return pl_acme_problem_read (body);
}

static GError *
fail (const char *type, const char *detail, gint64 retry_s)
{
  g_autofree char *text
      = g_strdup_printf ("{\"type\":\"" ERROR "%s\",\"detail\":\"%s\"}", type, detail);
  g_autoptr (PlAcmeProblem) problem = read_problem (text);

  return pl_acme_problem_to_error (problem, retry_s);
}

static GError *
fail_proof (const char *type, PlAcmeWay way)
{
  g_autofree char *text = g_strdup_printf ("{\"type\":\"" ERROR "%s\",\"detail\":\"why\"}", type);
  g_autoptr (PlAcmeProblem) problem = read_problem (text);

  return pl_acme_problem_to_proof_error (problem, "photos.example", way);
}

static void
assert_says (const GError *error, const char *part)
{
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” is not in “%s”", part, error->message);
}

static void
test_words (void)
{
  static const struct
  {
    const char *type;
    PlAcmeError code;
    const char *part;
  } rows[] = {
    { "accountDoesNotExist", PL_ACME_ERROR_REFUSED, "this computer's account" },
    { "unauthorized", PL_ACME_ERROR_REFUSED, "this computer's account" },
    { "badSignatureAlgorithm", PL_ACME_ERROR_REFUSED, "EC P-256" },
    { "badPublicKey", PL_ACME_ERROR_REFUSED, "EC P-256" },
    { "caa", PL_ACME_ERROR_NOT_PROVEN, "CAA" },
    { "externalAccountRequired", PL_ACME_ERROR_REFUSED, "Open one with it" },
    { "invalidContact", PL_ACME_ERROR_REFUSED, "e-mail address" },
    { "unsupportedContact", PL_ACME_ERROR_REFUSED, "e-mail address" },
    { "rejectedIdentifier", PL_ACME_ERROR_REFUSED, "no certificate for these names" },
    { "unsupportedIdentifier", PL_ACME_ERROR_REFUSED, "no certificate for these names" },
    { "rateLimited", PL_ACME_ERROR_RATE_LIMITED, "for a while" },
    { "serverInternal", PL_ACME_ERROR_UNREACHABLE, "trouble of its own" },
    { "userActionRequired", PL_ACME_ERROR_REFUSED, "do something first" },
    { "badNonce", PL_ACME_ERROR_UNKNOWN_ANSWER, "badNonce" },
    { "badCSR", PL_ACME_ERROR_REFUSED, "badCSR" },
    { "somethingNew", PL_ACME_ERROR_REFUSED, "somethingNew" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = fail (rows[i].type, "reason", 0);

      g_assert_error (error, PL_ACME_ERROR, (int) rows[i].code);
      assert_says (error, rows[i].part);
      g_assert_cmpint (pl_acme_error_get_retry_s (error), ==, 0);
    }
}

static void
test_rate_limit (void)
{
  g_autoptr (GDateTime) may = g_date_time_new_local (2027, 5, 3, 14, 5, 0);
  g_autoptr (GError) error
      = fail ("rateLimited", "too many certificates", g_date_time_to_unix (may));
  g_autoptr (GError) copy = g_error_copy (error);

  g_assert_error (error, PL_ACME_ERROR, PL_ACME_ERROR_RATE_LIMITED);
  assert_says (error, "before 3 May 2027, 14:05");
  assert_says (error, "“too many certificates”");
  g_assert_cmpint (pl_acme_error_get_retry_s (copy), ==, g_date_time_to_unix (may));
}

static void
test_proof_words (void)
{
  static const struct
  {
    const char *type;
    PlAcmeWay way;
    const char *part;
  } rows[] = {
    { "connection", PL_ACME_WAY_TLS_ALPN,
      "could not reach port 443 of photos.example from outside" },
    { "connection", PL_ACME_WAY_HTTP, "Forward port 80 of the router to this computer" },
    { "connection", PL_ACME_WAY_DNS, "name servers of photos.example" },
    { "dns", PL_ACME_WAY_TLS_ALPN, "photos.example does not lead anywhere yet" },
    { "dns", PL_ACME_WAY_DNS, "_acme-challenge.photos.example could not be found" },
    { "tls", PL_ACME_WAY_TLS_ALPN, "On port 443 of photos.example somebody else answers" },
    { "unauthorized", PL_ACME_WAY_HTTP, "On port 80 of photos.example somebody else answers" },
    { "incorrectResponse", PL_ACME_WAY_DNS, "_acme-challenge.photos.example is missing" },
    { "caa", PL_ACME_WAY_HTTP, "DNS records of photos.example allow other" },
    { "rejectedIdentifier", PL_ACME_WAY_HTTP, "makes no certificate for photos.example" },
    { "somethingNew", PL_ACME_WAY_HTTP, "somethingNew" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = fail_proof (rows[i].type, rows[i].way);

      g_assert_error (error, PL_ACME_ERROR, PL_ACME_ERROR_NOT_PROVEN);
      assert_says (error, rows[i].part);
      assert_says (error, "“why”");
    }
}

/* RFC 8555 §6.7.1: the example has its particulars below. */
static void
test_subproblems (void)
{
  g_autoptr (PlAcmeProblem) problem = read_problem (
      "{\"type\":\"" ERROR "malformed\",\"detail\":\"Some of the identifiers\",\"subproblems\":["
      "{\"type\":\"" ERROR "rejectedIdentifier\",\"detail\":\"policy\",\"identifier\":{\"type\":"
      "\"dns\",\"value\":\"example.net\"}}]}");
  g_autoptr (GError) error = pl_acme_problem_to_error (problem, 0);

  g_assert_cmpint (problem->kind, ==, PL_ACME_PROBLEM_NAME);
  assert_says (error, "makes no certificate for example.net");
}

static void
test_quoted_safely (void)
{
  g_autofree char *long_text = g_strnfill (5000, 'a');
  g_autoptr (GError) long_error = fail ("other", long_text, 0);
  g_autoptr (GError) error = fail ("other", "a\\u0000b\\u001b[31m\\r\\nc\\u202ed", 0);
  g_autofree char *invalid = pl_acme_dup_quotable ("a\xff z");

  g_assert_cmpuint (strlen (long_error->message), <, 500);
  g_assert_true (g_utf8_validate (invalid, -1, NULL));
  for (const char *at = error->message; *at != '\0'; at = g_utf8_next_char (at))
    g_assert_true (g_unichar_isprint (g_utf8_get_char (at)));
}

static void
test_no_problem (void)
{
  g_assert_null (read_problem ("{}"));
  g_assert_null (read_problem ("<html>"));
  g_assert_null (read_problem ("{\"type\":7}"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acme/directory", test_directory);
  g_test_add_func ("/acme/directory/refused", test_directory_refused);
  g_test_add_func ("/acme/no-json", test_no_json);
  g_test_add_func ("/acme/order", test_order);
  g_test_add_func ("/acme/order/refused", test_order_refused);
  g_test_add_func ("/acme/authorization", test_authorization);
  g_test_add_func ("/acme/authorization/refused", test_authorization_refused);
  g_test_add_func ("/acme/problem/words", test_words);
  g_test_add_func ("/acme/problem/rate-limit", test_rate_limit);
  g_test_add_func ("/acme/problem/proof-words", test_proof_words);
  g_test_add_func ("/acme/problem/subproblems", test_subproblems);
  g_test_add_func ("/acme/problem/quoted-safely", test_quoted_safely);
  g_test_add_func ("/acme/problem/none", test_no_problem);
  return g_test_run ();
}
