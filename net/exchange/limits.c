/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/exchange/limits.h"

typedef struct
{
  const char *name;
  gsize offset;
  guint least;
  guint most;
} LimitRow;

static const LimitRow rows[] = {
#define X(field, name, value, least, most, reason)                                                 \
  { name, G_STRUCT_OFFSET (PlLimits, field), least, most },
  PL_LIMITS (X)
#undef X
};

static gboolean
set_limit (PlLimits *limits, const char *name, const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint64 number;

      if (!g_str_equal (rows[i].name, name))
        continue;
      if (!g_ascii_string_to_unsigned (value, 10, rows[i].least, rows[i].most, &number, NULL))
        return FALSE;
      G_STRUCT_MEMBER (guint, limits, rows[i].offset) = (guint) number;
      return TRUE;
    }
  return FALSE;
}

static void
change_limits (PlLimits *limits, const char *text)
{
  g_auto (GStrv) changes = g_strsplit (text, ",", -1);

  for (guint i = 0; changes[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (changes[i], "=", 2);

      if (g_strv_length (pair) != 2 || !set_limit (limits, pair[0], pair[1]))
        g_message ("PORCHLIGHT_LIMITS: “%s” is left out", changes[i]);
    }
}

const PlLimits *
pl_limits_get (void)
{
  static PlLimits limits = {
#define X(field, name, value, least, most, reason) .field = value,
    PL_LIMITS (X)
#undef X
  };
  static gsize is_set = 0;

  if (g_once_init_enter (&is_set))
    {
      const char *changes = g_getenv ("PORCHLIGHT_LIMITS");

      if (changes != NULL)
        change_limits (&limits, changes);
      g_once_init_leave (&is_set, 1);
    }
  return &limits;
}
