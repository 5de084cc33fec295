/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/feed_room.h"

#include <windows.h>

/* Pages that are reserved and not committed cannot be read. */
char *
feed_map_room (void)
{
  SYSTEM_INFO info;
  char *room;

  GetSystemInfo (&info);
  room = VirtualAlloc (NULL, FEED_ROOM_BYTES + info.dwPageSize, MEM_RESERVE, PAGE_READWRITE);
  g_assert_nonnull (room);
  g_assert_nonnull (VirtualAlloc (room, FEED_ROOM_BYTES, MEM_COMMIT, PAGE_READWRITE));
  return room;
}
