/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/io/ends.h"

#include <string.h>

void
close_both (Fixture *fixture, PeerEnd *one, PeerEnd *other)
{
  fixture_close (fixture, one);
  fixture_close (fixture, other);
}

void
send_text (PeerEnd *end, const char *text)
{
  gsize sent;

  g_assert_cmpint (fixture_send (end, text, strlen (text), &sent), ==, PL_IO_DONE);
  g_assert_cmpuint (sent, ==, strlen (text));
}

void
assert_receives (Fixture *fixture, PeerEnd *end, const char *text)
{
  g_autofree char *bytes = g_malloc (strlen (text));
  gsize received;

  g_assert_cmpint (fixture_receive (fixture, end, bytes, strlen (text), &received), ==, PL_IO_DONE);
  g_assert_cmpmem (bytes, received, text, strlen (text));
}

void
assert_nothing_left (PeerEnd *end)
{
  gsize received;
  char octet;

  g_assert_cmpint (pl_stream_receive (&end->stream, &octet, 1, &received), ==, PL_IO_BLOCKED);
}

PlIo
receive_one (Fixture *fixture, PeerEnd *end)
{
  char bytes[1];
  gsize received;

  return fixture_receive (fixture, end, bytes, sizeof bytes, &received);
}
