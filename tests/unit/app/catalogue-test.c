/* SPDX-License-Identifier: GPL-3.0-or-later */

/* app/system/catalogue.c: words in any language, and files that are none. */

#include "app/system/catalogue.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app/i18n.h"
#include "app/system/text_domain.h"

/* The format of catalogues (GNU gettext manual, "MO Files"): a head of seven numbers, then length
 * and place of each text, then of each translation. In the order of the first. */
static const char *const texts[][2] = {
  { "", "Content-Type: text/plain; charset=UTF-8\n" },
  { "a word", "ein Wort" },
  { "another", "ein anderes" },
  { "untold", "" },
};

#define N_TEXTS    G_N_ELEMENTS (texts)
#define HEAD_BYTES (7 * 4)
#define MAGIC      0x950412de

static char *folder;

static void
append_number (GByteArray *bytes, guint32 number, gboolean swaps)
{
  guint32 written = swaps ? GUINT32_SWAP_LE_BE (number) : number;

  g_byte_array_append (bytes, (const guint8 *) &written, sizeof written);
}

static GByteArray *
make_catalogue (gboolean swaps)
{
  const guint32 head[] = { MAGIC, 0, N_TEXTS, HEAD_BYTES, HEAD_BYTES + N_TEXTS * 8, 0, 0 };
  GByteArray *bytes = g_byte_array_new ();
  guint32 place = HEAD_BYTES + 2 * N_TEXTS * 8;

  for (guint i = 0; i < G_N_ELEMENTS (head); i++)
    append_number (bytes, head[i], swaps);
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < N_TEXTS; i++)
      {
        append_number (bytes, (guint32) strlen (texts[i][side]), swaps);
        append_number (bytes, place, swaps);
        place += (guint32) strlen (texts[i][side]) + 1;
      }
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < N_TEXTS; i++)
      g_byte_array_append (bytes, (const guint8 *) texts[i][side],
                           (guint) strlen (texts[i][side]) + 1);
  return bytes;
}

static char *
dup_path (void)
{
  return g_build_filename (folder, "de", "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);
}

static PlCatalogue *
open_german (const guint8 *octets, gsize length)
{
  g_autofree char *path = dup_path ();

  g_assert_true (g_file_set_contents (path, (const char *) octets, (gssize) length, NULL));
  return pl_catalogue_open ("de");
}

static void
test_found (void)
{
  for (gboolean swaps = FALSE; swaps <= TRUE; swaps++)
    {
      g_autoptr (GByteArray) octets = make_catalogue (swaps);
      g_autoptr (PlCatalogue) german = open_german (octets->data, octets->len);
      g_auto (GStrv) languages = pl_catalogue_dup_languages ();

      g_assert_cmpstr (languages[0], ==, "de");
      g_assert_null (languages[1]);
      g_assert_cmpstr (pl_catalogue_find (german, "a word"), ==, "ein Wort");
      g_assert_cmpstr (pl_catalogue_find (german, "another"), ==, "ein anderes");
      g_assert_cmpstr (pl_catalogue_find (german, "untold"), ==, "untold");
      g_assert_cmpstr (pl_catalogue_find (german, "unknown"), ==, "unknown");
    }
}

static void
test_english (void)
{
  g_autoptr (PlCatalogue) english = pl_catalogue_open ("en");

  g_assert_cmpstr (pl_catalogue_find (english, "a word"), ==, "a word");
  g_assert_cmpstr (pl_catalogue_find (NULL, "a word"), ==, "a word");
  g_assert_null (pl_catalogue_open ("fr"));
}

/* On Windows a file is not written over while it is open. */
static void
look_into (const guint8 *octets, gsize length)
{
  g_autoptr (PlCatalogue) catalogue = open_german (octets, length);

  if (catalogue != NULL)
    g_assert_nonnull (pl_catalogue_find (catalogue, "another"));
}

/* Cut off anywhere, and with each octet spoilt: words come or do not, and nothing is read beyond.
 */
static void
test_damaged (void)
{
  g_autoptr (GByteArray) octets = make_catalogue (FALSE);

  for (guint i = 0; i < octets->len; i++)
    {
      look_into (octets->data, i);
      octets->data[i] ^= 0xff;
      look_into (octets->data, octets->len);
      octets->data[i] ^= 0xff;
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("catalogue-XXXXXX", NULL);
  g_autofree char *path = dup_path ();
  g_autofree char *messages = g_path_get_dirname (path);
  g_autofree char *language = g_path_get_dirname (messages);
  g_assert_cmpint (g_mkdir_with_parents (messages, 0700), ==, 0);
  pl_text_domain_bind (GETTEXT_PACKAGE, folder);
  g_test_add_func ("/app/catalogue/found", test_found);
  g_test_add_func ("/app/catalogue/english", test_english);
  g_test_add_func ("/app/catalogue/damaged", test_damaged);
  int result = g_test_run ();
  g_unlink (path);
  g_rmdir (messages);
  g_rmdir (language);
  g_rmdir (folder);
  g_free (folder);
  return result;
}
