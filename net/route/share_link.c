/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/route/share_link.h"

#include "net/http/character.h"
#include "net/http/query.h"

/* Fifty octets are 66 letters of six bits, and four bits more. */
#define BASE64_LETTERS    67
#define BASE64_SPARE_BITS 2
#define HEX_DIGITS        (2 * PL_SHARE_KEY_BYTES)

static gint
value_of_letter (char letter)
{
  if (letter >= 'A' && letter <= 'Z')
    return letter - 'A';
  if (letter >= 'a' && letter <= 'z')
    return letter - 'a' + 26;
  if (letter >= '0' && letter <= '9')
    return letter - '0' + 52;
  if (letter == '-')
    return 62;
  return letter == '_' ? 63 : -1;
}

static gboolean
read_letters (PlSlice text, guint8 *key)
{
  guint32 bits = 0;
  guint n_bits = 0;

  for (gsize i = 0; i < text.length; i++)
    {
      gint value = value_of_letter (text.bytes[i]);

      if (value < 0)
        return FALSE;
      bits = bits << 6 | (guint32) value;
      n_bits += 6;
      if (n_bits >= 8)
        *key++ = (guint8) (bits >> (n_bits -= 8));
    }
  return (bits & ((1u << BASE64_SPARE_BITS) - 1)) == 0;
}

static gboolean
read_digits (PlSlice text, guint8 *key)
{
  for (gsize i = 0; i < text.length; i += 2)
    {
      gint octet = pl_character_from_hex (text.bytes + i);

      if (octet < 0 || g_ascii_isupper (text.bytes[i]) || g_ascii_isupper (text.bytes[i + 1]))
        return FALSE;
      *key++ = (guint8) octet;
    }
  return TRUE;
}

gboolean
pl_share_key_read (PlSlice text, guint8 key[PL_SHARE_KEY_BYTES])
{
  switch (text.length)
    {
    case BASE64_LETTERS:
      return read_letters (text, key);
    case HEX_DIGITS:
      return read_digits (text, key);
    }
  return FALSE;
}

/* Queries */

typedef enum
{
  WORD_OTHER,
  WORD_KEY,
  WORD_SLUG,
  WORD_PASSWORD,
  WORD_LOGIN,
} Word;

static const struct
{
  const char *name, *lower;
  Word word;
} words[] = {
  { "key", "key", WORD_KEY },
  { "slug", "slug", WORD_SLUG },
  { "password", "password", WORD_PASSWORD },
  { "sessionKey", "sessionkey", WORD_LOGIN },
  { "apiKey", "apikey", WORD_LOGIN },
  { "userToken", "usertoken", WORD_LOGIN }, /* a session of old ones, which know no slugs */
};

/* @is_exact: (out): whether it is spelt as Immich's pages spell it */
static Word
identify (PlSlice name, gboolean *is_exact)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (pl_query_name_passes_for (name, words[i].lower))
      {
        *is_exact = pl_slice_equal (name, pl_slice_from_string (words[i].name));
        return words[i].word;
      }
  *is_exact = TRUE;
  return WORD_OTHER;
}

static gboolean
is_link (Word word, PlSlice value)
{
  guint8 key[PL_SHARE_KEY_BYTES];

  return word == WORD_KEY ? pl_share_key_read (value, key) : value.length > 0;
}

PlShareQuery
pl_share_query_read (PlSlice query, gboolean *has_password)
{
  gboolean is_clear = TRUE;
  guint n_links = 0, n_passwords = 0;

  while (query.length > 0)
    {
      PlSlice pair = pl_slice (query.bytes, pl_slice_find (query, '&'));
      PlSlice name = pl_slice (pair.bytes, pl_slice_find (pair, '='));
      PlSlice value = pl_slice_from (pair, MIN (name.length + 1, pair.length));
      gboolean is_exact;
      Word word = identify (name, &is_exact);

      if (word == WORD_LOGIN)
        return PL_SHARE_QUERY_LOGIN;
      is_clear &= is_exact;
      n_passwords += word == WORD_PASSWORD;
      if (word == WORD_KEY || word == WORD_SLUG)
        {
          n_links++;
          is_clear &= is_link (word, value);
        }
      query = pl_slice_from (query, MIN (pair.length + 1, query.length));
    }
  *has_password = n_passwords > 0;
  if (!is_clear || n_links > 1 || n_passwords > 1)
    return PL_SHARE_QUERY_UNCLEAR;
  return n_links == 1 ? PL_SHARE_QUERY_LINK : PL_SHARE_QUERY_NO_LINK;
}
