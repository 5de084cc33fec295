/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/exchange/close.h"

typedef struct
{
  PlFaultSide side;
  guint16 status;
  const char *name;
  const char *words;
} CloseRow;

static const CloseRow rows[PL_CLOSE_COUNT] = {
#define X(id, fault_side, status, words) { PL_FAULT_##fault_side, status, #id, words },
  PL_CLOSE_REASONS (X)
#undef X
};

PlFaultSide
pl_close_get_side (PlCloseReason reason)
{
  return rows[reason].side;
}

guint
pl_close_get_status (PlCloseReason reason)
{
  return rows[reason].status;
}

gboolean
pl_close_is_at_door (PlCloseReason reason)
{
  return reason == PL_CLOSE_NOT_SHARED || reason == PL_CLOSE_SHARE_LINK_MISSING
         || reason == PL_CLOSE_SHARE_ADDRESS_UNCLEAR || reason == PL_CLOSE_SHARE_WITH_LOGIN
         || reason == PL_CLOSE_SHARE_UPLOAD_REFUSED || reason == PL_CLOSE_PROXY_NOT_TRUSTED
         || reason == PL_CLOSE_PROXY_NAMES_NOBODY;
}

gboolean
pl_close_is_refusal (PlCloseReason reason)
{
  return pl_close_is_at_door (reason) || reason == PL_CLOSE_DEVICE_TURNED_AWAY
         || reason == PL_CLOSE_LOGIN_MUST_WAIT || reason == PL_CLOSE_STRANGER_TOO_FAST;
}

const char *
pl_close_get_name (PlCloseReason reason)
{
  static char names[PL_CLOSE_COUNT][32];
  static gsize are_set = 0;

  if (g_once_init_enter (&are_set))
    {
      for (guint i = 0; i < PL_CLOSE_COUNT; i++)
        for (guint j = 0; rows[i].name[j] != '\0'; j++)
          names[i][j] = rows[i].name[j] == '_' ? '-' : g_ascii_tolower (rows[i].name[j]);
      g_once_init_leave (&are_set, 1);
    }
  return names[reason];
}

const char *
pl_close_get_words (PlCloseReason reason)
{
  return rows[reason].words;
}
