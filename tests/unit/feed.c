/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cuts and places the texts that parsers are tested with. */

#include "tests/unit/feed.h"

#include <sys/mman.h>
#include <unistd.h>

#define ROOM_BYTES (256 * 1024)

gsize
feed_next_end (FeedCut cut, gsize start, gsize length)
{
  return MIN (start + (start == 0 ? cut.first : cut.step), length);
}

void
feed_every_way (PlSlice text, FeedVisit visit, gconstpointer data)
{
  visit (text, (FeedCut){ text.length, text.length }, data);
  visit (text, (FeedCut){ 1, 1 }, data);
  for (gsize split = 1; split < text.length; split++)
    visit (text, (FeedCut){ split, text.length }, data);
}

/* Maps the room and, behind it, a page that cannot be read. */
static char *
map_room (void)
{
  gsize page_bytes = sysconf (_SC_PAGESIZE);
  char *room = mmap (NULL, ROOM_BYTES + page_bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  g_assert_true (room != MAP_FAILED);
  g_assert_cmpint (mprotect (room + ROOM_BYTES, page_bytes, PROT_NONE), ==, 0);
  return room;
}

const char *
feed_at_edge (PlSlice text)
{
  static char *room;
  char *copy;

  if (room == NULL)
    room = map_room ();

  g_assert_cmpuint (text.length, <=, ROOM_BYTES);
  copy = room + ROOM_BYTES - text.length;
  if (text.length > 0)
    memcpy (copy, text.bytes, text.length);
  return copy;
}

void
feed_note (PlSlice text)
{
  g_autofree char *terminated = pl_slice_dup_string (text);
  g_autofree char *escaped = g_strescape (terminated, NULL);

  g_test_message ("%s", escaped);
}

PlParseResult
feed_pieces (PlHead *head,
             FeedParse parse,
             PlSlice text,
             FeedCut cut,
             gboolean moves,
             PlHttpFault *fault)
{
  PlParseResult result = PL_PARSE_MORE;
  gsize end = 0;

  while (result == PL_PARSE_MORE && end < text.length)
    {
      end = feed_next_end (cut, end, text.length);
      result = parse (head, moves ? feed_at_edge (pl_slice (text.bytes, end)) : text.bytes, end,
                      fault);
    }
  return result;
}
