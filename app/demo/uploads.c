/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/demo/uploads.h"

#include <string.h>

#define SHA1_BYTES 20

struct _PlUploads
{
  GHashTable *ids; /* checksum → UUID */
};

PlUploads *
pl_uploads_new (void)
{
  PlUploads *uploads = g_new0 (PlUploads, 1);
  uploads->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return uploads;
}

void
pl_uploads_free (PlUploads *uploads)
{
  g_hash_table_unref (uploads->ids);
  g_free (uploads);
}

static char *
hex_from_bytes (const guint8 *bytes, gsize length)
{
  GString *hex = g_string_sized_new (2 * length);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free (hex, FALSE);
}

char *
pl_uploads_dup_checksum (const char *checksum)
{
  if (checksum == NULL)
    return NULL;
  gsize length = strlen (checksum);
  if (length == 2 * SHA1_BYTES && strspn (checksum, "0123456789abcdefABCDEF") == length)
    return g_ascii_strdown (checksum, length);
  if (length != 28)
    return NULL;
  gsize n_bytes;
  g_autofree guint8 *bytes = g_base64_decode (checksum, &n_bytes);
  return n_bytes == SHA1_BYTES ? hex_from_bytes (bytes, n_bytes) : NULL;
}

const char *
pl_uploads_find (PlUploads *uploads, const char *checksum)
{
  return g_hash_table_lookup (uploads->ids, checksum);
}

const char *
pl_uploads_add (PlUploads *uploads, const char *checksum)
{
  char *id = g_uuid_string_random ();
  g_hash_table_replace (uploads->ids, g_strdup (checksum), id);
  return id;
}
