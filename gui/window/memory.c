/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small file, read and written on the spot: it is read once at the start and written when the
 * window closes. */

#include "gui/window/memory.h"

#define PLACE "place"
#define TOLD  "told"

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "porchlight", "window.ini", NULL);
}

static GKeyFile *
load (void)
{
  GKeyFile *file = g_key_file_new ();
  g_autofree char *path = dup_path ();

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  return file;
}

static void
save (GKeyFile *file)
{
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  gsize length;
  g_autofree char *data = g_key_file_to_data (file, &length, NULL);

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                            NULL);
}

gboolean
pl_memory_load_place (PlPlace *place)
{
  g_autoptr (GKeyFile) file = load ();

  place->x = g_key_file_get_integer (file, PLACE, "x", NULL);
  place->y = g_key_file_get_integer (file, PLACE, "y", NULL);
  place->width = g_key_file_get_integer (file, PLACE, "width", NULL);
  place->height = g_key_file_get_integer (file, PLACE, "height", NULL);
  place->is_maximized = g_key_file_get_boolean (file, PLACE, "maximized", NULL);
  return place->width > 0 && place->height > 0;
}

void
pl_memory_save_place (const PlPlace *place)
{
  g_autoptr (GKeyFile) file = load ();

  g_key_file_set_integer (file, PLACE, "x", place->x);
  g_key_file_set_integer (file, PLACE, "y", place->y);
  g_key_file_set_integer (file, PLACE, "width", place->width);
  g_key_file_set_integer (file, PLACE, "height", place->height);
  g_key_file_set_boolean (file, PLACE, "maximized", place->is_maximized);
  save (file);
}

gboolean
pl_memory_was_told (const char *what)
{
  g_autoptr (GKeyFile) file = load ();

  return g_key_file_get_boolean (file, TOLD, what, NULL);
}

void
pl_memory_set_told (const char *what)
{
  g_autoptr (GKeyFile) file = load ();

  g_key_file_set_boolean (file, TOLD, what, TRUE);
  save (file);
}
