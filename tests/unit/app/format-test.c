/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines for programs: read back by a reader of JSON, and by the pattern that readers of the
 * combined form use. */

#include "app/log/format.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define JSON_MEMBERS                                                                               \
  "id time connect_us sent_us first_byte_us duration_us client method target protocol tunnel "     \
  "tls_version tls_cipher tls_protocol host "                                                      \
  "referer user_agent status bytes_up bytes_down route upstream reused reason fault detail "       \
  "login login_outcome"

/* An ordinary request, to be changed by each test; in Auckland it was already the next day. */
static PlRecord
make_record (void)
{
  return (PlRecord){
    .id = 7,
    .state = PL_RECORD_FINISHED,
    .reason = PL_CLOSE_DONE,
    .protocol = PL_PROTOCOL_HTTP_1_1,
    .client = pl_address_from_ipv4 ((const guint8[4]){ 192, 168, 1, 23 }, 50000),
    .started_us = G_GINT64_CONSTANT (1718985600123456), /* 2024-06-21T16:00:00.123456Z */
    .connect_us = 300,
    .sent_us = 400,
    .first_byte_us = 9000,
    .duration_us = 12345,
    .up_bytes = 5,
    .down_bytes = 18250,
    .up_total_bytes = 5,
    .down_total_bytes = 18250,
    .reused = TRUE,
    .status = 200,
    .upstream = "127.0.0.1:2283",
    .method = "GET",
    .target = "/api/assets/8f?key=***",
    .host = "photos.lan:8080",
    .user_agent = "Immich_Android_1.135.0",
    .referer = "",
    .route = "everything",
  };
}

static char *
dup_line (PlLogFormat format, const PlRecord *record)
{
  g_autoptr (GString) text = g_string_new (NULL);
  pl_log_format_append (text, format, record);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_combined (void)
{
  PlRecord record = make_record ();
  g_autofree char *line = dup_line (PL_LOG_FORMAT_COMBINED, &record);

  g_assert_cmpstr (line, ==,
                   "192.168.1.23 - - [22/Jun/2024:04:00:00 +1200] "
                   "\"GET /api/assets/8f?key=*** HTTP/1.1\" 200 18250 \"-\" "
                   "\"Immich_Android_1.135.0\"\n");
}

static void
test_combined_ipv6 (void)
{
  static const guint8 octets[16] = { 0xfd, 0, [15] = 1 };
  PlRecord record = make_record ();
  record.client = pl_address_from_ipv6 (octets, 1);
  g_autofree char *line = dup_line (PL_LOG_FORMAT_COMBINED, &record);

  g_assert_true (g_str_has_prefix (line, "fd00::1 - - ["));
}

typedef struct
{
  PlCloseReason reason;
  guint16 status;
  const char *written;
} StatusCase;

static const StatusCase statuses[] = {
  { PL_CLOSE_DONE, 201, " 201 " },          { PL_CLOSE_CLIENT_GONE, 0, " 499 " },
  { PL_CLOSE_CLIENT_GONE, 200, " 200 " },   { PL_CLOSE_UPSTREAM_CLOSED, 0, " 502 " },
  { PL_CLOSE_TUNNEL_CLOSED, 101, " 101 " },
};

static void
test_combined_status (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      PlRecord record = make_record ();
      record.reason = statuses[i].reason;
      record.status = statuses[i].status;
      g_autofree char *line = dup_line (PL_LOG_FORMAT_COMBINED, &record);
      g_assert_nonnull (strstr (line, statuses[i].written));
    }
}

/* A client must be able neither to end a line nor a quotation. */
static void
test_combined_escapes (void)
{
  PlRecord record = make_record ();
  record.method = "GE\"T";
  record.target = "/a\\b";
  record.user_agent = "a\" 200 0 \"\n127.0.0.1 \x1b[2J\xc3\xa9\x7f";
  record.referer = "\r";
  g_autofree char *line = dup_line (PL_LOG_FORMAT_COMBINED, &record);

  g_assert_nonnull (strstr (line, "\"GE\\x22T /a\\x5Cb HTTP/1.1\""));
  g_assert_nonnull (
      strstr (line, "\"\\x0D\" \"a\\x22 200 0 \\x22\\x0A127.0.0.1 \\x1B[2J\\xC3\\xA9\\x7F\"\n"));
  g_assert_true (strchr (line, '\n') == line + strlen (line) - 1);
}

static void
test_combined_without_request (void)
{
  PlRecord record = make_record ();
  record.method = "";
  record.target = "";
  record.status = 400;
  g_autofree char *line = dup_line (PL_LOG_FORMAT_COMBINED, &record);

  g_assert_nonnull (strstr (line, "] \"-\" 400 "));
}

/* The pattern of Apache's documentation, which others' readers follow. */
static void
test_combined_is_readable (void)
{
  g_autoptr (GRegex) pattern = g_regex_new (
      "^\\S+ \\S+ \\S+ \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}\\] "
      "\"[^\"]*\" \\d{3} \\d+ \"[^\"]*\" \"[^\"]*\"\\n$",
      G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);

  for (int octet = 1; octet < 256; octet++)
    {
      char text[] = { (char) octet, 'x', '\0' };
      PlRecord record = make_record ();
      record.method = record.target = record.user_agent = record.referer = text;
      g_autofree char *line = dup_line (PL_LOG_FORMAT_COMBINED, &record);
      g_assert_true (g_regex_match (pattern, line, 0, NULL));
    }
}

static JsonObject *
parse_line (JsonParser *parser, const char *line)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (strchr (line, '\n') == line + strlen (line) - 1);
  json_parser_load_from_data (parser, line, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static void
test_json (void)
{
  PlRecord record = make_record ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *line = dup_line (PL_LOG_FORMAT_JSON, &record);
  JsonObject *object = parse_line (parser, line);
  g_autoptr (GList) names = json_object_get_members (object);
  g_autoptr (GString) all = g_string_new (NULL);

  /* Others read it: a member that comes, goes or is called otherwise is told of in README.md. */
  for (GList *name = names; name != NULL; name = name->next)
    g_string_append_printf (all, "%s ", (const char *) name->data);
  g_assert_cmpstr (all->str, ==, JSON_MEMBERS " ");

  g_assert_cmpint (json_object_get_int_member (object, "id"), ==, 7);
  g_assert_cmpstr (json_object_get_string_member (object, "time"), ==,
                   "2024-06-21T16:00:00.123456Z");
  g_assert_cmpstr (json_object_get_string_member (object, "client"), ==, "192.168.1.23");
  g_assert_cmpstr (json_object_get_string_member (object, "method"), ==, "GET");
  g_assert_cmpstr (json_object_get_string_member (object, "target"), ==, "/api/assets/8f?key=***");
  g_assert_cmpstr (json_object_get_string_member (object, "protocol"), ==, "HTTP/1.1");
  g_assert_false (json_object_get_boolean_member (object, "tunnel"));
  g_assert_cmpstr (json_object_get_string_member (object, "tls_version"), ==, "");
  g_assert_cmpstr (json_object_get_string_member (object, "tls_cipher"), ==, "");
  g_assert_cmpstr (json_object_get_string_member (object, "host"), ==, "photos.lan:8080");
  g_assert_cmpint (json_object_get_int_member (object, "status"), ==, 200);
  g_assert_cmpint (json_object_get_int_member (object, "bytes_up"), ==, 5);
  g_assert_cmpint (json_object_get_int_member (object, "bytes_down"), ==, 18250);
  g_assert_cmpint (json_object_get_int_member (object, "connect_us"), ==, 300);
  g_assert_cmpint (json_object_get_int_member (object, "sent_us"), ==, 400);
  g_assert_cmpint (json_object_get_int_member (object, "first_byte_us"), ==, 9000);
  g_assert_cmpint (json_object_get_int_member (object, "duration_us"), ==, 12345);
  g_assert_cmpstr (json_object_get_string_member (object, "route"), ==, "everything");
  g_assert_cmpstr (json_object_get_string_member (object, "upstream"), ==, "127.0.0.1:2283");
  g_assert_true (json_object_get_boolean_member (object, "reused"));
  g_assert_cmpstr (json_object_get_string_member (object, "reason"), ==, "done");
  g_assert_cmpstr (json_object_get_string_member (object, "fault"), ==, "nobody");
  g_assert_cmpstr (json_object_get_string_member (object, "detail"), ==, "");
  g_assert_cmpstr (json_object_get_string_member (object, "referer"), ==, record.referer);
  g_assert_cmpstr (json_object_get_string_member (object, "user_agent"), ==, record.user_agent);
}

static void
assert_login (PlLogin login, PlLoginOutcome said, PlCloseReason reason, const char *outcome)
{
  PlRecord record = make_record ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *line = NULL;
  JsonObject *object;

  record.login = login;
  record.login_outcome = said;
  record.reason = reason;
  line = dup_line (PL_LOG_FORMAT_JSON, &record);
  g_assert_true (json_parser_load_from_data (parser, line, -1, NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (object, "login_outcome"), ==, outcome);
  if (login == PL_LOGIN_NONE)
    g_assert_cmpstr (json_object_get_string_member (object, "login"), ==, "");
  else
    g_assert_cmpstr (json_object_get_string_member (object, "login"), ==,
                     pl_login_get_name (login));
}

static void
test_json_of_logins (void)
{
  assert_login (PL_LOGIN_NONE, PL_LOGIN_UNKNOWN, PL_CLOSE_DONE, "");
  assert_login (PL_LOGIN_PASSWORD, PL_LOGIN_FAILED, PL_CLOSE_DONE, "failed");
  assert_login (PL_LOGIN_LINK, PL_LOGIN_SUCCEEDED, PL_CLOSE_CLIENT_GONE, "succeeded");
  assert_login (PL_LOGIN_KEY, PL_LOGIN_UNKNOWN, PL_CLOSE_LOGIN_MUST_WAIT, "refused");
  assert_login (PL_LOGIN_PASSWORD, PL_LOGIN_UNKNOWN, PL_CLOSE_UPSTREAM_DOWN, "unknown");
}

static const char *document; /* where docs/access-log.md is */

/* The rows of the table in it: what stands between backquotes, and the type. */
static GHashTable *
read_documented (GPtrArray *names)
{
  GHashTable *types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (document, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "| `"))
      {
        g_auto (GStrv) cells = g_strsplit (lines[i], "|", -1);
        char *name = g_strndup (cells[1] + 2, strcspn (cells[1] + 2, "`"));
        g_ptr_array_add (names, name);
        g_hash_table_insert (types, g_strdup (name), g_strdup (g_strstrip (cells[2])));
      }
  return types;
}

static const char *
get_type_words (JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return "number or null";
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_INT64:
      return "number";
    case G_TYPE_STRING:
      return "string";
    case G_TYPE_BOOLEAN:
      return "boolean";
    default: /* a GType, of which there is no end */
      g_assert_not_reached ();
    }
}

/* All members that are documented are there, in that order, and no other. */
static void
test_json_is_as_documented (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) types = read_documented (names);
  PlRecord record = make_record ();
  record.connect_us = record.sent_us = record.first_byte_us = -1;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *line = dup_line (PL_LOG_FORMAT_JSON, &record);
  JsonObject *object = parse_line (parser, line);
  g_autoptr (GList) members = json_object_get_members (object);
  GList *member = members;

  g_assert_cmpuint (g_list_length (members), ==, names->len);
  for (guint i = 0; i < names->len; i++, member = member->next)
    {
      const char *type = g_hash_table_lookup (types, names->pdata[i]);
      g_assert_cmpstr (member->data, ==, names->pdata[i]);
      g_assert_cmpstr (get_type_words (json_object_get_member (object, member->data)), ==, type);
    }
}

/* Each rule of the house that a request can be refused by has its row. */
static void
test_refusals_are_as_documented (void)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (document, &text, NULL, NULL));
  for (PlCloseReason reason = PL_CLOSE_NONE; reason < PL_CLOSE_COUNT; reason++)
    if (pl_close_is_refusal (reason))
      {
        g_autofree char *row = g_strdup_printf ("\n| %u | `%s` |", pl_close_get_status (reason),
                                                pl_close_get_name (reason));
        g_assert_nonnull (strstr (text, row));
      }
}

static void
test_json_without_answer (void)
{
  PlRecord record = make_record ();
  record.status = 0;
  record.reason = PL_CLOSE_CLIENT_GONE;
  record.connect_us = -1;
  record.first_byte_us = -1;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *line = dup_line (PL_LOG_FORMAT_JSON, &record);
  JsonObject *object = parse_line (parser, line);

  g_assert_cmpint (json_object_get_int_member (object, "status"), ==, 0);
  g_assert_true (json_object_get_null_member (object, "connect_us"));
  g_assert_true (json_object_get_null_member (object, "first_byte_us"));
  g_assert_cmpstr (json_object_get_string_member (object, "reason"), ==, "client-gone");
  g_assert_cmpstr (json_object_get_string_member (object, "fault"), ==, "client");
}

static void
test_json_keeps_any_octet (void)
{
  for (int octet = 1; octet < 256; octet++)
    {
      char text[] = { 'x', (char) octet, '\0' };
      PlRecord record = make_record ();
      record.user_agent = text;
      g_autofree char *expected = g_utf8_make_valid (text, -1);
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autofree char *line = dup_line (PL_LOG_FORMAT_JSON, &record);
      JsonObject *object = parse_line (parser, line);
      g_assert_cmpstr (json_object_get_string_member (object, "user_agent"), ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "NZST-12NZDT,M9.5.0,M4.1.0/3", TRUE);
  g_test_init (&argc, &argv, NULL);
  document = argv[1];
  g_test_add_func ("/app/format/combined", test_combined);
  g_test_add_func ("/app/format/combined-ipv6", test_combined_ipv6);
  g_test_add_func ("/app/format/combined-status", test_combined_status);
  g_test_add_func ("/app/format/combined-escapes", test_combined_escapes);
  g_test_add_func ("/app/format/combined-without-request", test_combined_without_request);
  g_test_add_func ("/app/format/combined-is-readable", test_combined_is_readable);
  g_test_add_func ("/app/format/json", test_json);
  g_test_add_func ("/app/format/json-of-logins", test_json_of_logins);
  g_test_add_func ("/app/format/json-documented", test_json_is_as_documented);
  g_test_add_func ("/app/format/refusals-documented", test_refusals_are_as_documented);
  g_test_add_func ("/app/format/json-without-answer", test_json_without_answer);
  g_test_add_func ("/app/format/json-keeps-any-octet", test_json_keeps_any_octet);
  return g_test_run ();
}
