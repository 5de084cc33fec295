/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A secret is on the screen only after its button was pressed. */

#include <string.h>

#include "gui/requests/header_line.h"

typedef struct
{
  const char *name;
  PlHeaderRow row;
  const char *masked;
  const char *revealed;
} Case;

#define M PL_HEADER_MASK

/* The fields of a row are not constant. */
#define T(text) ((char *) (text))

static const Case cases[] = {
  { "same", { T ("Host"), T ("a:1"), T ("a:1"), PL_HEADER_SAME, FALSE, NULL }, "Host: a:1", NULL },
  { "secret",
    { T ("Cookie"), T ("c=<1>"), T ("c=<1>"), PL_HEADER_SAME, TRUE, NULL },
    "Cookie: " M,
    "Cookie: c=<1>" },
  { "added",
    { T ("X-Real-IP"), NULL, T ("10.0.0.1"), PL_HEADER_ADDED, FALSE, "why" },
    "X-Real-IP: 10.0.0.1",
    NULL },
  { "removed",
    { T ("TE"), T ("trailers"), NULL, PL_HEADER_REMOVED, FALSE, "why" },
    "TE: trailers",
    NULL },
  { "changed-secret",
    { T ("Cookie"), T ("a"), T ("b"), PL_HEADER_CHANGED, TRUE, "why" },
    "Cookie: " M "\nsent on as " M,
    "Cookie: a\nsent on as b" },
};

typedef struct
{
  GtkWidget *button;
  const char *text;
} Found;

static void
find_cb (GtkWidget *widget, gpointer user_data)
{
  Found *found = user_data;

  if (GTK_IS_TOGGLE_BUTTON (widget))
    found->button = widget;
  else if (GTK_IS_LABEL (widget) && strchr (gtk_label_get_text (GTK_LABEL (widget)), ':') != NULL)
    found->text = gtk_label_get_text (GTK_LABEL (widget));
}

static void
test_case (gconstpointer data)
{
  const Case *a_case = data;
  GtkWidget *line = g_object_ref_sink (pl_header_line_new (&a_case->row));
  Found found = { 0 };

  gtk_container_foreach (GTK_CONTAINER (line), find_cb, &found);
  g_assert_cmpstr (found.text, ==, a_case->masked);
  g_assert_cmpint (gtk_widget_get_visible (found.button), ==, a_case->row.is_secret);
  if (a_case->revealed != NULL)
    {
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (found.button), TRUE);
      gtk_container_foreach (GTK_CONTAINER (line), find_cb, &found);
      g_assert_cmpstr (found.text, ==, a_case->revealed);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (found.button), FALSE);
      gtk_container_foreach (GTK_CONTAINER (line), find_cb, &found);
      g_assert_cmpstr (found.text, ==, a_case->masked);
    }
  gtk_widget_destroy (line);
  g_object_unref (line);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check (&argc, &argv))
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/requests/header-line/%s", cases[i].name);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
