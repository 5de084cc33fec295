/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The names of the known fields, for tests that go through all of them. */

#pragma once

#include "net/http/fields.h"

/** field_get_name: in lower case; empty for %PL_FIELD_OTHER. */
static inline PlSlice
field_get_name (PlFieldId id)
{
  static const char *const names[] = { "",
#define X(id, name, flags) name,
                                       PL_FIELDS (X)
#undef X
  };
  return pl_slice_from_string (names[id]);
}
