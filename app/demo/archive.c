/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/demo/archive.h"

#include <string.h>

#include "app/demo/crc.h"

#define LOCAL_SIGNATURE     0x04034b50u
#define DIRECTORY_SIGNATURE 0x02014b50u
#define END_SIGNATURE       0x06054b50u

#define VERSION_NEEDED 20
#define NAMES_ARE_UTF8 (1 << 11)
#define STORED         0
#define NO_TIME        0
#define FIRST_DAY      (1 << 5 | 1) /* of 1980 */

struct _PlArchive
{
  GByteArray *file;
  GByteArray *directory; /* follows the contents */
  guint n_files;
};

static void
add_16 (GByteArray *array, guint16 value)
{
  guint16 octets = GUINT16_TO_LE (value);

  g_byte_array_append (array, (const guint8 *) &octets, sizeof octets);
}

static void
add_32 (GByteArray *array, guint32 value)
{
  guint32 octets = GUINT32_TO_LE (value);

  g_byte_array_append (array, (const guint8 *) &octets, sizeof octets);
}

PlArchive *
pl_archive_new (void)
{
  PlArchive *archive = g_new0 (PlArchive, 1);

  archive->file = g_byte_array_new ();
  archive->directory = g_byte_array_new ();
  return archive;
}

void
pl_archive_free (PlArchive *archive)
{
  g_byte_array_unref (archive->file);
  g_byte_array_unref (archive->directory);
  g_free (archive);
}

/* What stands before a content and in the directory alike. */
static void
describe (GByteArray *array, const char *name, const guint8 *octets, gsize length)
{
  add_16 (array, VERSION_NEEDED);
  add_16 (array, NAMES_ARE_UTF8);
  add_16 (array, STORED);
  add_16 (array, NO_TIME);
  add_16 (array, FIRST_DAY);
  add_32 (array, pl_crc32 (octets, length));
  add_32 (array, (guint32) length);
  add_32 (array, (guint32) length);
  add_16 (array, (guint16) strlen (name));
  add_16 (array, 0); /* nothing extra */
}

void
pl_archive_add (PlArchive *archive, const char *name, GBytes *content)
{
  gsize length;
  const guint8 *octets = g_bytes_get_data (content, &length);
  guint32 place = archive->file->len;

  add_32 (archive->file, LOCAL_SIGNATURE);
  describe (archive->file, name, octets, length);
  g_byte_array_append (archive->file, (const guint8 *) name, (guint) strlen (name));
  g_byte_array_append (archive->file, octets, (guint) length);

  add_32 (archive->directory, DIRECTORY_SIGNATURE);
  add_16 (archive->directory, VERSION_NEEDED); /* and made by */
  describe (archive->directory, name, octets, length);
  add_16 (archive->directory, 0); /* no remark */
  add_16 (archive->directory, 0); /* the first disk */
  add_16 (archive->directory, 0); /* not text */
  add_32 (archive->directory, 0); /* no rights */
  add_32 (archive->directory, place);
  g_byte_array_append (archive->directory, (const guint8 *) name, (guint) strlen (name));
  archive->n_files++;
}

GBytes *
pl_archive_dup_file (PlArchive *archive)
{
  guint32 place = archive->file->len;

  g_byte_array_append (archive->file, archive->directory->data, archive->directory->len);
  add_32 (archive->file, END_SIGNATURE);
  add_16 (archive->file, 0); /* one disk */
  add_16 (archive->file, 0);
  add_16 (archive->file, (guint16) archive->n_files);
  add_16 (archive->file, (guint16) archive->n_files);
  add_32 (archive->file, archive->directory->len);
  add_32 (archive->file, place);
  add_16 (archive->file, 0); /* no remark */
  return g_bytes_new (archive->file->data, archive->file->len);
}
