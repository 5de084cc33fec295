/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where bodies end: every combination of what the framing fields may say. */

#include "net/http/framing.h"

#include "tests/unit/feed.h"

static const PlHeadLimits limits = { 65536, 100 };

/**
 * FramingCase:
 * @fields: the fields of the head, each with its line end
 * @fault: what is wrong; if nothing, @kind and @length_bytes hold
 */
typedef struct
{
  const char *fields;
  PlHttpFault fault;
  PlBodyKind kind;
  guint64 length_bytes;
} FramingCase;

#define NONE PL_HTTP_FAULT_NONE
#define BAD(fields, fault)                                                                         \
  {                                                                                                \
    fields, PL_HTTP_FAULT_##fault, PL_BODY_NONE, 0                                                 \
  }
#define CL "Content-Length: "
#define TE "Transfer-Encoding: "

/* What holds for requests and responses alike. */
static const FramingCase common_cases[] = {
  { CL "0\r\n", NONE, PL_BODY_NONE, 0 },
  { CL "000\r\n", NONE, PL_BODY_NONE, 0 },
  { CL "1\r\n", NONE, PL_BODY_FIXED, 1 },
  { CL " 42\t\r\n", NONE, PL_BODY_FIXED, 42 },
  { CL "007\r\n", NONE, PL_BODY_FIXED, 7 },
  { "content-LENGTH: 50000000000\r\n", NONE, PL_BODY_FIXED, G_GUINT64_CONSTANT (50000000000) },
  { CL "9223372036854775807\r\n", NONE, PL_BODY_FIXED, G_MAXINT64 },
  BAD (CL "9223372036854775808\r\n", CONTENT_LENGTH),
  BAD (CL "9999999999999999999\r\n", CONTENT_LENGTH),
  BAD (CL "18446744073709551616\r\n", CONTENT_LENGTH),
  BAD (CL "18446744073709551617\r\n", CONTENT_LENGTH),
  BAD (CL "00000000000000000001\r\n", CONTENT_LENGTH),
  BAD (CL "\r\n", CONTENT_LENGTH),
  BAD (CL "-1\r\n", CONTENT_LENGTH),
  BAD (CL "+1\r\n", CONTENT_LENGTH),
  BAD (CL "0x10\r\n", CONTENT_LENGTH),
  BAD (CL "1 0\r\n", CONTENT_LENGTH),
  BAD (CL "1.0\r\n", CONTENT_LENGTH),
  BAD (CL "1;\r\n", CONTENT_LENGTH),
  BAD (CL "1, 1\r\n", CONTENT_LENGTH),
  BAD (CL "1,\r\n", CONTENT_LENGTH),
  BAD (CL "\"1\"\r\n", CONTENT_LENGTH),
  BAD (CL "\xb2\r\n", CONTENT_LENGTH),
  BAD (CL "1\r\n" CL "1\r\n", CONTENT_LENGTH),
  BAD (CL "1\r\n" CL "2\r\n", CONTENT_LENGTH),
  BAD (CL "0\r\n" CL "0\r\n", CONTENT_LENGTH),

  { TE "chunked\r\n", NONE, PL_BODY_CHUNKED, 0 },
  { TE " Chunked\t\r\n", NONE, PL_BODY_CHUNKED, 0 },
  BAD (TE "\r\n", TRANSFER_ENCODING),
  BAD (TE "chunked, chunked\r\n", TRANSFER_ENCODING),
  BAD (TE "chunked\r\n" TE "chunked\r\n", TRANSFER_ENCODING),
  BAD (TE "gzip\r\n" TE "chunked\r\n", TRANSFER_ENCODING),
  BAD (TE "chunked,\r\n", TRANSFER_ENCODING),
  BAD (TE ", chunked\r\n", TRANSFER_ENCODING),
  BAD (TE "chunked;q=1\r\n", TRANSFER_ENCODING),
  BAD (TE ";q=1\r\n", TRANSFER_ENCODING),
  BAD (TE "\"chunked\"\r\n", TRANSFER_ENCODING),
  BAD (TE "chunked chunked\r\n", TRANSFER_ENCODING),
  BAD (TE "\xe2\x80\x8b"
          "chunked\r\n",
       TRANSFER_ENCODING),
  BAD (TE "gzip\r\n", TRANSFER_ENCODING),
  BAD (TE "gzip, deflate\r\n", TRANSFER_ENCODING),
  BAD (TE "chunked, gzip\r\n", TRANSFER_ENCODING),
  BAD (TE "chunked, gzip, chunked\r\n", TRANSFER_ENCODING),
  BAD (TE "gzip, chunked, chunked\r\n", TRANSFER_ENCODING),
  BAD (TE "gzip, chunked;q=1\r\n", TRANSFER_ENCODING),
  BAD (TE "chunked;q=1, chunked\r\n", TRANSFER_ENCODING),
  BAD (TE "gzip, \"chunked\"\r\n", TRANSFER_ENCODING),
  BAD (TE "gzip, xchunked\r\n", TRANSFER_ENCODING),
  BAD (TE "identity\r\n", TRANSFER_ENCODING),
  BAD (TE "xchunked\r\n", TRANSFER_ENCODING),
  BAD (TE "chunke\r\n", TRANSFER_ENCODING),
  BAD (TE "gzip, chunked\r\n", TRANSFER_CODING),
  BAD (TE "gzip,,Chunked\t\r\n", TRANSFER_CODING),
  BAD (TE "identity, chunked\r\n", TRANSFER_CODING),
  BAD (TE "gzip;level=9, deflate, chunked\r\n", TRANSFER_CODING),

  BAD (CL "1\r\n" TE "chunked\r\n", LENGTH_AND_ENCODING),
  BAD (TE "chunked\r\n" CL "1\r\n", LENGTH_AND_ENCODING),
  BAD (TE "chunked\r\n" CL "0\r\n", LENGTH_AND_ENCODING),
  BAD (TE "identity\r\n" CL "1\r\n", LENGTH_AND_ENCODING),
  BAD (TE "chunked\r\n" CL "x\r\n", LENGTH_AND_ENCODING),

  /* Not our fields, whatever other servers take them for. */
  { "Content_Length: 5\r\n" CL "3\r\n", NONE, PL_BODY_FIXED, 3 },
  { "Transfer_Encoding: chunked\r\n" CL "3\r\n", NONE, PL_BODY_FIXED, 3 },
};

/* What is untouched when there is a fault. */
static const PlBody nothing_decided = { PL_BODY_UNTIL_CLOSE, 12345 };

/* Decides on a message of @first_line and @fields; a response, if it answers a @method. */
static PlHttpFault
decide (const char *first_line, const char *fields, const char *method, PlBody *body)
{
  g_autofree char *text = g_strconcat (first_line, "\r\n", fields, "\r\n", NULL);
  PlHead head;
  PlHttpFault fault;

  *body = nothing_decided;
  pl_head_init (&head, method != NULL ? PL_HEAD_RESPONSE : PL_HEAD_REQUEST, limits);
  g_assert_cmpint (pl_head_parse (&head, text, strlen (text), &fault), ==, PL_PARSE_DONE);
  if (method == NULL)
    return pl_framing_decide_request (&head, body);
  return pl_framing_decide_response (&head, pl_slice_from_string (method), body);
}

static void
assert_body (const PlBody *body, PlBodyKind kind, guint64 length_bytes)
{
  g_assert_cmpint (body->kind, ==, kind);
  g_assert_cmpuint (body->length_bytes, ==, length_bytes);
}

static void
assert_case (const FramingCase *expected, PlHttpFault fault, const PlBody *body)
{
  feed_note (pl_slice_from_string (expected->fields));
  g_assert_cmpstr (pl_http_fault_get_words (fault), ==, pl_http_fault_get_words (expected->fault));
  if (fault == NONE)
    assert_body (body, expected->kind, expected->length_bytes);
  else
    assert_body (body, nothing_decided.kind, nothing_decided.length_bytes);
}

static void
test_common (gconstpointer method)
{
  const char *first_line = method != NULL ? "HTTP/1.1 200 OK" : "POST / HTTP/1.1";

  for (gsize i = 0; i < G_N_ELEMENTS (common_cases); i++)
    {
      PlBody body;
      PlHttpFault fault = decide (first_line, common_cases[i].fields, method, &body);

      assert_case (&common_cases[i], fault, &body);
    }
}

static void
test_unframed (void)
{
  PlBody body;

  g_assert_cmpint (decide ("POST / HTTP/1.1", "", NULL, &body), ==, NONE);
  assert_body (&body, PL_BODY_NONE, 0);
  g_assert_cmpint (decide ("HTTP/1.1 200 OK", "", "GET", &body), ==, NONE);
  assert_body (&body, PL_BODY_UNTIL_CLOSE, 0);
  g_assert_cmpint (decide ("HTTP/1.0 200 OK", "", "GET", &body), ==, NONE);
  assert_body (&body, PL_BODY_UNTIL_CLOSE, 0);
}

static void
test_http_1_0 (void)
{
  PlBody body;

  g_assert_cmpint (decide ("POST / HTTP/1.0", CL "3\r\n", NULL, &body), ==, NONE);
  assert_body (&body, PL_BODY_FIXED, 3);
  g_assert_cmpint (decide ("POST / HTTP/1.0", TE "chunked\r\n", NULL, &body), ==,
                   PL_HTTP_FAULT_TRANSFER_ENCODING);
  g_assert_cmpint (decide ("HTTP/1.0 200 OK", TE "chunked\r\n", "GET", &body), ==,
                   PL_HTTP_FAULT_TRANSFER_ENCODING);
}

/* RFC 9112 §6.3: the responses that have no body whatever their fields say. */
static void
test_responses_without_body (void)
{
  static const struct
  {
    const char *method;
    const char *first_line;
    gboolean has_body;
  } cases[] = {
    { "GET", "HTTP/1.1 100 Continue", FALSE },
    { "GET", "HTTP/1.1 101 Switching Protocols", FALSE },
    { "GET", "HTTP/1.1 103 Early Hints", FALSE },
    { "GET", "HTTP/1.1 199 ?", FALSE },
    { "GET", "HTTP/1.1 204 No Content", FALSE },
    { "GET", "HTTP/1.1 304 Not Modified", FALSE },
    { "HEAD", "HTTP/1.1 200 OK", FALSE },
    { "HEAD", "HTTP/1.1 404 Not Found", FALSE },
    { "CONNECT", "HTTP/1.1 200 OK", FALSE },
    { "CONNECT", "HTTP/1.1 299 ?", FALSE },
    { "CONNECT", "HTTP/1.1 300 ?", TRUE },
    { "CONNECT", "HTTP/1.1 407 Proxy Authentication Required", TRUE },
    { "GET", "HTTP/1.1 200 OK", TRUE },
    { "GET", "HTTP/1.1 205 Reset Content", TRUE },
    { "GET", "HTTP/1.1 206 Partial Content", TRUE },
    { "GET", "HTTP/1.1 301 Moved Permanently", TRUE },
    { "POST", "HTTP/1.1 500 Internal Server Error", TRUE },
    { "head", "HTTP/1.1 200 OK", TRUE },
    { "HEADS", "HTTP/1.1 200 OK", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *method = cases[i].method;
      PlBody body;

      g_test_message ("%s answers %s", cases[i].first_line, method);
      g_assert_cmpint (decide (cases[i].first_line, CL "5\r\n", method, &body), ==, NONE);
      g_assert_cmpint (body.kind, ==, cases[i].has_body ? PL_BODY_FIXED : PL_BODY_NONE);
      g_assert_cmpuint (body.length_bytes, ==, cases[i].has_body ? 5 : 0);

      g_assert_cmpint (decide (cases[i].first_line, TE "chunked\r\n", method, &body), ==, NONE);
      g_assert_cmpint (body.kind, ==, cases[i].has_body ? PL_BODY_CHUNKED : PL_BODY_NONE);

      g_assert_cmpint (decide (cases[i].first_line, CL "-5\r\n", method, &body), ==,
                       PL_HTTP_FAULT_CONTENT_LENGTH);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/http/framing/request", NULL, test_common);
  g_test_add_data_func ("/http/framing/response", "GET", test_common);
  g_test_add_func ("/http/framing/unframed", test_unframed);
  g_test_add_func ("/http/framing/http-1.0", test_http_1_0);
  g_test_add_func ("/http/framing/responses-without-body", test_responses_without_body);
  return g_test_run ();
}
