/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of the demo share: the site, and one visit to it. All of it belongs to the
 * demo's thread. */

#pragma once

#include <libsoup/soup.h>

#include "app/demo/demo.h"
#include "app/demo/pictures.h"
#include "app/demo/uploads.h"

/**
 * PlSite: what the demo holds between requests.
 * @in_maintenance: %TRUE or %FALSE; atomic, since any thread may set it
 */
typedef struct
{
  PlDemoEra era;
  gint in_maintenance;
  PlPictures *pictures;
  PlUploads *uploads;
  GCancellable *stopping; /* cancelled when the demo ends */
} PlSite;

/**
 * PlVisit:
 * @id: (nullable): what stood in the path where the route says `{id}`
 * @query: (nullable): the decoded query
 *
 * One request on its way to the function that answers it.
 */
typedef struct
{
  PlSite *site;
  SoupServerMessage *message;
  const char *id;
  GHashTable *query;
} PlVisit;

typedef void (*PlVisitFunc) (PlVisit *visit);

/** pl_visit_get_query: (nullable): a value of the query. */
static inline const char *
pl_visit_get_query (const PlVisit *visit, const char *name)
{
  return visit->query != NULL ? g_hash_table_lookup (visit->query, name) : NULL;
}
