/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every request of a flood is searched, so nothing is allocated for it: the texts are looked
 * through where they are. Only of an address that has encoded characters in it a copy is made, in
 * which they are found as they are shown. */

#include "app/model/request_search.h"

#include <stdio.h>
#include <string.h>

#include "app/model/plain_path.h"

/**
 * PlRequestSearch:
 * @words: in lower case, as far as they are ASCII
 * @folded: the same words as pl_plain_path_dup_folded() has them
 */
struct _PlRequestSearch
{
  char **words;
  char **folded;
};

PlRequestSearch *
pl_request_search_new (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_auto (GStrv) parts = g_strsplit_set (lower, " \t", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (words, parts[i]);
  kept = g_strv_builder_end (words);
  if (kept[0] == NULL)
    return NULL;

  PlRequestSearch *search = g_new (PlRequestSearch, 1);
  search->folded = g_new0 (char *, g_strv_length (kept) + 1);
  for (guint i = 0; kept[i] != NULL; i++)
    search->folded[i] = pl_plain_path_dup_folded (kept[i]);
  search->words = g_steal_pointer (&kept);
  return search;
}

void
pl_request_search_free (PlRequestSearch *search)
{
  g_strfreev (search->words);
  g_strfreev (search->folded);
  g_free (search);
}

static gboolean
begins_with (const char *text, const char *word)
{
  while (*word != '\0' && pl_ascii_lower (*text) == *word)
    {
      text++;
      word++;
    }
  return *word == '\0';
}

static gboolean
contains (const char *text, const char *word)
{
  for (; *text != '\0'; text++)
    if (begins_with (text, word))
      return TRUE;
  return FALSE;
}

static gboolean
client_contains (const PlRecord *record, const char *word)
{
  char text[PL_ADDRESS_TEXT_BYTES + 1];
  PlWriter writer;

  pl_writer_init (&writer, text, sizeof text - 1);
  pl_address_write_host (&record->client, &writer);
  text[writer.length] = '\0';
  return contains (text, word);
}

static gboolean
status_contains (const PlRecord *record, const char *word)
{
  char text[8];

  snprintf (text, sizeof text, "%u", record->status);
  return record->status != 0 && contains (text, word);
}

/* (nullable): the target in which encoded characters are found, where there are any. */
static char *
dup_folded_target (const PlRecord *record)
{
  return strchr (record->target, '%') != NULL ? pl_plain_path_dup_folded (record->target) : NULL;
}

static gboolean
name_contains (const char *name, const char *folded_word)
{
  g_autofree char *folded = pl_plain_path_dup_folded (name);
  return strstr (folded, folded_word) != NULL;
}

gboolean
pl_request_search_fits (const PlRequestSearch *search, PlRequestItem *item, const char *name)
{
  const PlRecord *record = pl_request_item_get_record (item);
  g_autofree char *folded_target = dup_folded_target (record);

  for (guint i = 0; search->words[i] != NULL; i++)
    {
      const char *word = search->words[i];
      if (!contains (record->target, word) && !contains (record->method, word)
          && !contains (record->host, word) && !status_contains (record, word)
          && !client_contains (record, word)
          && !contains (pl_request_item_get_path_words (item), word)
          && !contains (pl_request_item_get_device (item), word)
          && (folded_target == NULL || strstr (folded_target, search->folded[i]) == NULL)
          && (name == NULL || !name_contains (name, search->folded[i])))
        return FALSE;
    }
  return TRUE;
}
