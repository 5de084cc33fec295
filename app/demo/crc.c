/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/demo/crc.h"

/* Bit by bit for a table of 256: made once, and small enough to be read. */
guint32
pl_crc32 (const guint8 *bytes, gsize length)
{
  static guint32 table[256];
  static gsize is_made = 0;
  if (g_once_init_enter (&is_made))
    {
      for (guint32 n = 0; n < G_N_ELEMENTS (table); n++)
        {
          table[n] = n;
          for (guint bit = 0; bit < 8; bit++)
            table[n] = table[n] & 1 ? 0xedb88320u ^ (table[n] >> 1) : table[n] >> 1;
        }
      g_once_init_leave (&is_made, 1);
    }
  guint32 crc = 0xffffffffu;
  for (gsize i = 0; i < length; i++)
    crc = table[(crc ^ bytes[i]) & 0xff] ^ (crc >> 8);
  return ~crc;
}
