/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Works on records, which any thread may read. */

#include "app/export/record_heads.h"

#include <string.h>

/* As the engine masks addresses, see net/http/mask.h. */
#define MASK "***"

/* RFC 6761: a name that never is a host. */
#define NO_HOST "unknown.invalid"

static void
clear_header (gpointer data)
{
  PlExportHeader *header = data;

  g_free (header->name);
  g_free (header->value);
}

static void
add (GArray *headers, const char *name, const char *value)
{
  PlExportHeader header = { g_strdup (name), g_strdup (value) };
  g_array_append_val (headers, header);
}

static void
add_captured (GArray *headers, PlHeadKind kind, GBytes *in, GBytes *out)
{
  g_autoptr (PlHeaderDiff) diff = pl_header_diff_new (kind, in, out);

  for (guint i = 0; i < pl_header_diff_get_n_rows (diff); i++)
    {
      const PlHeaderRow *row = pl_header_diff_get_row (diff, i);
      const char *value = kind == PL_HEAD_REQUEST ? row->value_in : row->value_out;
      if (value != NULL)
        add (headers, row->name, row->is_secret ? MASK : value);
    }
}

static void
add_known (GArray *headers, const PlRecord *record)
{
  if (*record->host != '\0')
    add (headers, "Host", record->host);
  if (*record->user_agent != '\0')
    add (headers, "User-Agent", record->user_agent);
  if (*record->referer != '\0')
    add (headers, "Referer", record->referer);
}

GArray *
pl_export_headers (const PlRecord *record, PlHeadKind kind)
{
  GArray *headers = g_array_new (FALSE, FALSE, sizeof (PlExportHeader));
  const PlRecordHeads *heads = record->heads;

  g_array_set_clear_func (headers, clear_header);
  if (kind == PL_HEAD_REQUEST && heads != NULL && heads->request_in != NULL)
    add_captured (headers, kind, heads->request_in, heads->request_out);
  else if (kind == PL_HEAD_REQUEST)
    add_known (headers, record);
  else if (heads != NULL && heads->response_out != NULL)
    add_captured (headers, kind,
                  heads->response_in != NULL ? heads->response_in : heads->response_out,
                  heads->response_out);
  return headers;
}

const char *
pl_export_find_header (GArray *headers, const char *name)
{
  for (guint i = 0; i < headers->len; i++)
    {
      const PlExportHeader *header = &g_array_index (headers, PlExportHeader, i);
      if (g_ascii_strcasecmp (header->name, name) == 0)
        return header->value;
    }
  return NULL;
}

/* A target may hold what no URL may (quotes, braces): it is passed on as it came. */
char *
pl_export_dup_url (const PlRecord *record)
{
  gboolean is_path = *record->target == '/';
  gboolean is_absolute = g_str_has_prefix (record->target, "http://")
                         || g_str_has_prefix (record->target, "https://");
  const char *scheme = record->tls_version != NULL ? "https://" : "http://";
  g_autofree char *host
      = g_uri_escape_string (*record->host != '\0' ? record->host : NO_HOST, ":[]", FALSE);
  g_autofree char *target
      = g_uri_escape_string (record->target, "%" G_URI_RESERVED_CHARS_ALLOWED_IN_PATH "?", FALSE);

  if (is_absolute)
    return g_steal_pointer (&target);
  return g_strconcat (scheme, host, is_path ? "" : "/", target, NULL);
}
