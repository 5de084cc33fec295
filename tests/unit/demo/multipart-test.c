/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Forms as they come, whole and cut in two at every place. */

#include "app/demo/multipart.h"

#include <string.h>

#define FILE_FIELDS                                                                                \
  "Content-Disposition: form-data; name=\"assetData\"; filename=\"a.jpg\"\r\n"                     \
  "Content-Type: image/jpeg\r\n\r\n"

#define VALUE_FIELDS "Content-Disposition: form-data; name=\"deviceId\"\r\n\r\n"

typedef struct
{
  const char *name;
  const char *form;
  const char *file; /* %NULL: none is to be found */
  gboolean is_complete;
} Case;

static const Case cases[] = {
  { "one-file", "--b\r\n" FILE_FIELDS "octets\r\n--b--\r\n", "octets", TRUE },
  { "value-before", "--b\r\n" VALUE_FIELDS "WEB\r\n--b\r\n" FILE_FIELDS "octets\r\n--b--", "octets",
    TRUE },
  { "value-after", "--b\r\n" FILE_FIELDS "octets\r\n--b\r\n" VALUE_FIELDS "WEB\r\n--b--\r\n",
    "octets", TRUE },
  { "empty-file", "--b\r\n" FILE_FIELDS "\r\n--b--\r\n", "", TRUE },
  { "empty-value", "--b\r\n" VALUE_FIELDS "\r\n--b\r\n" FILE_FIELDS "x\r\n--b--\r\n", "x", TRUE },
  { "no-file", "--b\r\n" VALUE_FIELDS "WEB\r\n--b--\r\n", NULL, TRUE },
  { "no-part", "--b--\r\n", NULL, TRUE },
  { "no-fields", "--b\r\n\r\nvalue\r\n--b\r\n" FILE_FIELDS "x\r\n--b--\r\n", "x", TRUE },
  { "preamble", "to be\r\n--not\r\nread\r\n--b\r\n" FILE_FIELDS "x\r\n--b--\r\nnor this --b", "x",
    TRUE },
  { "padding", "--b \t\r\n" FILE_FIELDS "x\r\n--b--\r\n", "x", TRUE },
  { "first-of-two", "--b\r\n" FILE_FIELDS "one\r\n--b\r\n" FILE_FIELDS "two\r\n--b--\r\n", "one",
    TRUE },
  { "almost-delimiters", "--b\r\n" FILE_FIELDS "\r\r\n\r\n-\r\n--\n\r\n--B\r\n\r\n--b--\r\n",
    "\r\r\n\r\n-\r\n--\n\r\n--B\r\n", TRUE },
  { "ends-in-return", "--b\r\n" FILE_FIELDS "x\r\r\n--b--\r\n", "x\r", TRUE },
  { "cut-in-file", "--b\r\n" FILE_FIELDS "oct", "oct", FALSE },
  { "cut-in-fields", "--b\r\nContent-Disp", NULL, FALSE },
  { "cut-before-dashes", "--b\r\n" FILE_FIELDS "x\r\n--b", "x", FALSE },
  { "bare-line-feeds", "--b\n" VALUE_FIELDS "x\n--b--\n", NULL, FALSE },
  { "empty", "", NULL, FALSE },
};

static void
collect (const guint8 *bytes, gsize length, gpointer user_data)
{
  g_string_append_len (user_data, (const char *) bytes, length);
}

/* A copy without a terminator, so that an over-read is caught. */
static gboolean
feed (PlMultipart *form, const char *bytes, gsize length)
{
  g_autofree guint8 *copy = g_memdup2 (bytes, length);
  return pl_multipart_feed (form, copy, length);
}

static void
check (const Case *test, gsize split)
{
  g_autoptr (GString) file = g_string_new (NULL);
  g_autoptr (PlMultipart) form = pl_multipart_new ("b", collect, file);
  g_assert_true (feed (form, test->form, split));
  g_assert_true (feed (form, test->form + split, strlen (test->form) - split));
  g_assert_cmpint (pl_multipart_is_complete (form), ==, test->is_complete);
  g_assert_cmpint (pl_multipart_has_file (form), ==, test->file != NULL);
  g_assert_cmpstr (file->str, ==, test->file != NULL ? test->file : "");
}

static void
test_every_split (gconstpointer data)
{
  const Case *test = data;
  for (gsize split = 0; split <= strlen (test->form); split++)
    check (test, split);
}

static void
test_byte_by_byte (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GString) file = g_string_new (NULL);
  g_autoptr (PlMultipart) form = pl_multipart_new ("b", collect, file);
  for (gsize i = 0; i < strlen (test->form); i++)
    g_assert_true (feed (form, test->form + i, 1));
  g_assert_cmpint (pl_multipart_is_complete (form), ==, test->is_complete);
  g_assert_cmpstr (file->str, ==, test->file != NULL ? test->file : "");
}

static void
test_endless_fields (void)
{
  g_autoptr (GString) file = g_string_new (NULL);
  g_autoptr (PlMultipart) form = pl_multipart_new ("b", collect, file);
  g_autofree char *line = g_strnfill (1000, 'x');
  g_assert_true (feed (form, "--b\r\n", 5));
  gboolean is_fine = TRUE;
  for (guint i = 0; i < 10 && is_fine; i++)
    is_fine = feed (form, line, 1000);
  g_assert_false (is_fine);
  g_assert_false (feed (form, "\r\n\r\nx\r\n--b--\r\n", 14));
  g_assert_false (pl_multipart_is_complete (form));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *split = g_strdup_printf ("/demo/multipart/split/%s", cases[i].name);
      g_autofree char *bytes = g_strdup_printf ("/demo/multipart/bytes/%s", cases[i].name);
      g_test_add_data_func (split, &cases[i], test_every_split);
      g_test_add_data_func (bytes, &cases[i], test_byte_by_byte);
    }
  g_test_add_func ("/demo/multipart/endless-fields", test_endless_fields);
  return g_test_run ();
}
