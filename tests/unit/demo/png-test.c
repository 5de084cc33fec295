/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures are read again, by a reader that shares no code with the writer. */

#include "app/demo/png.h"

#include "app/demo/landscape.h"

#include <gio/gio.h>
#include <string.h>

#define WIDTH  7
#define HEIGHT 5

static guint32
read_uint32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
}

/* The content of the chunk at @at, which is moved past it. */
static const guint8 *
read_chunk (const guint8 *file, gsize file_length, gsize *at, const char *type, gsize *length)
{
  g_assert_cmpuint (*at + 12, <=, file_length);
  *length = read_uint32 (file + *at);
  g_assert_cmpmem (file + *at + 4, 4, type, 4);
  const guint8 *content = file + *at + 8;
  *at += 12 + *length;
  g_assert_cmpuint (*at, <=, file_length);
  return content;
}

static void
inflate (const guint8 *bytes, gsize length, guint8 *rows, gsize rows_length)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GError) error = NULL;
  gsize n_read, n_written;
  GConverterResult result
      = g_converter_convert (G_CONVERTER (zlib), bytes, length, rows, rows_length,
                             G_CONVERTER_INPUT_AT_END, &n_read, &n_written, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result, ==, G_CONVERTER_FINISHED);
  g_assert_cmpuint (n_written, ==, rows_length);
}

/* RFC 2083 §6.6, undone in place. */
static void
undo_paeth (guint8 *row, const guint8 *above, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      int a = i < 3 ? 0 : row[i - 3];
      int b = above[i];
      int c = i < 3 ? 0 : above[i - 3];
      int p = a + b - c;
      int nearest = c;
      if (ABS (p - b) <= ABS (p - nearest))
        nearest = b;
      if (ABS (p - a) <= ABS (p - nearest))
        nearest = a;
      row[i] += nearest;
    }
}

static void
test_round_trip (void)
{
  guint8 pixels[HEIGHT][WIDTH * 3];
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (PlPng) png = pl_png_new (WIDTH, HEIGHT);
  for (guint y = 0; y < HEIGHT; y++)
    {
      for (guint i = 0; i < sizeof pixels[y]; i++)
        pixels[y][i] = g_rand_int_range (random, 0, 256);
      pl_png_add_row (png, pixels[y]);
    }
  g_autoptr (GBytes) file = pl_png_dup_file (png);

  gsize length, chunk_length, at = 8;
  const guint8 *bytes = g_bytes_get_data (file, &length);
  g_assert_cmpmem (bytes, 8, "\x89PNG\r\n\x1a\n", 8);
  const guint8 *header = read_chunk (bytes, length, &at, "IHDR", &chunk_length);
  g_assert_cmpuint (chunk_length, ==, 13);
  g_assert_cmpuint (read_uint32 (header), ==, WIDTH);
  g_assert_cmpuint (read_uint32 (header + 4), ==, HEIGHT);
  g_assert_cmpmem (header + 8, 5, "\x08\x02\x00\x00\x00", 5);

  const guint8 *data = read_chunk (bytes, length, &at, "IDAT", &chunk_length);
  guint8 rows[HEIGHT * (1 + WIDTH * 3)];
  inflate (data, chunk_length, rows, sizeof rows);
  guint8 above[WIDTH * 3] = { 0 };
  for (guint y = 0; y < HEIGHT; y++)
    {
      guint8 *row = rows + y * (1 + WIDTH * 3);
      g_assert_cmpuint (row[0], ==, 4);
      undo_paeth (row + 1, above, sizeof above);
      g_assert_cmpmem (row + 1, sizeof above, pixels[y], sizeof above);
      memcpy (above, row + 1, sizeof above);
    }

  /* The last chunk is the same in every file: its checksum is known. */
  g_assert_cmpmem (bytes + at, length - at, "\0\0\0\0IEND\xae\x42\x60\x82", 12);
}

static void
test_same_seed_same_picture (void)
{
  g_autoptr (PlLandscape) scene = pl_landscape_new (3);
  g_autoptr (PlLandscape) again = pl_landscape_new (3);
  g_autoptr (PlLandscape) other = pl_landscape_new (4);
  g_autoptr (GBytes) picture = pl_landscape_dup_picture (scene, 32, 24);
  g_autoptr (GBytes) same = pl_landscape_dup_picture (again, 32, 24);
  g_autoptr (GBytes) different = pl_landscape_dup_picture (other, 32, 24);
  g_assert_true (g_bytes_equal (picture, same));
  g_assert_false (g_bytes_equal (picture, different));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/png/round-trip", test_round_trip);
  g_test_add_func ("/demo/png/same-seed-same-picture", test_same_seed_same_picture);
  return g_test_run ();
}
