/* SPDX-License-Identifier: GPL-3.0-or-later */

/* That words are found in a folder whose name is of no code page, also when somebody else has asked
 * for words before. */

#include "app/system/text_domain.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#define DOMAIN "porchlight-test"

/* The format of catalogues (GNU gettext manual, "MO Files"): a head of seven numbers, then length
 * and place of each text, then of each translation. The first one tells the charset. */
static const char *const texts[][2] = {
  { "", "Content-Type: text/plain; charset=UTF-8\n" },
  { "a word", "ein Wört" },
};

#define N_TEXTS    G_N_ELEMENTS (texts)
#define HEAD_BYTES (7 * 4)
#define MAGIC      0x950412de

static void
append_number (GByteArray *bytes, guint32 number)
{
  g_byte_array_append (bytes, (const guint8 *) &number, sizeof number);
}

static GByteArray *
make_catalogue (void)
{
  const guint32 head[] = { MAGIC, 0, N_TEXTS, HEAD_BYTES, HEAD_BYTES + N_TEXTS * 8, 0, 0 };
  GByteArray *bytes = g_byte_array_new ();
  guint32 place = HEAD_BYTES + 2 * N_TEXTS * 8;

  for (guint i = 0; i < G_N_ELEMENTS (head); i++)
    append_number (bytes, head[i]);
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < N_TEXTS; i++)
      {
        append_number (bytes, (guint32) strlen (texts[i][side]));
        append_number (bytes, place);
        place += (guint32) strlen (texts[i][side]) + 1;
      }
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < N_TEXTS; i++)
      g_byte_array_append (bytes, (const guint8 *) texts[i][side],
                           (guint) strlen (texts[i][side]) + 1);
  return bytes;
}

static char *folder;

static void
test_found (void)
{
  g_autofree char *messages = g_build_filename (folder, "de", "LC_MESSAGES", NULL);
  g_autofree char *path = g_build_filename (messages, DOMAIN ".mo", NULL);
  g_autoptr (GByteArray) catalogue = make_catalogue ();

  g_assert_cmpint (g_mkdir_with_parents (messages, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, (const char *) catalogue->data, catalogue->len, NULL));
  g_assert_cmpstr (dgettext ("somebody-else", "a word"), ==, "a word");

  pl_text_domain_bind (DOMAIN, folder);
  bind_textdomain_codeset (DOMAIN, "UTF-8");
  g_assert_cmpstr (dgettext (DOMAIN, "a word"), ==, "ein Wört");

  g_unlink (path);
  g_rmdir (messages);
  g_autofree char *language = g_path_get_dirname (messages);
  g_rmdir (language);
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "de", TRUE);
  g_setenv ("LANG", "C.UTF-8", TRUE);
  g_unsetenv ("LC_ALL");
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("Früchte & Co 日本 XXXXXX", NULL);
  g_test_add_func ("/app/text-domain/found", test_found);
  int result = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return result;
}
