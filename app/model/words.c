/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Few figures: a column of sizes is compared at a glance, not added up. */

#include "app/model/words.h"

#include <locale.h>
#include <string.h>

#include "app/i18n.h"

#define NARROW_NO_BREAK_SPACE "\u202f"

char *
pl_words_dup_number (guint64 number)
{
  const char *of_locale = localeconv ()->thousands_sep;
  const char *separator = *of_locale != '\0' ? of_locale : NARROW_NO_BREAK_SPACE;
  g_autoptr (GString) text = g_string_new (NULL);
  char digits[32];
  int n_digits = g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, number);

  for (int i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % 3 == 0)
        g_string_append (text, separator);
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* At most three figures: 1.2, 18, 340. */
static void
append_figures (GString *text, double value)
{
  g_string_append_printf (text, value < 9.95 ? "%.1f" : "%.0f", value);
}

char *
pl_words_dup_sentence (const char *words)
{
  g_autoptr (GString) sentence = g_string_new (NULL);

  if (*words == '\0')
    return g_strdup (words);
  g_string_append_unichar (sentence, g_unichar_totitle (g_utf8_get_char (words)));
  g_string_append (sentence, g_utf8_next_char (words));
  return g_string_free (g_steal_pointer (&sentence), FALSE);
}

void
pl_words_append_size (GString *text, guint64 bytes)
{
  static const char *const units[] = { N_ ("kB"), N_ ("MB"), N_ ("GB"), N_ ("TB"), N_ ("PB") };
  double value = (double) bytes / 1000;
  guint unit = 0;

  if (bytes < 1000)
    {
      /* Translators: a number of bytes, abbreviated */
      g_string_append_printf (text, _ ("%u B"), (guint) bytes);
      return;
    }
  /* 999.6 kB would be rounded to 1000 kB. */
  for (; value >= 999.5 && unit + 1 < G_N_ELEMENTS (units); unit++)
    value /= 1000;
  append_figures (text, value);
  g_string_append_printf (text, " %s", _ (units[unit]));
}

/* Nothing is said of a smaller unit of which there is none. */
static void
append_long_duration (GString *text, int seconds)
{
  int hours = seconds / 3600;
  int minutes = seconds / 60 % 60;

  if (hours > 0 && minutes > 0)
    g_string_append_printf (text, _ ("%d h %d min"), hours, minutes);
  else if (hours > 0)
    g_string_append_printf (text, _ ("%d h"), hours);
  else if (seconds % 60 > 0)
    g_string_append_printf (text, _ ("%d min %d s"), minutes, seconds % 60);
  else
    g_string_append_printf (text, _ ("%d min"), minutes);
}

void
pl_words_append_duration (GString *text, gint64 duration_us)
{
  gint64 seconds = (duration_us + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC;

  if (duration_us < 999500)
    {
      append_figures (text, (double) duration_us / 1000);
      g_string_append_printf (text, " %s", _ ("ms"));
    }
  else if (seconds < 60)
    {
      append_figures (text, (double) duration_us / G_USEC_PER_SEC);
      g_string_append_printf (text, " %s", _ ("s"));
    }
  else
    append_long_duration (text, (int) MIN (seconds, G_MAXINT));
}

char *
pl_words_dup_duration (gint64 duration_us)
{
  g_autoptr (GString) text = g_string_new (NULL);

  pl_words_append_duration (text, duration_us);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
pl_words_dup_countdown (gint64 left_us)
{
  gint64 seconds = (MAX (left_us, 0) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  g_autoptr (GString) text = g_string_new (NULL);

  if (seconds < 60)
    g_string_append_printf (text, "%d %s", (int) seconds, _ ("s"));
  else
    append_long_duration (text, (int) MIN (seconds, G_MAXINT));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
pl_words_append_address (GString *text, const PlAddress *address)
{
  char bytes[PL_ADDRESS_TEXT_BYTES];
  PlWriter writer;

  pl_writer_init (&writer, bytes, sizeof bytes);
  pl_address_write_host (address, &writer);
  g_string_append_len (text, writer.bytes, (gssize) writer.length);
}

static void
append_ending (GString *text, const PlRecord *record)
{
  const char *words = _ (pl_close_get_words (record->reason));
  const char *amount = strstr (words, "%s");

  if (amount == NULL)
    {
      g_string_append (text, words);
      return;
    }
  g_string_append_len (text, words, amount - words);
  pl_words_append_size (text, pl_words_get_progress (record).bytes);
  g_string_append (text, amount + strlen ("%s"));
}

void
pl_words_append_reason (GString *text, const PlRecord *record)
{
  append_ending (text, record);
  if (record->http_fault != PL_HTTP_FAULT_NONE)
    g_string_append_printf (text, ": %s", _ (pl_http_fault_get_words (record->http_fault)));
}

PlWordsProgress
pl_words_get_progress (const PlRecord *record)
{
  PlWordsProgress up = { TRUE, record->up_bytes, record->up_total_bytes };
  PlWordsProgress down = { FALSE, record->down_bytes, record->down_total_bytes };

  if (up.bytes == down.bytes)
    return up.total_bytes > down.total_bytes ? up : down;
  return up.bytes > down.bytes ? up : down;
}

double
pl_words_get_fraction (const PlRecord *record)
{
  PlWordsProgress progress = pl_words_get_progress (record);

  if (progress.total_bytes <= 0)
    return -1;
  return MIN ((double) progress.bytes / (double) progress.total_bytes, 1);
}
