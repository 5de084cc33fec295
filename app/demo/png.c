/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GLib compresses; the checksum of chunks and the row filter are ours. */

#include "app/demo/png.h"

#include <string.h>

#include "app/demo/crc.h"

#define BYTES_PER_PIXEL 3

/* A tenth larger than zlib's own choice (6), and made in two thirds of the time. */
#define COMPRESSION_LEVEL 4

struct _PlPng
{
  guint width;
  guint height;
  guint8 *previous_row;
  guint8 *filtered; /* one octet that names the filter, then the row */
  GOutputStream *pixels;
  GOutputStream *compressed;
};

PlPng *
pl_png_new (guint width, guint height)
{
  g_autoptr (GZlibCompressor) zlib
      = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, COMPRESSION_LEVEL);
  PlPng *png = g_new0 (PlPng, 1);
  png->width = width;
  png->height = height;
  png->previous_row = g_malloc0_n (width, BYTES_PER_PIXEL);
  png->filtered = g_malloc0_n (width + 1, BYTES_PER_PIXEL);
  png->compressed = g_memory_output_stream_new_resizable ();
  png->pixels = g_converter_output_stream_new (png->compressed, G_CONVERTER (zlib));
  return png;
}

void
pl_png_free (PlPng *png)
{
  g_object_unref (png->pixels);
  g_object_unref (png->compressed);
  g_free (png->filtered);
  g_free (png->previous_row);
  g_free (png);
}

/* RFC 2083 §6.6: of the three neighbours, the one nearest to left + above - corner. */
static guint8
paeth (int left, int above, int corner)
{
  int to_left = ABS (above - corner);
  int to_above = ABS (left - corner);
  int to_corner = ABS (left + above - 2 * corner);
  if (to_left <= to_above && to_left <= to_corner)
    return left;
  return to_above <= to_corner ? above : corner;
}

/* Paeth for every row: it does well on slopes of colour, of which landscapes are made. */
static void
filter_row (PlPng *png, const guint8 *rgb)
{
  const guint8 *above = png->previous_row;
  guint8 *out = png->filtered;
  *out++ = 4;
  for (guint i = 0; i < BYTES_PER_PIXEL; i++)
    *out++ = rgb[i] - above[i];
  for (guint i = BYTES_PER_PIXEL; i < png->width * BYTES_PER_PIXEL; i++)
    *out++ = rgb[i] - paeth (rgb[i - BYTES_PER_PIXEL], above[i], above[i - BYTES_PER_PIXEL]);
}

void
pl_png_add_row (PlPng *png, const guint8 *rgb)
{
  filter_row (png, rgb);
  /* Into memory and without a cancellable: this cannot fail. */
  g_output_stream_write_all (png->pixels, png->filtered, 1 + png->width * BYTES_PER_PIXEL, NULL,
                             NULL, NULL);
  memcpy (png->previous_row, rgb, (gsize) png->width * BYTES_PER_PIXEL);
}

static void
append_uint32 (GByteArray *file, guint32 number)
{
  guint32 big_endian = GUINT32_TO_BE (number);
  g_byte_array_append (file, (const guint8 *) &big_endian, sizeof big_endian);
}

static void
append_chunk (GByteArray *file, const char *type, gconstpointer bytes, gsize length)
{
  append_uint32 (file, length);
  guint start = file->len;
  g_byte_array_append (file, (const guint8 *) type, 4);
  g_byte_array_append (file, bytes, length);
  append_uint32 (file, pl_crc32 (file->data + start, file->len - start));
}

GBytes *
pl_png_dup_file (PlPng *png)
{
  g_output_stream_close (png->pixels, NULL, NULL);
  GMemoryOutputStream *compressed = G_MEMORY_OUTPUT_STREAM (png->compressed);
  gsize length = g_memory_output_stream_get_data_size (compressed);

  struct
  {
    guint32 width, height;
    guint8 depth, colour_type, compression, filter, interlace;
  } header = { GUINT32_TO_BE (png->width), GUINT32_TO_BE (png->height), 8, 2, 0, 0, 0 };

  GByteArray *file = g_byte_array_sized_new (length + 64);
  g_byte_array_append (file, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_chunk (file, "IHDR", &header, 13); /* without the padding at its end */
  append_chunk (file, "IDAT", g_memory_output_stream_get_data (compressed), length);
  append_chunk (file, "IEND", "", 0);
  return g_byte_array_free_to_bytes (file);
}
