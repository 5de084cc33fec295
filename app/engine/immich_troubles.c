/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each address has one verdict; each kind of trouble is told of the first address that has it. */

#include "app/engine/immich_troubles.h"

#include "app/engine/diagnosis.h"

static PlVerdictKind
get_seen (PlUpstreamItem *item, const PlLookout *lookout)
{
  g_autofree char *url = pl_upstream_item_dup_url (item);
  return pl_lookout_get_kind (lookout, url);
}

/* Where no health is asked, only looking tells. */
static gboolean
leads_back (PlUpstreamItem *item, const PlLookout *lookout)
{
  return pl_upstream_item_get_health (item) == PL_HEALTH_LOOP
         || get_seen (item, lookout) == PL_VERDICT_PORCHLIGHT;
}

static gboolean
can_be_reached (PlUpstreamItem *item, const PlLookout *lookout)
{
  return pl_health_is_usable (pl_upstream_item_get_health (item)) && !leads_back (item, lookout);
}

static PlTroubleKind
judge (PlUpstreamItem *item, const PlLookout *lookout)
{
  if (leads_back (item, lookout))
    return PL_TROUBLE_LEADS_BACK;
  if (get_seen (item, lookout) == PL_VERDICT_OTHER)
    return PL_TROUBLE_NOT_IMMICH;
  switch (pl_upstream_item_get_health (item))
    {
    case PL_HEALTH_NOT_WELL:
      return PL_TROUBLE_IMMICH_DOWN;
    case PL_HEALTH_MAINTENANCE:
      return PL_TROUBLE_MAINTENANCE;
    case PL_HEALTH_UNKNOWN:
    case PL_HEALTH_WELL:
    case PL_HEALTH_LOOP:
      return PL_TROUBLE_COUNT;
    }
  g_return_val_if_reached (PL_TROUBLE_COUNT);
}

/* Whether the upstream of @item has an address for which @is_so. */
typedef gboolean (*Predicate) (PlUpstreamItem *item, const PlLookout *lookout);

static gboolean
has_one (PlUpstreamList *list, PlUpstreamItem *item, Predicate is_so, const PlLookout *lookout)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (PlUpstreamItem) other = g_list_model_get_item (G_LIST_MODEL (list), i);
      if (g_str_equal (pl_upstream_item_get_upstream (other), pl_upstream_item_get_upstream (item))
          && is_so (other, lookout))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_well (PlUpstreamItem *item, const PlLookout *lookout)
{
  return pl_upstream_item_get_health (item) == PL_HEALTH_WELL;
}

static PlTrouble *
diagnose (PlUpstreamItem *item, PlTroubleKind kind, const PlLookout *lookout)
{
  g_autofree char *url = pl_upstream_item_dup_url (item);

  if (kind == PL_TROUBLE_LEADS_BACK)
    return pl_diagnosis_new_leads_back (pl_upstream_item_get_endpoint (item));
  if (kind == PL_TROUBLE_NOT_IMMICH)
    return pl_diagnosis_new_not_immich (pl_upstream_item_get_endpoint (item),
                                        pl_lookout_get_words (lookout, url));
  return pl_diagnosis_new_upstream (item);
}

/* Returns: (transfer full) (nullable): what is to be told of @item */
static PlTrouble *
diagnose_in_list (PlUpstreamList *list,
                  PlUpstreamItem *item,
                  PlTroubleKind kind,
                  const PlLookout *lookout)
{
  gboolean is_served = has_one (list, item, can_be_reached, lookout);
  PlTrouble *trouble;

  if (kind == PL_TROUBLE_MAINTENANCE)
    return has_one (list, item, is_well, lookout) ? NULL : pl_diagnosis_new_maintenance ();
  if (kind == PL_TROUBLE_IMMICH_DOWN && is_served)
    return NULL; /* the list says so; a spare that is off is no trouble */
  trouble = diagnose (item, kind, lookout);
  if (is_served)
    pl_trouble_set_harmless (trouble);
  return trouble;
}

void
pl_immich_troubles_update (PlTroubles *troubles,
                           PlUpstreamList *upstreams,
                           const PlLookout *lookout)
{
  PlTrouble *found[PL_TROUBLE_COUNT] = { NULL };

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (upstreams)); i++)
    {
      g_autoptr (PlUpstreamItem) item = g_list_model_get_item (G_LIST_MODEL (upstreams), i);
      PlTroubleKind kind = judge (item, lookout);
      if (kind != PL_TROUBLE_COUNT && found[kind] == NULL)
        found[kind] = diagnose_in_list (upstreams, item, kind, lookout);
    }
  pl_troubles_set (troubles, PL_TROUBLE_LEADS_BACK, found[PL_TROUBLE_LEADS_BACK]);
  pl_troubles_set (troubles, PL_TROUBLE_NOT_IMMICH, found[PL_TROUBLE_NOT_IMMICH]);
  pl_troubles_set (troubles, PL_TROUBLE_IMMICH_DOWN, found[PL_TROUBLE_IMMICH_DOWN]);
  pl_troubles_set (troubles, PL_TROUBLE_MAINTENANCE, found[PL_TROUBLE_MAINTENANCE]);
}

void
pl_immich_troubles_clear (PlTroubles *troubles)
{
  pl_troubles_set (troubles, PL_TROUBLE_LEADS_BACK, NULL);
  pl_troubles_set (troubles, PL_TROUBLE_NOT_IMMICH, NULL);
  pl_troubles_set (troubles, PL_TROUBLE_IMMICH_DOWN, NULL);
  pl_troubles_set (troubles, PL_TROUBLE_MAINTENANCE, NULL);
}
