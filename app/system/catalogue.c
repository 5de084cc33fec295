/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The format of gettext's .mo files: numbers of 32 bits, in the order of octets of who wrote them;
 * two tables of lengths and offsets, the first in the order of its texts (GNU gettext manual, "The
 * Format of GNU MO Files"). What does not fit into the file is not there. */

#include "app/system/catalogue.h"

#include <string.h>

#include "app/i18n.h"

#define MAGIC         0x950412deu
#define HEADER_OCTETS 28

/**
 * PlCatalogue:
 * @file: (nullable): %NULL: English, which the program is written in
 * @swaps: whether numbers have the other order than here
 */
struct _PlCatalogue
{
  GMappedFile *file;
  const char *octets;
  gsize length;
  gboolean swaps;
  guint32 n_texts;
  guint32 originals;
  guint32 translations;
};

static char *
dup_path (const char *language)
{
  const char *folder = bindtextdomain (GETTEXT_PACKAGE, NULL);

  return folder != NULL
             ? g_build_filename (folder, language, "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL)
             : NULL;
}

GStrv
pl_catalogue_dup_languages (void)
{
  const char *folder = bindtextdomain (GETTEXT_PACKAGE, NULL);
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  g_autoptr (GStrvBuilder) languages = g_strv_builder_new ();

  for (const char *name = NULL; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = dup_path (name);
      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_strv_builder_add (languages, name);
    }
  return g_strv_builder_end (languages);
}

/* @offset is known to leave four octets. */
static guint32
read_number (const PlCatalogue *catalogue, gsize offset)
{
  guint32 number;

  memcpy (&number, catalogue->octets + offset, sizeof number);
  return catalogue->swaps ? GUINT32_SWAP_LE_BE (number) : number;
}

static gboolean
has_table (const PlCatalogue *catalogue, guint32 offset)
{
  return offset <= catalogue->length && catalogue->n_texts <= (catalogue->length - offset) / 8;
}

static gboolean
read_header (PlCatalogue *catalogue)
{
  if (catalogue->length < HEADER_OCTETS)
    return FALSE;
  catalogue->swaps = read_number (catalogue, 0) != MAGIC;
  if (read_number (catalogue, 0) != MAGIC)
    return FALSE;
  catalogue->n_texts = read_number (catalogue, 8);
  catalogue->originals = read_number (catalogue, 12);
  catalogue->translations = read_number (catalogue, 16);
  return has_table (catalogue, catalogue->originals)
         && has_table (catalogue, catalogue->translations);
}

PlCatalogue *
pl_catalogue_open (const char *language)
{
  g_autoptr (PlCatalogue) catalogue = g_new0 (PlCatalogue, 1);
  g_autofree char *path = dup_path (language);

  if (strcmp (language, "en") == 0)
    return g_steal_pointer (&catalogue);
  catalogue->file = path != NULL ? g_mapped_file_new (path, FALSE, NULL) : NULL;
  if (catalogue->file == NULL)
    return NULL;
  catalogue->octets = g_mapped_file_get_contents (catalogue->file);
  catalogue->length = g_mapped_file_get_length (catalogue->file);
  return read_header (catalogue) ? g_steal_pointer (&catalogue) : NULL;
}

void
pl_catalogue_free (PlCatalogue *catalogue)
{
  g_clear_pointer (&catalogue->file, g_mapped_file_unref);
  g_free (catalogue);
}

/* (nullable): the text at @index of a table, which ends with a zero */
static const char *
get_text (const PlCatalogue *catalogue, guint32 table, guint32 index)
{
  gsize entry = table + (gsize) index * 8;
  gsize length = read_number (catalogue, entry);
  gsize offset = read_number (catalogue, entry + 4);

  if (offset >= catalogue->length || length >= catalogue->length - offset
      || catalogue->octets[offset + length] != '\0')
    return NULL;
  return catalogue->octets + offset;
}

const char *
pl_catalogue_find (const PlCatalogue *catalogue, const char *text)
{
  guint32 low = 0;
  guint32 high = catalogue != NULL ? catalogue->n_texts : 0;

  if (catalogue == NULL)
    return _ (text);
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      const char *original = get_text (catalogue, catalogue->originals, middle);
      int order = original != NULL ? strcmp (text, original) : 1;
      const char *found = order == 0 ? get_text (catalogue, catalogue->translations, middle) : NULL;

      if (order == 0)
        return found != NULL && *found != '\0' ? found : text;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return text;
}
