/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/troubles.h"

struct _PlTroubles
{
  PlTrouble *of[PL_TROUBLE_COUNT];
};

PlTroubles *
pl_troubles_new (void)
{
  return g_new0 (PlTroubles, 1);
}

void
pl_troubles_free (PlTroubles *troubles)
{
  for (guint kind = 0; kind < PL_TROUBLE_COUNT; kind++)
    g_clear_object (&troubles->of[kind]);
  g_free (troubles);
}

void
pl_troubles_set (PlTroubles *troubles, PlTroubleKind kind, PlTrouble *trouble)
{
  g_autoptr (PlTrouble) now = trouble;
  PlTrouble *known = troubles->of[kind];

  if (known == NULL || now == NULL || !pl_trouble_is_same (known, now))
    g_set_object (&troubles->of[kind], now);
}

PlTrouble *
pl_troubles_get (PlTroubles *troubles, PlTroubleKind kind)
{
  return troubles->of[kind];
}

PlTrouble *
pl_troubles_get_gravest (PlTroubles *troubles)
{
  for (guint kind = 0; kind < PL_TROUBLE_COUNT; kind++)
    if (troubles->of[kind] != NULL)
      return troubles->of[kind];
  return NULL;
}

gboolean
pl_troubles_has_fault (PlTroubles *troubles)
{
  for (guint kind = 0; kind < PL_TROUBLE_COUNT; kind++)
    if (troubles->of[kind] != NULL && pl_trouble_is_fault (troubles->of[kind]))
      return TRUE;
  return FALSE;
}
