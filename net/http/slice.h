/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run of octets that belongs to somebody else: the one string type of the engine.
 * Never terminated, never owned; valid as long as the buffer it points into. */

#pragma once

#include <glib.h>
#include <string.h>

/**
 * PlSlice:
 * @bytes: (nullable): the first octet; borrowed. May be %NULL only when @length is 0
 * @length: how many octets
 */
typedef struct
{
  const char *bytes;
  gsize length;
} PlSlice;

/** PL_SLICE: a slice of a string literal. */
#define PL_SLICE(literal) ((PlSlice){ (literal), sizeof (literal) - 1 })

static inline PlSlice
pl_slice (const char *bytes, gsize length)
{
  return (PlSlice){ bytes, length };
}

static inline PlSlice
pl_slice_from_string (const char *string)
{
  return (PlSlice){ string, string != NULL ? strlen (string) : 0 };
}

static inline gboolean
pl_slice_equal (PlSlice a, PlSlice b)
{
  return a.length == b.length && (a.length == 0 || memcmp (a.bytes, b.bytes, a.length) == 0);
}

/** pl_ascii_lower: g_ascii_tolower() that the compiler can see into; it is on the relay path. */
static inline char
pl_ascii_lower (char character)
{
  return character >= 'A' && character <= 'Z' ? character | 0x20 : character;
}

/** pl_slice_equal_ignoring_case: compares as ASCII, whatever the locale. */
static inline gboolean
pl_slice_equal_ignoring_case (PlSlice a, PlSlice b)
{
  if (a.length != b.length)
    return FALSE;
  for (gsize i = 0; i < a.length; i++)
    if (pl_ascii_lower (a.bytes[i]) != pl_ascii_lower (b.bytes[i]))
      return FALSE;
  return TRUE;
}

static inline gboolean
pl_slice_has_prefix (PlSlice slice, PlSlice prefix)
{
  return slice.length >= prefix.length
         && (prefix.length == 0 || memcmp (slice.bytes, prefix.bytes, prefix.length) == 0);
}

/** pl_slice_has_prefix_ignoring_case: as pl_slice_equal_ignoring_case() does. */
static inline gboolean
pl_slice_has_prefix_ignoring_case (PlSlice slice, PlSlice prefix)
{
  return slice.length >= prefix.length
         && pl_slice_equal_ignoring_case ((PlSlice){ slice.bytes, prefix.length }, prefix);
}

/** pl_slice_from: what is left of @slice after its first @skip octets; @skip must not exceed it. */
static inline PlSlice
pl_slice_from (PlSlice slice, gsize skip)
{
  /* To C, even NULL + 0 is undefined. */
  return (PlSlice){ skip > 0 ? slice.bytes + skip : slice.bytes, slice.length - skip };
}

/** pl_slice_find: the offset of the first @character in @slice, or its length if there is none. */
static inline gsize
pl_slice_find (PlSlice slice, char character)
{
  const char *found = slice.length > 0 ? memchr (slice.bytes, character, slice.length) : NULL;

  return found != NULL ? (gsize) (found - slice.bytes) : slice.length;
}

/** pl_slice_trim: @slice without spaces and tabs at both ends (RFC 9110 §5.6.3, OWS). */
static inline PlSlice
pl_slice_trim (PlSlice slice)
{
  while (slice.length > 0 && (slice.bytes[0] == ' ' || slice.bytes[0] == '\t'))
    slice = pl_slice_from (slice, 1);
  while (slice.length > 0
         && (slice.bytes[slice.length - 1] == ' ' || slice.bytes[slice.length - 1] == '\t'))
    slice.length--;
  return slice;
}

/** pl_slice_dup_string: (transfer full): a terminated copy; free with g_free(). */
static inline char *
pl_slice_dup_string (PlSlice slice)
{
  return g_strndup (slice.length > 0 ? slice.bytes : "", slice.length);
}
