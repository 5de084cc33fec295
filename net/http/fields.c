/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Known fields are found by a hash of a few of their characters; the hash table is made from
 * the list in fields.h at first use, so a new row there is all a new field needs. */

#include "net/http/fields.h"

#define N_SLOTS            128 /* sparse, so that most unknown names meet an empty slot */
#define LONGEST_NAME_BYTES 32

typedef struct
{
  PlSlice name;
  PlFieldFlags flags;
} KnownField;

/* clang-format off */
static const KnownField known_fields[PL_FIELD_COUNT] = {
  [PL_FIELD_OTHER] = { { "", 0 }, 0 },
#define X(id, name, flags) [PL_FIELD_##id] = { { name, sizeof (name) - 1 }, flags },
  PL_FIELDS (X)
#undef X
};
/* clang-format on */

G_STATIC_ASSERT (PL_FIELD_COUNT < N_SLOTS / 2);

static guint
choose_slot (PlSlice name)
{
  guint first = pl_ascii_lower (name.bytes[0]);
  guint middle = pl_ascii_lower (name.bytes[name.length / 2]);
  guint last = pl_ascii_lower (name.bytes[name.length - 1]);

  return (name.length + first * 3 + middle * 5 + last * 7) % N_SLOTS;
}

static void
fill_slots (guint8 *slots)
{
  for (guint id = PL_FIELD_OTHER + 1; id < PL_FIELD_COUNT; id++)
    {
      guint slot = choose_slot (known_fields[id].name);

      while (slots[slot] != PL_FIELD_OTHER)
        slot = (slot + 1) % N_SLOTS;
      slots[slot] = id;
    }
}

static const guint8 *
get_slots (void)
{
  static guint8 slots[N_SLOTS];
  static gsize is_filled = 0;

  if (g_once_init_enter (&is_filled))
    {
      fill_slots (slots);
      g_once_init_leave (&is_filled, 1);
    }
  return slots;
}

PlFieldId
pl_field_identify (PlSlice name)
{
  const guint8 *slots = get_slots ();

  if (name.length == 0)
    return PL_FIELD_OTHER;

  for (guint slot = choose_slot (name); slots[slot] != PL_FIELD_OTHER; slot = (slot + 1) % N_SLOTS)
    if (pl_slice_equal_ignoring_case (name, known_fields[slots[slot]].name))
      return slots[slot];
  return PL_FIELD_OTHER;
}

PlFieldFlags
pl_field_get_flags (PlFieldId id)
{
  return known_fields[id].flags;
}

PlSlice
pl_field_get_name (PlFieldId id)
{
  return known_fields[id].name;
}

PlFieldId
pl_field_identify_shadowed (PlSlice name)
{
  char hyphenated[LONGEST_NAME_BYTES];

  if (name.length > sizeof hyphenated || pl_slice_find (name, '_') == name.length)
    return PL_FIELD_OTHER;

  for (gsize i = 0; i < name.length; i++)
    hyphenated[i] = name.bytes[i] == '_' ? '-' : name.bytes[i];
  return pl_field_identify (pl_slice (hyphenated, name.length));
}
