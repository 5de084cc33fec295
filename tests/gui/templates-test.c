/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every template in the resources makes its object: the class is there under the name of the file,
 * and finds all its children and handlers in it. What GTK finds wrong is the end of the test. */

#include <gtk/gtk.h>

#include "gui/application/application.h"

#define FOLDER "/app/porchlight/ui/"

/* `setting-row.ui` is of PlSettingRow. */
static char *
dup_class_name (const char *file)
{
  GString *name = g_string_new ("Pl");

  for (const char *at = file; *at != '.'; at++)
    if (*at != '-')
      g_string_append_c (name, at == file || at[-1] == '-' ? g_ascii_toupper (*at) : *at);
  return g_string_free (name, FALSE);
}

static void
test_template (gconstpointer file)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autofree char *name = dup_class_name (file);
  GType type = gtk_builder_get_type_from_name (builder, name);

  g_test_message ("%s", name);
  g_assert_true (g_type_is_a (type, GTK_TYPE_WIDGET));

  g_autoptr (GtkWidget) widget = g_object_ref_sink (g_object_new (type, NULL));
  gtk_widget_destroy (widget);
}

/* What is in the folder is in the program. */
static void
test_none_is_forgotten (gconstpointer folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_nonnull (dir);
  for (const char *file = g_dir_read_name (dir); file != NULL; file = g_dir_read_name (dir))
    {
      g_autofree char *path = g_strconcat (FOLDER, file, NULL);
      g_assert_true (g_resources_get_info (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) files = NULL;

  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check (&argc, &argv))
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }

  /* Whatever the program uses of its static libraries is thereby here. */
  g_type_ensure (PL_TYPE_APPLICATION);
  files = g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert_nonnull (files);
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/templates/", files[i], NULL);
      g_test_add_data_func (path, files[i], test_template);
    }
  g_test_add_data_func ("/templates/none-is-forgotten", argv[1], test_none_is_forgotten);
  return g_test_run ();
}
