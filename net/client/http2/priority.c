/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/http2/priority.h"

#include "net/http/list.h"

#define DEFAULT_URGENCY 3

static void
take_member (PlHttp2Priority *priority, PlSlice member)
{
  PlSlice bare = pl_slice (member.bytes, pl_slice_find (member, ';'));

  if (bare.length == 3 && pl_slice_has_prefix (bare, PL_SLICE ("u=")) && bare.bytes[2] >= '0'
      && bare.bytes[2] <= '7')
    priority->urgency = bare.bytes[2] - '0';
  else if (pl_slice_equal (bare, PL_SLICE ("i")) || pl_slice_equal (bare, PL_SLICE ("i=?1")))
    priority->is_incremental = TRUE;
  else if (pl_slice_equal (bare, PL_SLICE ("i=?0")))
    priority->is_incremental = FALSE;
}

PlHttp2Priority
pl_http2_priority_parse (PlSlice text)
{
  PlHttp2Priority priority = { DEFAULT_URGENCY, FALSE };
  PlSlice member;

  while (pl_field_list_next (&text, &member))
    take_member (&priority, member);
  return priority;
}
