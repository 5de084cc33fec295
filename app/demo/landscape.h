/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Landscapes from a number: sky, sun or moon, mountains, hills, a lake, trees. The same number
 * always gives the same picture, at any size. */

#pragma once

#include <glib.h>

/** PlLandscape: what is to be seen in one picture. */
typedef struct _PlLandscape PlLandscape;

PlLandscape *pl_landscape_new (guint32 seed);
void pl_landscape_free (PlLandscape *scene);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlLandscape, pl_landscape_free)

/** pl_landscape_dup_title: (transfer full): in a few words, for those who cannot see it. */
char *pl_landscape_dup_title (const PlLandscape *scene);

/** pl_landscape_dup_picture: (transfer full): the picture as a PNG file; takes some 100 ns a pixel.
 */
GBytes *pl_landscape_dup_picture (const PlLandscape *scene, guint width, guint height);
