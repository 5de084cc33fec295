/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/log/login_lines.h"

#include "app/model/words.h"

const char *
pl_login_lines_get_outcome (const PlRecord *record)
{
  if (record->login == PL_LOGIN_NONE)
    return "";
  if (record->reason == PL_CLOSE_LOGIN_MUST_WAIT)
    return "refused";
  switch (record->login_outcome)
    {
    case PL_LOGIN_UNKNOWN:
      return "unknown";
    case PL_LOGIN_FAILED:
      return "failed";
    case PL_LOGIN_SUCCEEDED:
      return "succeeded";
    }
  g_return_val_if_reached ("unknown");
}

gboolean
pl_login_lines_tell (const PlRecord *record)
{
  return record->state == PL_RECORD_FINISHED
         && (record->login_outcome == PL_LOGIN_FAILED
             || record->reason == PL_CLOSE_LOGIN_MUST_WAIT);
}

static char *
dup_line (const PlRecord *record)
{
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, "login %s from ", pl_login_lines_get_outcome (record));
  pl_words_append_address (line, &record->client);
  g_string_append_printf (line, " (%s)", pl_login_get_name (record->login));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

GPtrArray *
pl_login_lines_dup (GPtrArray *records)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  guint n_left_out = 0;

  for (guint i = 0; i < records->len; i++)
    if (!pl_login_lines_tell (records->pdata[i]))
      continue;
    else if (lines->len < PL_LOGIN_LINES_MOST)
      g_ptr_array_add (lines, dup_line (records->pdata[i]));
    else
      n_left_out++;
  if (n_left_out > 0)
    g_ptr_array_add (lines, g_strdup_printf ("and %u more logins like these", n_left_out));
  return lines;
}
