/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Quoting is all there is to it: every word that came from a client is in single quotes, in which a
 * POSIX shell knows no character but the quote itself. */

#include "app/export/export.h"

#include <string.h>

#include "app/export/record_heads.h"

/* Those curl makes itself: repeating them would only break the request. */
static const char *const own_headers[]
    = { "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Expect", NULL };

static gboolean
is_own (const char *name)
{
  for (guint i = 0; own_headers[i] != NULL; i++)
    if (g_ascii_strcasecmp (own_headers[i], name) == 0)
      return TRUE;
  return FALSE;
}

static void
append_quoted (GString *command, const char *option, const char *word)
{
  g_autofree char *quoted = g_shell_quote (word);
  g_string_append_printf (command, " %s%s", option, quoted);
}

/* A header with nothing behind its colon is one that curl leaves out. */
static void
append_header (GString *command, const PlExportHeader *header)
{
  gboolean is_empty = *header->value == '\0';
  g_autofree char *line = g_strconcat (header->name, is_empty ? ";" : ": ", header->value, NULL);

  append_quoted (command, "--header ", line);
}

static void
append_method (GString *command, const PlRecord *record)
{
  if (g_str_equal (record->method, "HEAD"))
    g_string_append (command, " --head");
  else if (!g_str_equal (record->method, "GET") && *record->method != '\0')
    append_quoted (command, "--request ", record->method);
}

char *
pl_export_dup_curl (PlRequestItem *item)
{
  const PlRecord *record = pl_request_item_get_record (item);
  g_autoptr (GArray) headers = pl_export_headers (record, PL_HEAD_REQUEST);
  g_autofree char *url = pl_export_dup_url (record);
  g_autoptr (GString) command = g_string_new ("curl --globoff --path-as-is");

  append_method (command, record);
  append_quoted (command, "", url);
  for (guint i = 0; i < headers->len; i++)
    {
      const PlExportHeader *header = &g_array_index (headers, PlExportHeader, i);
      if (!is_own (header->name))
        append_header (command, header);
    }
  /* What was sent is not kept: whoever wants to send it again has the file. */
  if (record->up_bytes > 0 || record->up_total_bytes > 0)
    g_string_append (command, " --data-binary @FILE");
  return g_string_free (g_steal_pointer (&command), FALSE);
}
