/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names of columns and all numbers are for programs: nothing of them is translated. */

#include "app/export/csv.h"

#include <string.h>

#include "app/model/device.h"
#include "app/model/path_words.h"
#include "app/model/words.h"

/* Without it Excel takes UTF-8 for the code page of the system. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static const char names[]
    = BYTE_ORDER_MARK "time,name,device,client,method,host,target,kind,status,ended,reason,"
                      "upstream,route,up_bytes,down_bytes,connect_ms,sent_ms,first_byte_ms,"
                      "duration_ms\r\n";

/* A spreadsheet takes a cell that begins so for a formula, which a stranger could have written into
 * a request: an apostrophe makes it text. */
static gboolean
is_formula (const char *value)
{
  return *value != '\0' && strchr ("=+-@\t\r", *value) != NULL;
}

static void
append_text (GString *text, const char *value)
{
  gboolean is_plain = strpbrk (value, ",\"\r\n") == NULL;

  if (!is_plain)
    g_string_append_c (text, '"');
  if (is_formula (value))
    g_string_append_c (text, '\'');
  for (; *value != '\0'; value++)
    {
      if (*value == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *value);
    }
  if (!is_plain)
    g_string_append_c (text, '"');
  g_string_append_c (text, ',');
}

static void
append_milliseconds (GString *text, gint64 duration_us, char after)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (duration_us >= 0)
    g_string_append (text,
                     g_ascii_formatd (digits, sizeof digits, "%.3f", (double) duration_us / 1000));
  g_string_append_c (text, after);
}

static void
append_who (GString *text, const PlRecord *record, const char *given_name)
{
  g_autoptr (GDateTime) second
      = g_date_time_new_from_unix_utc (record->started_us / G_USEC_PER_SEC);
  g_autofree char *whole = g_date_time_format (second, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *time
      = g_strdup_printf ("%s.%03dZ", whole, (int) (record->started_us % G_USEC_PER_SEC / 1000));
  g_autofree char *device = pl_device_dup_words (record->user_agent);
  g_autoptr (GString) client = g_string_new (NULL);

  pl_words_append_address (client, &record->client);
  append_text (text, time);
  append_text (text, given_name);
  append_text (text, device);
  append_text (text, client->str);
}

static void
append_row (GString *text, const PlRecord *record, const char *given_name)
{
  g_autoptr (GString) reason = g_string_new (NULL);

  pl_words_append_reason (reason, record);
  append_who (text, record, given_name);
  append_text (text, record->method);
  append_text (text, record->host);
  append_text (text, record->target);
  append_text (text, pl_path_words_find (record->method, record->target).words);
  g_string_append_printf (text, "%u,", record->status);
  append_text (text, pl_close_get_name (record->reason));
  append_text (text, reason->str);
  append_text (text, record->upstream);
  append_text (text, record->route);
  g_string_append_printf (text, "%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",", record->up_bytes,
                          record->down_bytes);
  append_milliseconds (text, record->connect_us, ',');
  append_milliseconds (text, record->sent_us, ',');
  append_milliseconds (text, record->first_byte_us, ',');
  append_milliseconds (text, record->duration_us, '\r');
  g_string_append_c (text, '\n');
}

void
pl_csv_append (GString *text, GPtrArray *records, GPtrArray *given_names)
{
  g_string_append (text, names);
  for (guint i = 0; i < records->len; i++)
    append_row (text, records->pdata[i], given_names->pdata[i]);
}
