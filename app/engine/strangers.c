/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/strangers.h"

#include "app/model/share_page.h"

gboolean
pl_strangers_gather (GPtrArray *records, const PlTrust *home, PlTurnedAwayList *batch)
{
  *batch = (PlTurnedAwayList){ 0 };
  for (guint i = 0; i < records->len; i++)
    {
      const PlRecord *record = records->pdata[i];
      if (pl_close_is_at_door (record->reason) && !pl_share_page_is_asking (record)
          && pl_circle_find (&record->client, home) == PL_CIRCLE_WORLD)
        pl_turned_away_add (batch, &record->client, 1, record->started_us + record->duration_us);
    }
  return batch->n_places > 0;
}
