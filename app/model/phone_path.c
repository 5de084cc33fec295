/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/model/phone_path.h"

#include <string.h>

/* Of the Immich app, in the order it asks. Those of versions up to 1.117 are at `server-info`. */
static const char *const firsts[] = {
  "/.well-known/immich",
  "/api/server/ping",
  "/api/server-info/ping",
  "/api/auth/login",
};

/* Immich answers an unknown path with its page and a status of 200; what it says to @firsts is much
 * shorter than any page. */
#define PONG_BYTES 64

static gsize
get_path_length (const PlRecord *record)
{
  return strcspn (record->target, "?");
}

/* How long is what is before one of @firsts; -1: the path ends with none. */
static gssize
find_first (const PlRecord *record)
{
  gsize length = get_path_length (record);

  for (guint i = 0; i < G_N_ELEMENTS (firsts); i++)
    {
      gsize first = strlen (firsts[i]);
      if (length >= first && strncmp (record->target + length - first, firsts[i], first) == 0)
        return (gssize) (length - first);
    }
  return -1;
}

gboolean
pl_phone_path_is_first (const PlRecord *record)
{
  return find_first (record) == 0 || (get_path_length (record) == 1 && record->target[0] == '/');
}

static gboolean
is_pong (const PlRecord *record)
{
  return record->status == 200 && record->down_bytes > 0 && record->down_bytes <= PONG_BYTES;
}

gboolean
pl_phone_path_is_wrong (const PlRecord *record)
{
  return record->state == PL_RECORD_FINISHED && find_first (record) > 0 && !is_pong (record);
}

char *
pl_phone_path_dup_excess (const PlRecord *record)
{
  gssize excess = find_first (record);

  return excess > 0 ? g_strndup (record->target, (gsize) excess) : NULL;
}
