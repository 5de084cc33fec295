/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/demo/share_links.h"

#include "app/demo/answer.h"

static const PlShareLink links[] = {
  { "5eed0000-0000-4000-8000-0000000000b1", "5eed0000-0000-4000-8000-0000000000a1",
    "09SXrDXokWH_s9FBfxMgwbQLs5Jz6F8aW_fH9jpCPDW0ETzy_coHdB6kKOVq9fGuVao", "summer", NULL,
    "A summer by the lake", 0, 12, FALSE },
  { "5eed0000-0000-4000-8000-0000000000b2", "5eed0000-0000-4000-8000-0000000000a2",
    "TjZB0cEY4xzRZW_469oIO8IRHlGXyS0lCK-6MyLm9WerR-ccpDK8PFjA5gvWd-iSTi4", "grandparents", "demo",
    "For the grandparents", 12, 8, FALSE },
  { "5eed0000-0000-4000-8000-0000000000b3", "5eed0000-0000-4000-8000-0000000000a3",
    "83vj7tOLhRidnpXBXN5VYGjPBYYnW2R4be73z-NhJF_YVS_XFBI8LUePwGIWu21doiA", "party", NULL,
    "Send us your pictures of the party", 20, 4, TRUE },
};

const PlShareLink *
pl_share_links (guint *n_links)
{
  *n_links = G_N_ELEMENTS (links);
  return links;
}

const PlShareLink *
pl_share_link_find (const char *key, const char *slug)
{
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    if (key != NULL ? g_str_equal (key, links[i].key) : g_strcmp0 (slug, links[i].slug) == 0)
      return &links[i];
  return NULL;
}

gboolean
pl_share_is_guest (const PlVisit *visit)
{
  return pl_visit_get_query (visit, "key") != NULL || pl_visit_get_query (visit, "slug") != NULL;
}

const PlShareLink *
pl_share_get_link (PlVisit *visit)
{
  const PlShareLink *link
      = pl_share_link_find (pl_visit_get_query (visit, "key"), pl_visit_get_query (visit, "slug"));

  if (link == NULL)
    pl_answer_error (visit->message, SOUP_STATUS_UNAUTHORIZED,
                     pl_share_is_guest (visit) ? "Invalid share key" : "Authentication required");
  return link;
}

gboolean
pl_share_link_holds (const PlShareLink *link, guint index)
{
  return index >= link->first && index < link->first + link->n;
}
