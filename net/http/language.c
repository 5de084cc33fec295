/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/http/language.h"

#include "net/http/list.h"

/* `0.85` as 850: at most three digits after the point (RFC 9110 §12.4.2); what is none weighs
 * nothing. */
static guint
read_weight (PlSlice text)
{
  guint weight = 0, unit = PL_LANGUAGE_BEST;

  for (gsize i = 0; i < text.length && unit > 0; i++)
    {
      if (i == 1 && text.bytes[i] == '.')
        continue;
      if (!g_ascii_isdigit (text.bytes[i]) || (i == 0 && text.bytes[i] > '1'))
        return 0;
      weight += unit * (guint) (text.bytes[i] - '0');
      unit /= 10;
    }
  return MIN (weight, PL_LANGUAGE_BEST);
}

/* Splits `de-AT;q=0.8` into the range, which stays in @element, and its weight. */
static guint
take_weight (PlSlice *element)
{
  gsize end = pl_slice_find (*element, ';');
  PlSlice parameter = pl_slice_trim (pl_slice_from (*element, MIN (end + 1, element->length)));

  *element = pl_slice_trim ((PlSlice){ element->bytes, end });
  if (parameter.length == 0)
    return PL_LANGUAGE_BEST;
  if (parameter.length < 3 || (parameter.bytes[0] | 0x20) != 'q' || parameter.bytes[1] != '=')
    return 0;
  return read_weight (pl_slice_from (parameter, 2));
}

/* Whether @whole is @part, or goes on from it with a hyphen. */
static gboolean
goes_on_from (PlSlice whole, PlSlice part)
{
  return part.length > 0 && whole.length >= part.length
         && pl_slice_equal_ignoring_case ((PlSlice){ whole.bytes, part.length }, part)
         && (whole.length == part.length || whole.bytes[part.length] == '-');
}

/* How well @range fits: the longer the better; 0: it does not. */
static gsize
fit (PlSlice range, PlSlice language)
{
  if (pl_slice_equal (range, PL_SLICE ("*")))
    return 1;
  if (goes_on_from (language, range) || goes_on_from (range, language))
    return 1 + range.length;
  return 0;
}

guint
pl_language_weigh (PlSlice accept, const char *language)
{
  gsize best = 0;
  guint weight = 0;
  PlSlice range;

  while (pl_field_list_next (&accept, &range))
    {
      guint its_weight = take_weight (&range);
      gsize fitness = fit (range, pl_slice_from_string (language));
      if (fitness > best)
        {
          best = fitness;
          weight = its_weight;
        }
    }
  return weight;
}
