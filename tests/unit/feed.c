/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cuts and places the texts that parsers are tested with. */

#include "tests/unit/feed.h"

#include <string.h>

#include "tests/unit/feed_room.h"

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

const char *
feed_at_edge (PlSlice text)
{
  static char *room;
  char *copy;

  if (room == NULL)
    room = feed_map_room ();

  g_assert_cmpuint (text.length, <=, FEED_ROOM_BYTES);
  copy = room + FEED_ROOM_BYTES - text.length;
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
