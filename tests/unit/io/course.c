/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/io/course.h"

#include <string.h>

/* A turn lasts until something happens, or for a while: so many of them in which nothing moves show
 * that nobody has anything left to do. Three do not on a busy machine, nor under Wine, whose server
 * is in between. */
#define STUCK_TURNS 15

/* The watched stream */

static Course *
get_course (PlStream *to)
{
  return (Course *) ((char *) to - G_STRUCT_OFFSET (Course, to.stream));
}

static PlIo
plain_send (Course *course,
            const GOutputVector *vectors,
            guint n_vectors,
            gboolean more,
            gsize *sent)
{
  return course->source.stream.funcs->send (&course->to.stream, vectors, n_vectors, more, sent);
}

/* A quota cuts within the first vector: that a send may take any part of what it is given is all
 * that a relay may rely on. */
static PlIo
watched_send (PlStream *to,
              const GOutputVector *vectors,
              guint n_vectors,
              gboolean more,
              gsize *sent)
{
  Course *course = get_course (to);
  GOutputVector cut = { vectors[0].buffer, MIN (vectors[0].size, course->quota) };
  PlIo io;

  if (course->quota == 0)
    return PL_IO_BLOCKED;
  course->said_more = more;
  io = course->quota == G_MAXSIZE ? plain_send (course, vectors, n_vectors, more, sent)
                                  : plain_send (course, &cut, 1, more, sent);
  if (io == PL_IO_DONE)
    {
      course->n_sends++;
      course->quota -= course->quota == G_MAXSIZE ? 0 : *sent;
    }
  return io;
}

void
course_forbid_splice (Course *course)
{
  course->to_funcs.can_splice = FALSE;
}

/* The course */

void
course_open (Course *course, Fixture *fixture)
{
  *course = (Course){ .fixture = fixture, .quota = G_MAXSIZE };
  course->arrived = g_byte_array_new ();
  fixture_connect (fixture, &course->source, &course->from);
  fixture_connect (fixture, &course->to, &course->target);
  course->to_funcs = *course->to.stream.funcs;
  course->to_funcs.send = watched_send;
  course->to.stream.funcs = &course->to_funcs;
}

void
course_close (Course *course)
{
  pl_relay_clear (&course->relay);
  pl_buffer_give (&course->pools.buffers, &course->input);
  pl_buffer_pool_clear (&course->pools.buffers);
  pl_pipe_pool_clear (&course->pools.pipes);
  fixture_close (course->fixture, &course->source);
  fixture_close (course->fixture, &course->from);
  fixture_close (course->fixture, &course->to);
  fixture_close (course->fixture, &course->target);
  g_byte_array_unref (course->arrived);
}

static void
put (PlBuffer *buffer, PlSlice text)
{
  g_assert_cmpuint (text.length, <=, pl_buffer_get_room (buffer));
  memcpy (buffer->bytes + buffer->end, text.bytes, text.length);
  buffer->end += text.length;
}

void
course_begin (Course *course, const char *head, PlRelaySetup setup)
{
  setup.pools = &course->pools;
  setup.from = &course->from.stream;
  setup.to = &course->to.stream;
  setup.input = &course->input;
  if (head != NULL)
    {
      setup.head = pl_buffer_take (&course->pools.buffers, PL_BUFFER_HEAD);
      put (setup.head, pl_slice_from_string (head));
    }
  pl_relay_init (&course->relay, &setup);
}

void
course_put_input (Course *course, PlSlice text)
{
  if (text.length == 0)
    return;
  if (course->input == NULL)
    course->input = pl_buffer_take (&course->pools.buffers, PL_BUFFER_MESSAGE);
  put (course->input, text);
}

/* The source */

void
course_send (Course *course, PlSlice text, gboolean ends)
{
  course->unsent = text;
  course->ends = ends;
}

static void
push (Course *course)
{
  PeerEnd *source = &course->source;
  gsize sent;

  while (course->unsent.length > 0
         && fixture_send (source, course->unsent.bytes, course->unsent.length, &sent) == PL_IO_DONE)
    course->unsent = pl_slice_from (course->unsent, sent);
  pl_socket_want (&source->stream.socket, course->unsent.length > 0 ? PL_READY_WRITE : 0);
  if (course->unsent.length > 0 || !course->ends)
    return;
  pl_stream_shut_write (&source->stream);
  course->ends = FALSE;
}

void
course_send_now (Course *course, PlSlice text)
{
  PlSocket *from = &course->from.stream.socket;
  gsize sent;

  g_assert_cmpint (fixture_send (&course->source, text.bytes, text.length, &sent), ==, PL_IO_DONE);
  g_assert_cmpuint (sent, ==, text.length);
  FIXTURE_WAIT (course->fixture,
                (pl_socket_want (from, PL_READY_READ), pl_socket_has (from, PL_READY_READ)));
}

/* The target */

static PlIo
collect (Course *course)
{
  char bytes[16 * 1024];
  gsize received;
  PlIo io;

  while ((io = pl_stream_receive (&course->target.stream, bytes, sizeof bytes, &received))
         == PL_IO_DONE)
    g_byte_array_append (course->arrived, (const guint8 *) bytes, received);
  pl_socket_want (&course->target.stream.socket, PL_READY_READ);
  return io;
}

void
course_finish (Course *course)
{
  pl_stream_shut_write (&course->to.stream);
  FIXTURE_WAIT (course->fixture, collect (course) != PL_IO_BLOCKED);
}

/* The relay */

PlRelayState
course_advance (Course *course)
{
  PlRelayState state;

  do
    state = pl_relay_advance (&course->relay);
  while (state == PL_RELAY_YIELDED);
  pl_socket_want (&course->from.stream.socket,
                  pl_relay_wants_to_read (&course->relay) ? PL_READY_READ : 0);
  pl_socket_want (&course->to.stream.socket,
                  pl_relay_wants_to_write (&course->relay) ? PL_READY_WRITE : 0);
  return state;
}

PlRelayState
course_step (Course *course)
{
  PlRelayState state;

  push (course);
  state = course_advance (course);
  if (!course->target_sleeps)
    collect (course);
  return state;
}

PlRelayState
course_run (Course *course)
{
  PlRelayState state;

  FIXTURE_WAIT (course->fixture, (state = course_step (course)) != PL_RELAY_RUNNING);
  return state;
}

static gsize
count_moved (const Course *course)
{
  return course->relay.body_bytes + course->arrived->len - course->unsent.length;
}

void
course_run_until_stuck (Course *course)
{
  for (guint n_idle = 0; n_idle < STUCK_TURNS; n_idle++)
    {
      gsize n_moved = count_moved (course);

      g_assert_cmpint (course_step (course), ==, PL_RELAY_RUNNING);
      if (count_moved (course) != n_moved)
        n_idle = 0;
      fixture_turn (course->fixture);
    }
}
