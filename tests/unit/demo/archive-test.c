/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ZIP files, octet for octet. */

#include "app/demo/archive.h"

#include "app/demo/crc.h"

static void
test_crc (void)
{
  g_assert_cmphex (pl_crc32 ((const guint8 *) "123456789", 9), ==, 0xcbf43926);
}

static void
test_one_file (void)
{
  static const guint8 expected[]
      = "PK\3\4\24\0\0\10\0\0\0\0\41\0\46\71\364\313\11\0\0\0\11\0\0\0\1\0\0\0a123456789"
        "PK\1\2\24\0\24\0\0\10\0\0\0\0\41\0\46\71\364\313\11\0\0\0\11\0\0\0\1\0\0\0"
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0a"
        "PK\5\6\0\0\0\0\1\0\1\0\57\0\0\0\50\0\0\0\0";
  g_autoptr (PlArchive) archive = pl_archive_new ();
  g_autoptr (GBytes) content = g_bytes_new_static ("123456789", 9);

  pl_archive_add (archive, "a", content);
  g_autoptr (GBytes) file = pl_archive_dup_file (archive);
  g_assert_cmpmem (g_bytes_get_data (file, NULL), g_bytes_get_size (file), expected,
                   sizeof expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/archive/crc", test_crc);
  g_test_add_func ("/demo/archive/one-file", test_one_file);
  return g_test_run ();
}
