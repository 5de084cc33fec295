/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/demo/pictures.h"

#include <string.h>

#include "app/demo/landscape.h"

#define N_KEPT_ORIGINALS 12

/* To be raised when the paintings change: it is a part of every ETag. */
#define EDITION 1u

#define ID_FORMAT "5eed0000-0000-4000-8000-%012x"

typedef struct
{
  guint index;
  GBytes *file;
} Original;

struct _PlPictures
{
  GBytes *thumbnails[PL_N_PICTURES];
  Original originals[N_KEPT_ORIGINALS]; /* a ring: the oldest goes first */
  guint next_original;
};

static const struct
{
  guint width, height;
} sizes[] = {
  [PL_PICTURE_THUMBNAIL] = { 320, 240 },
  [PL_PICTURE_ORIGINAL] = { 1600, 1200 },
};

PlPictures *
pl_pictures_new (void)
{
  return g_new0 (PlPictures, 1);
}

void
pl_pictures_free (PlPictures *pictures)
{
  for (guint i = 0; i < PL_N_PICTURES; i++)
    g_clear_pointer (&pictures->thumbnails[i], g_bytes_unref);
  for (guint i = 0; i < N_KEPT_ORIGINALS; i++)
    g_clear_pointer (&pictures->originals[i].file, g_bytes_unref);
  g_free (pictures);
}

char *
pl_pictures_dup_id (guint index)
{
  return g_strdup_printf (ID_FORMAT, index);
}

gboolean
pl_pictures_find (const char *id, guint *index)
{
  const char *node = strrchr (id, '-');
  guint64 number;
  if (node == NULL
      || !g_ascii_string_to_unsigned (node + 1, 16, 0, PL_N_PICTURES - 1, &number, NULL))
    return FALSE;
  g_autofree char *found = pl_pictures_dup_id (number);
  *index = number;
  return g_ascii_strcasecmp (id, found) == 0;
}

char *
pl_pictures_dup_title (guint index)
{
  g_autoptr (PlLandscape) scene = pl_landscape_new (index);
  return pl_landscape_dup_title (scene);
}

char *
pl_pictures_dup_etag (guint index, PlPictureSize size)
{
  return g_strdup_printf ("\"picture-%u-%u-%u\"", index, sizes[size].width, EDITION);
}

static GBytes *
paint (guint index, PlPictureSize size)
{
  g_autoptr (PlLandscape) scene = pl_landscape_new (index);
  return pl_landscape_dup_picture (scene, sizes[size].width, sizes[size].height);
}

static GBytes *
get_original (PlPictures *pictures, guint index)
{
  for (guint i = 0; i < N_KEPT_ORIGINALS; i++)
    if (pictures->originals[i].file != NULL && pictures->originals[i].index == index)
      return pictures->originals[i].file;

  Original *oldest = &pictures->originals[pictures->next_original++ % N_KEPT_ORIGINALS];
  g_clear_pointer (&oldest->file, g_bytes_unref);
  *oldest = (Original){ index, paint (index, PL_PICTURE_ORIGINAL) };
  return oldest->file;
}

GBytes *
pl_pictures_dup (PlPictures *pictures, guint index, PlPictureSize size)
{
  g_return_val_if_fail (index < PL_N_PICTURES, NULL);
  if (size == PL_PICTURE_ORIGINAL)
    return g_bytes_ref (get_original (pictures, index));
  if (pictures->thumbnails[index] == NULL)
    pictures->thumbnails[index] = paint (index, PL_PICTURE_THUMBNAIL);
  return g_bytes_ref (pictures->thumbnails[index]);
}
