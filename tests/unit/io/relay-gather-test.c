/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/relay_gather.c: the sender of a long body is left to gather octets, but none of them for
 * long, and its socket is as ever again whatever becomes of the body. */

#include <string.h>
#include <sys/socket.h>

#include "tests/unit/io/course.h"

#define MEGABYTE (1024 * 1024)

static gboolean
skips (Fixture *fixture)
{
  if (fixture->platform->gather != NULL)
    return FALSE;
  g_test_skip ("nothing gathers here");
  return TRUE;
}

/* The least that the sender's socket calls readable. */
static gsize
get_low_water (Course *course)
{
  int octets = 0;
  socklen_t length = sizeof octets;

  g_assert_cmpint (
      getsockopt (course->from.stream.socket.fd, SOL_SOCKET, SO_RCVLOWAT, &octets, &length), ==, 0);
  return (gsize) octets;
}

static void
run_until_arrived (Course *course, gsize length)
{
  FIXTURE_WAIT (course->fixture, (course_step (course), course->arrived->len >= length));
  g_assert_cmpuint (course->arrived->len, ==, length);
}

/* A body of @length, of which @n_sent have come; the rest is the caller's to send. */
static char *
open_midway (Course *course, Fixture *fixture, PlBodyKind kind, gsize length, gsize n_sent)
{
  char *body = g_malloc (length);

  fixture_fill (body, length, 0);
  course_open (course, fixture);
  course_begin (course, NULL, (PlRelaySetup){ .body = { kind, length } });
  course_send (course, pl_slice (body, n_sent), FALSE);
  run_until_arrived (course, n_sent);
  return body;
}

static void
test_long_bodies_gather (Fixture *fixture, gconstpointer platform)
{
  g_autofree char *body = NULL;
  Course course;

  if (skips (fixture))
    return;
  body = open_midway (&course, fixture, PL_BODY_FIXED, 8 * MEGABYTE, 2 * MEGABYTE);
  g_assert_cmpuint (get_low_water (&course), >, 64 * 1024);
  course_send (&course, pl_slice (body + 2 * MEGABYTE, 6 * MEGABYTE), FALSE);
  g_assert_cmpint (course_run (&course), ==, PL_RELAY_DONE);
  g_assert_cmpuint (get_low_water (&course), ==, 1);
  course_finish (&course);
  fixture_assert_filled ((const char *) course.arrived->data, 8 * MEGABYTE, 0);
  course_close (&course);
}

/* Ever so little is passed on soon, and when that goes on the body is taken for a slow one; when it
 * is fast again it may gather again. */
static void
test_little_is_not_held_back (Fixture *fixture, gconstpointer platform)
{
  gsize n_sent = 2 * MEGABYTE, length = 32 * MEGABYTE;
  g_autofree char *body = NULL;
  gint64 began_us;
  Course course;

  if (skips (fixture))
    return;
  body = open_midway (&course, fixture, PL_BODY_FIXED, length, n_sent);
  began_us = g_get_monotonic_time ();
  for (guint i = 0; i < 8; i++, n_sent++)
    {
      course_send (&course, pl_slice (body + n_sent, 1), FALSE);
      run_until_arrived (&course, n_sent + 1);
    }
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (get_low_water (&course), ==, 1);

  course_send (&course, pl_slice (body + n_sent, 20 * MEGABYTE), FALSE);
  run_until_arrived (&course, n_sent + 20 * MEGABYTE);
  g_assert_cmpuint (get_low_water (&course), >, 1);
  course_close (&course);
}

static void
test_the_end_does_not_gather (Fixture *fixture, gconstpointer platform)
{
  g_autofree char *body = NULL;
  Course course;

  if (skips (fixture))
    return;
  body = open_midway (&course, fixture, PL_BODY_FIXED, 2 * MEGABYTE + 100000, 2 * MEGABYTE);
  g_assert_cmpuint (get_low_water (&course), ==, 1);
  course_close (&course);
}

static void
test_what_has_no_known_end_does_not_gather (Fixture *fixture, gconstpointer platform)
{
  g_autofree char *body = NULL;
  Course course;

  if (skips (fixture))
    return;
  body = open_midway (&course, fixture, PL_BODY_UNTIL_CLOSE, 2 * MEGABYTE, 2 * MEGABYTE);
  g_assert_cmpuint (get_low_water (&course), ==, 1);
  course_close (&course);
}

static void
test_discarded_no_longer_gathers (Fixture *fixture, gconstpointer platform)
{
  g_autofree char *body = NULL;
  Course course;

  if (skips (fixture))
    return;
  body = open_midway (&course, fixture, PL_BODY_FIXED, 8 * MEGABYTE, 2 * MEGABYTE);
  pl_relay_discard (&course.relay);
  g_assert_cmpuint (get_low_water (&course), ==, 1);
  course_send (&course, pl_slice (body + 2 * MEGABYTE, 6 * MEGABYTE), FALSE);
  g_assert_cmpint (course_run (&course), ==, PL_RELAY_DONE);
  course_close (&course);
}

static void
test_cleared_no_longer_gathers (Fixture *fixture, gconstpointer platform)
{
  g_autofree char *body = NULL;
  Course course;

  if (skips (fixture))
    return;
  body = open_midway (&course, fixture, PL_BODY_FIXED, 8 * MEGABYTE, 2 * MEGABYTE);
  pl_relay_clear (&course.relay);
  g_assert_cmpuint (get_low_water (&course), ==, 1);
  fixture_run_for (fixture, 20);
  course_close (&course);
}

int
main (int argc, char *argv[])
{
  static const FixtureTest tests[] = {
    { "long-bodies-gather", test_long_bodies_gather },
    { "little-is-not-held-back", test_little_is_not_held_back },
    { "the-end-does-not-gather", test_the_end_does_not_gather },
    { "what-has-no-known-end-does-not-gather", test_what_has_no_known_end_does_not_gather },
    { "discarded-no-longer-gathers", test_discarded_no_longer_gathers },
    { "cleared-no-longer-gathers", test_cleared_no_longer_gathers },
  };

  return fixture_run_tests (argc, argv, "relay-gather", tests, G_N_ELEMENTS (tests));
}
