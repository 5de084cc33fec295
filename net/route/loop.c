/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One mark a process, made when it is first needed. */

#include "net/route/loop.h"

#define PSEUDONYM  "porchlight"
#define BEFORE_ID  PSEUDONYM ";id="
#define ID_DIGITS  16
#define MARK_BYTES (sizeof BEFORE_ID - 1 + ID_DIGITS)

const char *
pl_loop_get_mark (void)
{
  static char mark[MARK_BYTES + 1];
  static gsize is_made = 0;

  if (g_once_init_enter (&is_made))
    {
      g_snprintf (mark, sizeof mark, BEFORE_ID "%08x%08x", g_random_int (), g_random_int ());
      g_once_init_leave (&is_made, 1);
    }
  return mark;
}

static PlSlice
get_id (void)
{
  return pl_slice (pl_loop_get_mark () + MARK_BYTES - ID_DIGITS, ID_DIGITS);
}

static gboolean
is_our_element (PlSlice element)
{
  PlSlice part, name, value;

  if (!pl_field_part_next (&element, &part)
      || !pl_slice_equal_ignoring_case (part, PL_SLICE (PSEUDONYM)))
    return FALSE;
  while (pl_field_part_next (&element, &part))
    if (pl_field_part_split (part, &name, &value)
        && pl_slice_equal_ignoring_case (name, PL_SLICE ("id"))
        && pl_slice_equal_ignoring_case (value, get_id ()))
      return TRUE;
  return FALSE;
}

gboolean
pl_loop_is_ours (PlSlice value)
{
  PlSlice element;

  while (pl_field_list_take_last (&value, &element))
    if (is_our_element (element))
      return TRUE;
  return FALSE;
}

gboolean
pl_loop_has_come_back (const PlHead *head)
{
  for (guint i = 0; i < head->n_fields; i++)
    if (head->fields[i].id == PL_FIELD_CDN_LOOP && pl_loop_is_ours (head->fields[i].value))
      return TRUE;
  return FALSE;
}
