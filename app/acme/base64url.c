/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/base64url.h"

#include <openssl/crypto.h>
#include <string.h>

/* The two characters, and the padding, in which it differs from what GLib writes and reads. */
char *
pl_base64url_encode (const guint8 *octets, gsize n_octets)
{
  char *text = g_base64_encode (octets, n_octets);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

gboolean
pl_base64url_is_text (const char *text)
{
  const char *at = text;

  while (g_ascii_isalnum (*at) || *at == '-' || *at == '_')
    at++;
  return at > text && *at == '\0';
}

guint8 *
pl_base64url_decode (const char *text, gsize *n_octets)
{
  gsize length = strlen (text);
  char *padded;
  guint8 *octets;

  if (!pl_base64url_is_text (text) || length % 4 == 1)
    return NULL;
  padded = g_strconcat (text, length % 4 == 2 ? "==" : length % 4 == 3 ? "=" : "", NULL);
  g_strdelimit (padded, "-", '+');
  g_strdelimit (padded, "_", '/');
  octets = g_base64_decode (padded, n_octets);
  /* It may be a key. */
  OPENSSL_cleanse (padded, strlen (padded));
  g_free (padded);
  return octets;
}
