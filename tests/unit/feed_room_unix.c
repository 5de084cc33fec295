/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/feed_room.h"

#include <sys/mman.h>
#include <unistd.h>

char *
feed_map_room (void)
{
  gsize page_bytes = sysconf (_SC_PAGESIZE);
  char *room = mmap (NULL, FEED_ROOM_BYTES + page_bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  g_assert_true (room != MAP_FAILED);
  g_assert_cmpint (mprotect (room + FEED_ROOM_BYTES, page_bytes, PROT_NONE), ==, 0);
  return room;
}
