/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules on field names, lists in values, and the masking of addresses. */

#include "net/http/fields.h"

#include "net/http/character.h"
#include "net/http/list.h"
#include "net/http/mask.h"

#include "tests/field_names.h"
#include "tests/fuzz/fuzz.h"

/* The slow way, to compare with. */
static PlFieldId
identify (PlSlice name)
{
  for (guint id = PL_FIELD_OTHER + 1; id < PL_FIELD_COUNT; id++)
    if (pl_slice_equal_ignoring_case (name, field_get_name (id)))
      return id;
  return PL_FIELD_OTHER;
}

static void
check_name (PlSlice name)
{
  PlFieldId shadowed = pl_field_identify_shadowed (name);

  g_assert_cmpint (pl_field_identify (name), ==, identify (name));
  if (shadowed != PL_FIELD_OTHER)
    g_assert_cmpuint (field_get_name (shadowed).length, ==, name.length);
}

static void
check_list (PlSlice value)
{
  PlSlice rest = value;
  PlSlice element;

  while (pl_field_list_next (&rest, &element))
    {
      g_assert_cmpuint (element.length, >, 0);
      g_assert_cmpuint (pl_slice_find (element, ','), ==, element.length);
      g_assert_cmpuint (pl_slice_trim (element).length, ==, element.length);
      g_assert_true (element.bytes >= value.bytes);
      g_assert_true (element.bytes + element.length <= rest.bytes);
      g_assert_true (pl_field_list_contains (value, element));
    }
  g_assert_cmpuint (rest.length, ==, 0);
}

/* From the end: elements behind one another, each of octets that the list has. */
static void
check_last_elements (PlSlice value)
{
  PlSlice rest = value;
  PlSlice element;

  while (pl_field_list_take_last (&rest, &element))
    {
      g_assert_cmpuint (element.length, >, 0);
      g_assert_cmpuint (pl_slice_trim (element).length, ==, element.length);
      g_assert_true (element.bytes >= rest.bytes + rest.length);
      g_assert_true (element.bytes + element.length <= value.bytes + value.length);
    }
  g_assert_cmpuint (rest.length, ==, 0);
}

static void
check_parts (PlSlice element)
{
  PlSlice part, name, value;

  while (pl_field_part_next (&element, &part))
    {
      g_assert_cmpuint (part.length, >, 0);
      g_assert_true (part.bytes + part.length <= element.bytes);
      if (!pl_field_part_split (part, &name, &value))
        continue;
      g_assert_cmpuint (pl_character_span (name, PL_CHARACTER_TOKEN), ==, name.length);
      g_assert_cmpuint (pl_slice_find (value, '"'), ==, value.length);
      g_assert_true (value.bytes + value.length <= part.bytes + part.length);
    }
}

static void
check_mask (PlSlice target)
{
  gsize capacity = target.length * 3 + strlen (PL_MASK); /* each octet escaped */
  g_autofree char *once = g_malloc (capacity);
  g_autofree char *twice = g_malloc (capacity);
  PlWriter first, second;
  PlSlice masked;

  pl_writer_init (&first, once, capacity);
  pl_mask_target (target, &first);
  masked = pl_slice (once, first.length);
  g_assert_false (first.overflowed);
  g_assert_cmpuint (pl_character_span (masked, PL_CHARACTER_VISIBLE), ==, masked.length);

  pl_writer_init (&second, twice, capacity);
  pl_mask_target (masked, &second);
  g_assert_cmpmem (once, first.length, twice, second.length);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  PlSlice text = pl_slice ((const char *) data, size);

  check_name (text);
  check_list (text);
  check_last_elements (text);
  check_parts (text);
  check_mask (text);
  return 0;
}
