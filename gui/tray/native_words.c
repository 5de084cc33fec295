/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/tray/native_words.h"

#include <string.h>

#define ELLIPSIS 0x2026

char *
pl_native_words_dup_label (const char *label, gboolean has_mnemonic)
{
  GString *native = g_string_sized_new (strlen (label) + 2);

  for (const char *at = label; *at != '\0'; at++)
    if (*at == '&')
      g_string_append (native, "&&");
    else if (*at != '_' || !has_mnemonic)
      g_string_append_c (native, *at);
    else if (at[1] == '_')
      g_string_append_c (native, *++at);
    else
      g_string_append_c (native, '&');
  return g_string_free (native, FALSE);
}

static gboolean
is_first_of_two (gunichar2 unit)
{
  return (unit & 0xfc00) == 0xd800;
}

void
pl_native_words_put (gunichar2 *units, gsize n_units, const char *words)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  glong length = 0;
  g_autofree gunichar2 *all = g_utf8_to_utf16 (valid, -1, NULL, &length, NULL);
  gsize n_kept = (gsize) length;

  if (n_kept >= n_units)
    {
      n_kept = n_units - 2;
      if (n_kept > 0 && is_first_of_two (all[n_kept - 1]))
        n_kept--;
    }
  memcpy (units, all, n_kept * sizeof *units);
  if (n_kept < (gsize) length)
    units[n_kept++] = ELLIPSIS;
  units[n_kept] = 0;
}
