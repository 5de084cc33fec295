/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/update/version.h"

#include <string.h>

#define MOST_NUMBERS 4
#define MOST_DIGITS  5

static gboolean
is_number (const char *text)
{
  gsize n_digits = strspn (text, "0123456789");

  return text[n_digits] == '\0' && n_digits >= 1 && n_digits <= MOST_DIGITS;
}

gboolean
pl_version_is_valid (const char *version)
{
  g_auto (GStrv) numbers = g_strsplit (version, ".", -1);
  guint n_numbers = g_strv_length (numbers);

  for (guint i = 0; i < n_numbers; i++)
    if (!is_number (numbers[i]))
      return FALSE;
  return n_numbers >= 1 && n_numbers <= MOST_NUMBERS;
}

static void
read_numbers (const char *version, guint64 numbers[MOST_NUMBERS])
{
  g_auto (GStrv) texts = g_strsplit (version, ".", MOST_NUMBERS);

  for (guint i = 0; texts[i] != NULL; i++)
    numbers[i] = g_ascii_strtoull (texts[i], NULL, 10);
}

gboolean
pl_version_is_newer (const char *version, const char *than)
{
  guint64 numbers[MOST_NUMBERS] = { 0 };
  guint64 others[MOST_NUMBERS] = { 0 };

  read_numbers (version, numbers);
  read_numbers (than, others);
  for (guint i = 0; i < MOST_NUMBERS; i++)
    if (numbers[i] != others[i])
      return numbers[i] > others[i];
  return FALSE;
}
