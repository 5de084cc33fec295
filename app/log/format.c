/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Written for machines: nothing here depends on the user's language. */

#include "app/log/format.h"

#include <json-glib/json-glib.h>

#include "app/log/login_lines.h"
#include "app/model/local_time.h"
#include "app/model/words.h"

/* nginx's number for a client that went away before it was answered. */
#define STATUS_CLIENT_GONE 499

static const char *
protocol_name (PlProtocol protocol)
{
  switch (protocol)
    {
    case PL_PROTOCOL_HTTP_1_0:
      return "HTTP/1.0";
    case PL_PROTOCOL_HTTP_1_1:
    case PL_PROTOCOL_TUNNEL: /* only HTTP/1.1 can ask for one */
      return "HTTP/1.1";
    case PL_PROTOCOL_HTTP_2:
      return "HTTP/2.0";
    }
  g_return_val_if_reached ("HTTP/1.1");
}

/* [10/Oct/2000:13:55:36 -0700], the months in English whatever the locale. */
static void
append_clf_time (GString *text, gint64 started_us)
{
  static const char *const months[]
      = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) time = pl_local_time_new (started_us);
  int offset_min = (int) (g_date_time_get_utc_offset (time) / G_TIME_SPAN_MINUTE);

  g_string_append_printf (
      text, "[%02d/%s/%04d:%02d:%02d:%02d %c%02d%02d]", g_date_time_get_day_of_month (time),
      months[g_date_time_get_month (time) - 1], g_date_time_get_year (time),
      g_date_time_get_hour (time), g_date_time_get_minute (time), g_date_time_get_second (time),
      offset_min < 0 ? '-' : '+', ABS (offset_min) / 60, ABS (offset_min) % 60);
}

/* What Apache and nginx do with quotes, backslashes, controls and octets past ASCII: \xHH. */
static void
append_escaped (GString *text, const char *value)
{
  const char *plain = value; /* what needs no escape is added at once */

  for (; *value != '\0'; value++)
    if (!g_ascii_isprint (*value) || *value == '"' || *value == '\\')
      {
        g_string_append_len (text, plain, value - plain);
        g_string_append_printf (text, "\\x%02X", (guint) (guchar) *value);
        plain = value + 1;
      }
  g_string_append_len (text, plain, value - plain);
}

static void
append_quoted (GString *text, const char *value)
{
  g_string_append_c (text, '"');
  append_escaped (text, *value != '\0' ? value : "-");
  g_string_append_c (text, '"');
}

/* The first line of a request that could not be read is not known; `-` stands for it. */
static void
append_request (GString *text, const PlRecord *record)
{
  if (*record->method == '\0')
    {
      g_string_append (text, "\"-\"");
      return;
    }
  g_string_append_c (text, '"');
  append_escaped (text, record->method);
  g_string_append_c (text, ' ');
  append_escaped (text, *record->target != '\0' ? record->target : "-");
  g_string_append_printf (text, " %s\"", protocol_name (record->protocol));
}

static guint
status_to_write (const PlRecord *record)
{
  guint due = pl_close_get_status (record->reason);

  if (record->status != 0)
    return record->status;
  return due != 0 ? due : STATUS_CLIENT_GONE;
}

static void
append_combined (GString *text, const PlRecord *record)
{
  pl_words_append_address (text, &record->client);
  g_string_append (text, " - - ");
  append_clf_time (text, record->started_us);
  g_string_append_c (text, ' ');
  append_request (text, record);
  g_string_append_printf (text, " %u %" G_GUINT64_FORMAT " ", status_to_write (record),
                          record->down_bytes);
  append_quoted (text, record->referer);
  g_string_append_c (text, ' ');
  append_quoted (text, record->user_agent);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1); /* JSON is UTF-8 (RFC 8259 §8.1) */

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, valid);
}

/* @value: -1 for none */
static void
add_number (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  if (value < 0)
    json_builder_add_null_value (builder);
  else
    json_builder_add_int_value (builder, value);
}

static void
add_times (JsonBuilder *builder, const PlRecord *record)
{
  g_autoptr (GDateTime) second
      = g_date_time_new_from_unix_utc (record->started_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) start = g_date_time_add (second, record->started_us % G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format_iso8601 (start);

  add_string (builder, "time", time);
  add_number (builder, "connect_us", record->connect_us);
  add_number (builder, "sent_us", record->sent_us);
  add_number (builder, "first_byte_us", record->first_byte_us);
  add_number (builder, "duration_us", record->duration_us);
}

static void
add_request (JsonBuilder *builder, const PlRecord *record)
{
  g_autoptr (GString) client = g_string_new (NULL);
  pl_words_append_address (client, &record->client);

  add_string (builder, "client", client->str);
  add_string (builder, "method", record->method);
  add_string (builder, "target", record->target);
  add_string (builder, "protocol", protocol_name (record->protocol));
  json_builder_set_member_name (builder, "tunnel");
  json_builder_add_boolean_value (builder, record->protocol == PL_PROTOCOL_TUNNEL);
  add_string (builder, "tls_version", record->tls_version != NULL ? record->tls_version : "");
  add_string (builder, "tls_cipher", record->tls_cipher != NULL ? record->tls_cipher : "");
  add_string (builder, "tls_protocol", record->tls_protocol != NULL ? record->tls_protocol : "");
  add_string (builder, "host", record->host);
  add_string (builder, "referer", record->referer);
  add_string (builder, "user_agent", record->user_agent);
}

static void
add_outcome (JsonBuilder *builder, const PlRecord *record)
{
  static const char *const sides[] = { "nobody", "client", "upstream", "us" };
  gboolean is_login = record->login != PL_LOGIN_NONE;
  gboolean is_faultless = record->http_fault == PL_HTTP_FAULT_NONE;
  const char *detail = is_faultless ? "" : pl_http_fault_get_words (record->http_fault);

  add_number (builder, "status", record->status);
  add_number (builder, "bytes_up", (gint64) record->up_bytes);
  add_number (builder, "bytes_down", (gint64) record->down_bytes);
  add_string (builder, "route", record->route);
  add_string (builder, "upstream", record->upstream);
  json_builder_set_member_name (builder, "reused");
  json_builder_add_boolean_value (builder, record->reused != FALSE);
  add_string (builder, "reason", pl_close_get_name (record->reason));
  add_string (builder, "fault", sides[pl_close_get_side (record->reason)]);
  add_string (builder, "detail", detail);
  add_string (builder, "login", is_login ? pl_login_get_name (record->login) : "");
  add_string (builder, "login_outcome", pl_login_lines_get_outcome (record));
}

static void
append_json (GString *text, const PlRecord *record)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_builder_begin_object (builder);
  add_number (builder, "id", (gint64) record->id);
  add_times (builder, record);
  add_request (builder, record);
  add_outcome (builder, record);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_to_gstring (generator, text);
}

void
pl_log_format_append (GString *text, PlLogFormat format, const PlRecord *record)
{
  if (format == PL_LOG_FORMAT_JSON)
    append_json (text, record);
  else
    append_combined (text, record);
  g_string_append_c (text, '\n');
}
