/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/settings/syntax.h"

#include <string.h>

#include "app/i18n.h"

/* What of a line is shown. */
#define MOST_SHOWN 40

/* Returns: (nullable): what is wrong with a line, of which spaces at both ends were taken */
static const char *
find_fault (const char *line, gboolean has_group)
{
  if (*line == '\0' || *line == '#')
    return NULL;
  if (*line == '[')
    return g_str_has_suffix (line, "]") ? NULL : _ ("a group ends with ]");
  if (*line == '=' || strchr (line, '=') == NULL)
    return _ ("it is none of [group], key=value and # comment");
  return has_group ? NULL : _ ("before it there must be a [group]");
}

static void
set_error (GError **error, const char *name, guint number, const char *line, const char *fault)
{
  g_autofree char *valid = g_utf8_make_valid (line, -1);
  g_autofree char *shown = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MOST_SHOWN));

  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, _ ("%s, line %u: “%s”: %s"), name,
               number, shown, fault);
}

char *
pl_syntax_dup_checked (const char *name, const char *data, gsize length, GError **error)
{
  g_autofree char *text = g_strndup (length > 0 ? data : "", length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean has_group = FALSE;

  if (strlen (text) < length)
    {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, _ ("%s is no text"), name);
      return NULL;
    }
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *begin = lines[i] + strspn (lines[i], " \t");
      if (*begin == ';')
        *begin = '#';
      g_autofree char *line = g_strstrip (g_strdup (begin));
      const char *fault = find_fault (line, has_group);
      if (fault != NULL)
        {
          set_error (error, name, i + 1, line, fault);
          return NULL;
        }
      has_group |= *line == '[';
    }
  return g_strjoinv ("\n", lines);
}
