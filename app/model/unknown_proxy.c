/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/model/unknown_proxy.h"

#include "app/model/words.h"

char *
pl_unknown_proxy_dup_address (const PlRecord *record)
{
  g_autoptr (GString) address = g_string_new (NULL);

  if (record->reason != PL_CLOSE_PROXY_NOT_TRUSTED
      || pl_circle_find (&record->client, NULL) == PL_CIRCLE_WORLD)
    return NULL;
  pl_words_append_address (address, &record->client);
  return g_string_free (g_steal_pointer (&address), FALSE);
}
