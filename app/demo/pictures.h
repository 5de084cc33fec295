/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo's picture library: sixty landscapes, painted when they are first asked for. */

#pragma once

#include <gio/gio.h>

#define PL_N_PICTURES 60

typedef enum
{
  PL_PICTURE_THUMBNAIL, /* 320 × 240, some 40 kB */
  PL_PICTURE_ORIGINAL,  /* 1600 × 1200, some 400 kB */
} PlPictureSize;

/** PlPictures: the library. Keeps every thumbnail it has painted, and the last few originals. */
typedef struct _PlPictures PlPictures;

PlPictures *pl_pictures_new (void);
void pl_pictures_free (PlPictures *pictures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlPictures, pl_pictures_free)

/** pl_pictures_dup_id: (transfer full): the UUID of a picture. */
char *pl_pictures_dup_id (guint index);

/** pl_pictures_find: the reverse; %FALSE when there is no such picture. */
gboolean pl_pictures_find (const char *id, guint *index);

/** pl_pictures_dup_title: (transfer full): what is to be seen. */
char *pl_pictures_dup_title (guint index);

/** pl_pictures_dup_etag: (transfer full): strong, with its quotes; known without painting. */
char *pl_pictures_dup_etag (guint index, PlPictureSize size);

/** pl_pictures_dup: (transfer full): a PNG file; the first time it is painted. */
GBytes *pl_pictures_dup (PlPictures *pictures, guint index, PlPictureSize size);
