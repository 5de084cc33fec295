/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Entry by entry, so that no tree of a hundred thousand nodes is built. Cookies are left out: they
 * are secrets, and stand masked among the headers. */

#include "app/export/har.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "app/export/record_heads.h"
#include "app/model/status_words.h"
#include "app/model/timing.h"
#include "app/model/words.h"

/* The archive's word for what is not known. */
#define UNKNOWN      (-1)
#define UNKNOWN_TYPE "x-unknown"

#define PAGE "page_1"

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1); /* JSON is UTF-8 (RFC 8259 §8.1) */

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, valid);
}

static void
add_integer (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_milliseconds (JsonBuilder *builder, const char *name, gint64 duration_us)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, duration_us < 0 ? UNKNOWN : (double) duration_us / 1000);
}

static void
add_pair (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_begin_object (builder);
  add_string (builder, "name", name);
  add_string (builder, "value", value);
  json_builder_end_object (builder);
}

static void
add_headers (JsonBuilder *builder, GArray *headers)
{
  json_builder_set_member_name (builder, "headers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < headers->len; i++)
    {
      const PlExportHeader *header = &g_array_index (headers, PlExportHeader, i);
      add_pair (builder, header->name, header->value);
    }
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "cookies");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
}

static char *
dup_unescaped (const char *text)
{
  g_autofree char *plain = g_uri_unescape_string (text, NULL);
  return plain != NULL ? g_steal_pointer (&plain) : g_strdup (text);
}

static void
add_query (JsonBuilder *builder, const char *target)
{
  const char *query = strchr (target, '?');
  g_auto (GStrv) parts = g_strsplit (query != NULL ? query + 1 : "", "&", -1);

  json_builder_set_member_name (builder, "queryString");
  json_builder_begin_array (builder);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (parts[i], "=", 2);
      if (pair[0] == NULL)
        continue;
      g_autofree char *name = dup_unescaped (pair[0]);
      g_autofree char *value = dup_unescaped (pair[1] != NULL ? pair[1] : "");
      add_pair (builder, name, value);
    }
  json_builder_end_array (builder);
}

static const char *
get_version (const PlRecord *record)
{
  switch (record->protocol)
    {
    case PL_PROTOCOL_HTTP_1_0:
      return "HTTP/1.0";
    case PL_PROTOCOL_HTTP_1_1:
    case PL_PROTOCOL_TUNNEL:
      return "HTTP/1.1";
    case PL_PROTOCOL_HTTP_2:
      return "HTTP/2.0";
    }
  g_return_val_if_reached ("HTTP/1.1");
}

static void
add_request (JsonBuilder *builder, const PlRecord *record)
{
  g_autoptr (GArray) headers = pl_export_headers (record, PL_HEAD_REQUEST);
  g_autofree char *url = pl_export_dup_url (record);

  json_builder_set_member_name (builder, "request");
  json_builder_begin_object (builder);
  add_string (builder, "method", record->method);
  add_string (builder, "url", url);
  add_string (builder, "httpVersion", get_version (record));
  add_headers (builder, headers);
  add_query (builder, record->target);
  add_integer (builder, "headersSize", UNKNOWN);
  add_integer (builder, "bodySize", (gint64) record->up_bytes);
  json_builder_end_object (builder);
}

static void
add_content (JsonBuilder *builder, const PlRecord *record, GArray *headers)
{
  const char *type = pl_export_find_header (headers, "Content-Type");

  json_builder_set_member_name (builder, "content");
  json_builder_begin_object (builder);
  add_integer (builder, "size", (gint64) record->down_bytes);
  add_string (builder, "mimeType", type != NULL ? type : UNKNOWN_TYPE);
  json_builder_end_object (builder);
}

static void
add_response (JsonBuilder *builder, const PlRecord *record)
{
  g_autoptr (GArray) headers = pl_export_headers (record, PL_HEAD_RESPONSE);
  const char *location = pl_export_find_header (headers, "Location");

  json_builder_set_member_name (builder, "response");
  json_builder_begin_object (builder);
  add_integer (builder, "status", record->status);
  add_string (builder, "statusText", pl_status_get_phrase (record->status));
  add_string (builder, "httpVersion", get_version (record));
  add_headers (builder, headers);
  add_content (builder, record, headers);
  add_string (builder, "redirectURL", location != NULL ? location : "");
  add_integer (builder, "headersSize", UNKNOWN);
  add_integer (builder, "bodySize", (gint64) record->down_bytes);
  json_builder_end_object (builder);
}

/* The archive has no place for it: a member of one's own, named and worded as those who drive
 * Chromium write it (“TLS 1.3”). */
static void
add_encryption (JsonBuilder *builder, const PlRecord *record)
{
  g_autoptr (GString) version = NULL;

  if (record->tls_version == NULL)
    return;
  version = g_string_new (record->tls_version);
  g_string_replace (version, "TLSv", "TLS ", 1);
  json_builder_set_member_name (builder, "_securityDetails");
  json_builder_begin_object (builder);
  add_string (builder, "protocol", version->str);
  add_string (builder, "cipher", record->tls_cipher);
  add_string (builder, "alpn", record->tls_protocol);
  json_builder_end_object (builder);
}

/* Waiting is what Immich takes, and no slow device: what is not known is said to be so, and the
 * rest has to be the entry's time in sum. */
static void
add_timings (JsonBuilder *builder, const PlRecord *record)
{
  PlTiming timing = pl_timing_of (record, record->duration_us);

  json_builder_set_member_name (builder, "timings");
  json_builder_begin_object (builder);
  add_milliseconds (builder, "blocked", UNKNOWN);
  add_milliseconds (builder, "dns", UNKNOWN);
  add_milliseconds (builder, "connect", timing.connect_us);
  add_milliseconds (builder, "send", timing.upload_us);
  add_milliseconds (builder, "wait", timing.wait_us);
  add_milliseconds (builder, "receive", timing.transfer_us);
  add_milliseconds (builder, "ssl", UNKNOWN);
  json_builder_end_object (builder);
}

static char *
dup_time (gint64 wall_us)
{
  g_autoptr (GDateTime) second = g_date_time_new_from_unix_utc (wall_us / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (second, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", text, (int) (wall_us % G_USEC_PER_SEC / 1000));
}

/* `Anna's phone, 192.168.1.23: finished` */
static char *
dup_comment (const PlRecord *record, const char *given_name)
{
  g_autoptr (GString) text = g_string_new (given_name);

  if (*given_name != '\0')
    g_string_append (text, ", ");
  pl_words_append_address (text, &record->client);
  g_string_append (text, ": ");
  pl_words_append_reason (text, record);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_entry (GString *text,
              JsonGenerator *generator,
              const PlRecord *record,
              const char *given_name)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *start = dup_time (record->started_us);
  g_autofree char *comment = dup_comment (record, given_name);

  json_builder_begin_object (builder);
  add_string (builder, "pageref", PAGE);
  add_string (builder, "startedDateTime", start);
  add_milliseconds (builder, "time", MAX (record->duration_us, 0));
  add_request (builder, record);
  add_response (builder, record);
  json_builder_set_member_name (builder, "cache");
  json_builder_begin_object (builder);
  json_builder_end_object (builder);
  add_timings (builder, record);
  add_encryption (builder, record);
  add_string (builder, "comment", comment);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_to_gstring (generator, text);
}

/* All entries are of one page: importers look for it, though the format lets it be left out. */
static void
append_pages (GString *text, GPtrArray *records)
{
  gint64 first_us = G_MAXINT64;

  for (guint i = 0; i < records->len; i++)
    first_us = MIN (first_us, ((const PlRecord *) records->pdata[i])->started_us);
  g_autofree char *start = dup_time (records->len > 0 ? first_us : g_get_real_time ());
  g_string_append_printf (text,
                          "\"pages\":[{\"startedDateTime\":\"%s\",\"id\":\"" PAGE "\","
                          "\"title\":\"Porchlight\","
                          "\"pageTimings\":{\"onContentLoad\":-1,\"onLoad\":-1}}],",
                          start);
}

void
pl_har_append (GString *text, GPtrArray *records, GPtrArray *given_names)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  g_string_append (text, "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"Porchlight\","
                         "\"version\":\"" PL_VERSION "\"},");
  append_pages (text, records);
  g_string_append (text, "\"entries\":[");
  for (guint i = 0; i < records->len; i++)
    {
      g_string_append (text, i > 0 ? ",\n" : "\n");
      append_entry (text, generator, records->pdata[i], given_names->pdata[i]);
    }
  g_string_append (text, "\n]}}\n");
}
