/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checksums in the spellings of clients. */

#include "app/demo/uploads.h"

/* Of "hello". */
#define HEX "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"

static const struct
{
  const char *checksum;
  const char *normal;
} cases[] = {
  { HEX, HEX },
  { "AAF4C61DDCC5E8A2DABEDE0F3B482CD9AEA9434D", HEX },
  { "qvTGHdzF6KLavt4PO0gs2a6pQ00=", HEX },
  { "qvTGHdzF6KLavt4PO0gs2a6pQ0==", NULL },
  { "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434", NULL },
  { "gaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d", NULL },
  { "", NULL },
  { NULL, NULL },
};

static void
test_normalize (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *normal = pl_uploads_dup_checksum (cases[i].checksum);
      g_assert_cmpstr (normal, ==, cases[i].normal);
    }
}

static void
test_remember (void)
{
  g_autoptr (PlUploads) uploads = pl_uploads_new ();
  g_assert_null (pl_uploads_find (uploads, HEX));
  const char *id = pl_uploads_add (uploads, HEX);
  g_assert_true (g_uuid_string_is_valid (id));
  g_assert_cmpstr (pl_uploads_find (uploads, HEX), ==, id);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/uploads/normalize", test_normalize);
  g_test_add_func ("/demo/uploads/remember", test_remember);
  return g_test_run ();
}
