/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Heads before and after: whole requests, responses and trailers, compared as texts. */

#include "net/route/rewrite.h"
#include "net/route/loop.h"
#include "tests/unit/route/sample.h"

/* What ends each request, but for the mark against loops, which is another each time and taken out
 * of what is compared. The cases of both are told in forwarded-test.c and loop-test.c. */
#define FORWARDED                                                                                  \
  "X-Forwarded-For: 192.168.1.9\nX-Forwarded-Host: photos.example\nX-Forwarded-Proto: http\n"      \
  "X-Real-IP: 192.168.1.9\n\n"

typedef struct
{
  const char *name;
  const char *before;
  const char *after; /* up to our forwarding fields */
} RequestCase;

static const RequestCase request_cases[] = {
  { "plain", "GET /photos?a=b HTTP/1.1\nHost: photos.example\nAccept: */*\n\n",
    "GET /photos?a=b HTTP/1.1\nHost: photos.example\nAccept: */*\n" },
  { "order, duplicates, spelling and empty values are kept",
    "GET / HTTP/1.1\nB: 1\nHost: photos.example\na: \nB: 2\nb:3\nCookie: x\nCookie: y\n\n",
    "GET / HTTP/1.1\nB: 1\nHost: photos.example\na: \nB: 2\nb: 3\nCookie: x\nCookie: y\n" },
  { "any method, its case kept", "pROPFIND /x HTTP/1.1\nHost: photos.example\n\n",
    "pROPFIND /x HTTP/1.1\nHost: photos.example\n" },
  { "the prefix is taken off", "GET /api/x?y HTTP/1.1\nHost: photos.example\n\n",
    "GET /x?y HTTP/1.1\nHost: photos.example\n" },
  { "the bare prefix becomes the root", "GET /api?y HTTP/1.1\nHost: photos.example\n\n",
    "GET /?y HTTP/1.1\nHost: photos.example\n" },
  { "absolute form becomes origin form",
    "GET http://photos.example/x HTTP/1.1\nhost: PHOTOS.example:80\n\n",
    "GET /x HTTP/1.1\nhost: photos.example\n" },
  { "asterisk form", "OPTIONS * HTTP/1.1\nHost: photos.example\n\n",
    "OPTIONS * HTTP/1.1\nHost: photos.example\n" },
  { "HTTP/1.0", "GET / HTTP/1.0\nHost: photos.example\nConnection: keep-alive\n\n",
    "GET / HTTP/1.1\nHost: photos.example\n" },

  { "hop-by-hop fields",
    "GET / HTTP/1.1\nHost: photos.example\nConnection: keep-alive\nKeep-Alive: timeout=5\n"
    "Proxy-Connection: keep-alive\nProxy-Authorization: Basic eDp5\nTE: gzip\nUpgrade: x\nA: 1\n\n",
    "GET / HTTP/1.1\nHost: photos.example\nA: 1\n" },
  { "fields named by Connection",
    "GET / HTTP/1.1\nConnection: close, a-B , ,c\nHost: photos.example\nA-b: 1\nA-B: 2\nC: 3\n"
    "Cc: 4\nConnection: D\nD: 5\nE: 6\n\n",
    "GET / HTTP/1.1\nHost: photos.example\nCc: 4\nE: 6\n" },
  { "fields of ours named by Connection",
    "POST / HTTP/1.1\nHost: photos.example\nContent-Length: 5\n"
    "Connection: Host, Content-Length, X-Forwarded-For, X-Forwarded-Host, X-Forwarded-Proto, "
    "X-Real-IP\n\n",
    "POST / HTTP/1.1\nHost: photos.example\nContent-Length: 5\n" },
  { "Transfer-Encoding named by Connection",
    "POST / HTTP/1.1\nHost: photos.example\nConnection: Transfer-Encoding\n"
    "Transfer-Encoding: Chunked\n\n",
    "POST / HTTP/1.1\nHost: photos.example\nTransfer-Encoding: chunked\n" },

  { "framing stands where it stood",
    "POST / HTTP/1.1\nHost: photos.example\nContent-Length: 0005\nA: 1\n\n",
    "POST / HTTP/1.1\nHost: photos.example\nContent-Length: 5\nA: 1\n" },
  { "an empty body is still announced",
    "POST / HTTP/1.1\nHost: photos.example\nContent-Length: 0\nA: 1\n\n",
    "POST / HTTP/1.1\nHost: photos.example\nContent-Length: 0\nA: 1\n" },
  { "chunks, and a trailer announced",
    "POST / HTTP/1.1\nTransfer-Encoding: chunked\nHost: photos.example\nTrailer: X-Sum\n\n",
    "POST / HTTP/1.1\nTransfer-Encoding: chunked\nHost: photos.example\nTrailer: X-Sum\n" },

  { "forwarding fields of a stranger, in each spelling",
    "GET / HTTP/1.1\nHost: photos.example\nX-Forwarded-For: 1.1.1.1\nx_forwarded_for: 1.1.1.1\n"
    "X-Forwarded_Proto: https\nX-Forwarded-Port: 1\nX-Forwarded-Server: s\nForwarded: for=1.1.1.1\n"
    "X_Real_IP: 1.1.1.1\nX-Forwarded-Prefix: /p\nA_B: 1\n\n",
    "GET / HTTP/1.1\nHost: photos.example\nX-Forwarded-Prefix: /p\nA_B: 1\n" },
  { "framing spelt with underscores",
    "POST / HTTP/1.1\nHost: photos.example\nContent-Length: 5\nContent_Length: 50\n"
    "Transfer_Encoding: chunked\nKeep_Alive: 1\nContent_Type: a\n\n",
    "POST / HTTP/1.1\nHost: photos.example\nContent-Length: 5\nContent_Type: a\n" },

  { "marks of those before us, also where Connection names them",
    "GET / HTTP/1.1\nHost: photos.example\nCDN-Loop: a\nConnection: CDN-Loop\ncdn-loop: b;c=d\n\n",
    "GET / HTTP/1.1\nHost: photos.example\nCDN-Loop: a\ncdn-loop: b;c=d\n" },

  { "TE: trailers",
    "GET / HTTP/1.1\nHost: photos.example\nTE: gzip;q=0.5, Trailers\nConnection: TE\n\n",
    "GET / HTTP/1.1\nHost: photos.example\nConnection: TE\nTE: trailers\n" },
  { "TE from HTTP/1.0", "GET / HTTP/1.0\nHost: photos.example\nTE: trailers\nConnection: TE\n\n",
    "GET / HTTP/1.1\nHost: photos.example\n" },

  { "Expect", "POST / HTTP/1.1\nHost: photos.example\nExpect: 100-continue\nContent-Length: 5\n\n",
    "POST / HTTP/1.1\nHost: photos.example\nExpect: 100-continue\nContent-Length: 5\n" },
  { "Expect from HTTP/1.0",
    "POST / HTTP/1.0\nHost: photos.example\nExpect: 100-continue\nContent-Length: 5\n\n",
    "POST / HTTP/1.1\nHost: photos.example\nContent-Length: 5\n" },

  { "WebSocket",
    "GET /api/socket.io/ HTTP/1.1\nHost: photos.example\nConnection: keep-alive, Upgrade\n"
    "Upgrade: websocket\nSec-WebSocket-Key: k\n\n",
    "GET /socket.io/ HTTP/1.1\nHost: photos.example\nSec-WebSocket-Key: k\n"
    "Connection: Upgrade\nUpgrade: websocket\n" },
  { "Upgrade with TE",
    "GET / HTTP/1.1\nHost: photos.example\nConnection: Upgrade, TE\nUpgrade: a/1\nUpgrade: b\n"
    "TE: trailers\n\n",
    "GET / HTTP/1.1\nHost: photos.example\nConnection: Upgrade, TE\nUpgrade: a/1, b\n"
    "TE: trailers\n" },
  { "h2c is not offered, nor are its settings",
    "GET / HTTP/1.1\nHost: photos.example\nConnection: Upgrade, HTTP2-Settings\nUpgrade: h2c\n"
    "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\n\n",
    "GET / HTTP/1.1\nHost: photos.example\n" },
  { "another protocol beside h2c",
    "GET / HTTP/1.1\nHost: photos.example\nConnection: Upgrade\nUpgrade: H2C, websocket, h2c/1\n\n",
    "GET / HTTP/1.1\nHost: photos.example\nConnection: Upgrade\nUpgrade: websocket\n" },
  { "Upgrade that Connection does not name",
    "GET / HTTP/1.1\nHost: photos.example\nUpgrade: websocket\n\n",
    "GET / HTTP/1.1\nHost: photos.example\n" },
  { "Upgrade from HTTP/1.0",
    "GET / HTTP/1.0\nHost: photos.example\nConnection: Upgrade\nUpgrade: websocket\n\n",
    "GET / HTTP/1.1\nHost: photos.example\n" },
};

/* What was written without our mark, which must be there once. */
static char *
dup_without_mark (const PlWriter *writer)
{
  g_autofree char *mark = g_strdup_printf ("\nCDN-Loop: %s\n", pl_loop_get_mark ());
  g_autofree char *written = sample_dup_written (writer);
  g_auto (GStrv) around = g_strsplit (written, mark, -1);

  g_assert_cmpuint (g_strv_length (around), ==, 2);
  return g_strjoinv ("\n", around);
}

/* What a request goes through before it is rewritten, without the sockets. */
static char *
dup_rewritten_request (const PlHead *head, gboolean drop_expect)
{
  g_autoptr (PlRouteTable) table = pl_route_table_new ();
  PlAddress client = sample_address ("192.168.1.9");
  char buffer[2048], protocols[256];
  PlRewriteRequest request = { .drop_expect = drop_expect };
  PlRouteMatch match;
  PlTarget target;
  PlWriter writer;

  pl_route_table_add (table, "web", NULL, "/", FALSE, 0, NULL);
  pl_route_table_add (table, "api", NULL, "/api", TRUE, 0, NULL);

  request.forwarded = (PlForwardedInput){ .client = &client, .head = head };
  request.match = &match;
  g_assert_cmpint (pl_target_parse (head->method, head->target, &target), ==, 0);
  g_assert_cmpint (pl_target_decide_authority (head, &target, &request.forwarded.authority), ==, 0);
  g_assert_cmpint (pl_route_table_match (table, request.forwarded.authority, &target, &match), ==,
                   0);
  g_assert_cmpint (pl_framing_decide_request (head, &request.body), ==, 0);

  pl_writer_init (&writer, protocols, sizeof protocols);
  g_assert_cmpint (pl_rewrite_offers_upgrade (head, &writer), ==, writer.length > 0);
  request.upgrade = pl_slice (protocols, writer.length);

  pl_writer_init (&writer, buffer, sizeof buffer);
  pl_rewrite_request (&request, &writer);
  return dup_without_mark (&writer);
}

static void
test_requests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (request_cases); i++)
    {
      const RequestCase *test = &request_cases[i];
      g_autoptr (SampleHead) sample = sample_head_new (PL_HEAD_REQUEST, test->before);
      g_autofree char *after = dup_rewritten_request (&sample->head, FALSE);
      g_autofree char *expected = g_strconcat (test->after, FORWARDED, NULL);

      g_test_message ("%s", test->name);
      g_assert_cmpstr (after, ==, expected);
    }
}

static void
test_request_drops_expect (void)
{
  g_autoptr (SampleHead) sample
      = sample_head_new (PL_HEAD_REQUEST, "POST / HTTP/1.1\nExpect: 100-continue\n"
                                          "Host: photos.example\nContent-Length: 1\n\n");
  g_autofree char *after = dup_rewritten_request (&sample->head, TRUE);

  g_assert_cmpstr (after, ==,
                   "POST / HTTP/1.1\nHost: photos.example\nContent-Length: 1\n" FORWARDED);
}

static void
test_request_without_host (void)
{
  g_autoptr (SampleHead) without = sample_head_new (PL_HEAD_REQUEST, "GET / HTTP/1.0\nA: 1\n\n");
  g_autoptr (SampleHead) absolute
      = sample_head_new (PL_HEAD_REQUEST, "GET http://photos.example HTTP/1.0\nA: 1\n\n");
  g_autofree char *after_without = dup_rewritten_request (&without->head, FALSE);
  g_autofree char *after_absolute = dup_rewritten_request (&absolute->head, FALSE);

  g_assert_cmpstr (after_without, ==,
                   "GET / HTTP/1.1\nHost: \nA: 1\nX-Forwarded-For: 192.168.1.9\n"
                   "X-Forwarded-Proto: http\nX-Real-IP: 192.168.1.9\n\n");
  g_assert_cmpstr (after_absolute, ==, "GET / HTTP/1.1\nHost: photos.example\nA: 1\n" FORWARDED);
}

/* Connection names as many fields as are compared, or one more: then all fields go, but for those
 * we write ourselves. */
static void
test_request_connection_flood (void)
{
  for (guint excess = 0; excess <= 1; excess++)
    {
      g_autoptr (GString) text
          = g_string_new ("POST / HTTP/1.1\nHost: photos.example\nConnection: close, keep-alive");
      g_autoptr (SampleHead) sample = NULL;
      g_autofree char *after = NULL;

      for (guint i = 0; i < 31 + excess; i++)
        g_string_append (text, ", x");
      g_string_append (text, ", Cookie\nCookie: c\nA: 1\nContent-Length: 5\n\n");
      sample = sample_head_new (PL_HEAD_REQUEST, text->str);
      after = dup_rewritten_request (&sample->head, FALSE);
      g_assert_cmpstr (
          after, ==,
          excess ? "POST / HTTP/1.1\nHost: photos.example\nContent-Length: 5\n" FORWARDED
                 : "POST / HTTP/1.1\nHost: photos.example\nA: 1\nContent-Length: 5\n" FORWARDED);
    }
}

/* A body that the request's own fields did not announce, as from a client that speaks HTTP/2. */
static void
test_request_framing_is_added (void)
{
  g_autoptr (SampleHead) sample
      = sample_head_new (PL_HEAD_REQUEST, "POST / HTTP/1.1\nHost: photos.example\n\n");
  PlAddress client = sample_address ("192.168.1.9");
  PlRouteMatch match = { .target_rest = PL_SLICE ("/") };
  PlRewriteRequest request = {
    .forwarded
    = { .client = &client, .head = &sample->head, .authority = PL_SLICE ("photos.example") },
    .match = &match,
    .body = { PL_BODY_CHUNKED, 0 },
  };
  g_autofree char *after = NULL;
  char buffer[1024];
  PlWriter writer;

  pl_writer_init (&writer, buffer, sizeof buffer);
  pl_rewrite_request (&request, &writer);
  after = dup_without_mark (&writer);
  g_assert_cmpstr (after, ==,
                   "POST / HTTP/1.1\nHost: photos.example\nTransfer-Encoding: chunked\n" FORWARDED);
}

static void
test_full_buffer (void)
{
  g_autoptr (SampleHead) sample
      = sample_head_new (PL_HEAD_RESPONSE, "HTTP/1.1 200 OK\nServer: x\n\n");
  PlRewriteResponse response = { .head = &sample->head, .client_version = PL_HTTP_1_1 };

  for (gsize capacity = 0;
       capacity < strlen ("HTTP/1.1 200 OK\r\nServer: x\r\nConnection: close\r\n\r\n"); capacity++)
    {
      g_autofree char *buffer = g_malloc (MAX (capacity, 1));
      PlWriter writer;

      pl_writer_init (&writer, buffer, capacity);
      pl_rewrite_response (&response, &writer);
      g_assert_true (writer.overflowed);
    }
}

#define DATE "Sun, 06 Nov 1994 08:49:37 GMT"

typedef enum
{
  KEEP,
  CLOSE,
} Persistence;

typedef struct
{
  const char *name;
  const char *method;
  PlHttpVersion client_version;
  Persistence persistence;
  const char *before;
  const char *after;
} ResponseCase;

static const ResponseCase response_cases[] = {
  { "plain", "GET", PL_HTTP_1_1, KEEP,
    "HTTP/1.1 200 OK\nDate: x\nContent-Length: 5\nETag: \"e\"\n\n",
    "HTTP/1.1 200 OK\nDate: x\nContent-Length: 5\nETag: \"e\"\n\n" },
  { "order, duplicates, Set-Cookie, Location and Server are kept", "GET", PL_HTTP_1_1, KEEP,
    "HTTP/1.1 302 Found\nset-cookie: a=1; Path=/\nLocation: http://10.0.0.5:3001/x\n"
    "Set-Cookie: b=2\nServer: s\nDate: x\nContent-Length: 0\n\n",
    "HTTP/1.1 302 Found\nset-cookie: a=1; Path=/\nLocation: http://10.0.0.5:3001/x\n"
    "Set-Cookie: b=2\nServer: s\nDate: x\nContent-Length: 0\n\n" },
  { "Date is added", "GET", PL_HTTP_1_1, KEEP, "HTTP/1.1 200 OK\nContent-Length: 5\n\n",
    "HTTP/1.1 200 OK\nContent-Length: 5\nDate: " DATE "\n\n" },
  { "Date named by Connection is replaced", "GET", PL_HTTP_1_1, KEEP,
    "HTTP/1.1 200 OK\nConnection: Date\nDate: x\nContent-Length: 5\n\n",
    "HTTP/1.1 200 OK\nContent-Length: 5\nDate: " DATE "\n\n" },
  { "hop-by-hop fields and those named", "GET", PL_HTTP_1_1, KEEP,
    "HTTP/1.1 200 OK\nConnection: close, X-Hop\nKeep-Alive: timeout=5\nX-Hop: 1\nUpgrade: h2c\n"
    "Proxy-Authenticate: Basic\nDate: x\nContent-Length: 5\n\n",
    "HTTP/1.1 200 OK\nDate: x\nContent-Length: 5\n\n" },
  { "a reason that is empty", "GET", PL_HTTP_1_1, KEEP,
    "HTTP/1.1 200 \nDate: x\nContent-Length: 5\n\n",
    "HTTP/1.1 200 \nDate: x\nContent-Length: 5\n\n" },
  { "chunks", "GET", PL_HTTP_1_1, KEEP,
    "HTTP/1.1 200 OK\nDate: x\nTransfer-Encoding: CHUNKED\nA: 1\n\n",
    "HTTP/1.1 200 OK\nDate: x\nTransfer-Encoding: chunked\nA: 1\n\n" },
  { "an upstream that speaks HTTP/1.0", "GET", PL_HTTP_1_1, CLOSE, "HTTP/1.0 200 OK\nDate: x\n\n",
    "HTTP/1.1 200 OK\nDate: x\nConnection: close\n\n" },
  { "the client's connection ends", "GET", PL_HTTP_1_1, CLOSE,
    "HTTP/1.1 200 OK\nDate: x\nConnection: keep-alive\nContent-Length: 5\n\n",
    "HTTP/1.1 200 OK\nDate: x\nContent-Length: 5\nConnection: close\n\n" },
  { "a 1.0 client stays", "GET", PL_HTTP_1_0, KEEP,
    "HTTP/1.1 200 OK\nDate: x\nContent-Length: 5\n\n",
    "HTTP/1.1 200 OK\nDate: x\nContent-Length: 5\nConnection: keep-alive\n\n" },
  { "a 1.0 client goes", "GET", PL_HTTP_1_0, CLOSE,
    "HTTP/1.1 200 OK\nDate: x\nContent-Length: 5\n\n",
    "HTTP/1.1 200 OK\nDate: x\nContent-Length: 5\n\n" },

  { "HEAD", "HEAD", PL_HTTP_1_1, KEEP, "HTTP/1.1 200 OK\nDate: x\nContent-Length: 500\nA: 1\n\n",
    "HTTP/1.1 200 OK\nDate: x\nContent-Length: 500\nA: 1\n\n" },
  { "HEAD of chunks", "HEAD", PL_HTTP_1_1, KEEP,
    "HTTP/1.1 200 OK\nDate: x\nTransfer-Encoding: chunked\n\n", "HTTP/1.1 200 OK\nDate: x\n\n" },
  { "304", "GET", PL_HTTP_1_1, KEEP,
    "HTTP/1.1 304 Not Modified\nDate: x\nContent-Length: 500\nETag: \"e\"\n\n",
    "HTTP/1.1 304 Not Modified\nDate: x\nContent-Length: 500\nETag: \"e\"\n\n" },
  { "304 without a length", "GET", PL_HTTP_1_1, KEEP, "HTTP/1.1 304 Not Modified\nDate: x\n\n",
    "HTTP/1.1 304 Not Modified\nDate: x\n\n" },
  { "204 is not framed", "GET", PL_HTTP_1_1, KEEP,
    "HTTP/1.1 204 No Content\nDate: x\nContent-Length: 0\n\n",
    "HTTP/1.1 204 No Content\nDate: x\n\n" },
  { "interim", "POST", PL_HTTP_1_1, CLOSE,
    "HTTP/1.1 103 Early Hints\nLink: </a>\nContent-Length: 0\nConnection: close\n\n",
    "HTTP/1.1 103 Early Hints\nLink: </a>\n\n" },
};

static char *
dup_rewritten_response (const PlRewriteResponse *response)
{
  char buffer[1024];
  PlWriter writer;

  pl_writer_init (&writer, buffer, sizeof buffer);
  pl_rewrite_response (response, &writer);
  return sample_dup_written (&writer);
}

static void
test_responses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (response_cases); i++)
    {
      const ResponseCase *test = &response_cases[i];
      g_autoptr (SampleHead) sample = sample_head_new (PL_HEAD_RESPONSE, test->before);
      PlRewriteResponse response = {
        .head = &sample->head,
        .client_version = test->client_version,
        .keep_alive = test->persistence == KEEP,
        .date = PL_SLICE (DATE),
      };
      g_autofree char *after = NULL;

      g_test_message ("%s", test->name);
      g_assert_cmpint (pl_framing_decide_response (
                           &sample->head, pl_slice_from_string (test->method), &response.body),
                       ==, PL_HTTP_FAULT_NONE);
      after = dup_rewritten_response (&response);
      g_assert_cmpstr (after, ==, test->after);
    }
}

/* A 1.0 client does not know chunks: they are taken off, and the end of the body is the end of
 * the connection. */
static void
test_response_without_chunks (void)
{
  g_autoptr (SampleHead) sample = sample_head_new (
      PL_HEAD_RESPONSE, "HTTP/1.1 200 OK\nDate: x\nTransfer-Encoding: chunked\nA: 1\n\n");
  PlRewriteResponse response = {
    .head = &sample->head,
    .body = { PL_BODY_UNTIL_CLOSE, 0 },
    .client_version = PL_HTTP_1_0,
  };
  g_autofree char *after = dup_rewritten_response (&response);

  g_assert_cmpstr (after, ==, "HTTP/1.1 200 OK\nDate: x\nA: 1\n\n");
}

static void
test_response_switches_protocols (void)
{
  g_autoptr (SampleHead) sample = sample_head_new (
      PL_HEAD_RESPONSE, "HTTP/1.1 101 Switching Protocols\nDate: x\nUpgrade: websocket\n"
                        "Connection: Upgrade\nSec-WebSocket-Accept: k\n\n");
  PlRewriteResponse response = {
    .head = &sample->head,
    .client_version = PL_HTTP_1_1,
    .upgrade = PL_SLICE ("websocket"),
  };
  g_autofree char *after = dup_rewritten_response (&response);

  g_assert_cmpstr (after, ==,
                   "HTTP/1.1 101 Switching Protocols\nDate: x\nSec-WebSocket-Accept: k\n"
                   "Connection: Upgrade\nUpgrade: websocket\n\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/rewrite/requests", test_requests);
  g_test_add_func ("/route/rewrite/request-drops-expect", test_request_drops_expect);
  g_test_add_func ("/route/rewrite/request-without-host", test_request_without_host);
  g_test_add_func ("/route/rewrite/request-framing-is-added", test_request_framing_is_added);
  g_test_add_func ("/route/rewrite/request-connection-flood", test_request_connection_flood);
  g_test_add_func ("/route/rewrite/responses", test_responses);
  g_test_add_func ("/route/rewrite/response-without-chunks", test_response_without_chunks);
  g_test_add_func ("/route/rewrite/response-switches-protocols", test_response_switches_protocols);
  g_test_add_func ("/route/rewrite/full-buffer", test_full_buffer);
  return g_test_run ();
}
