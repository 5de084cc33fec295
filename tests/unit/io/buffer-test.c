/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/buffer.c: borrowing, growing, using up. */

#include <string.h>

#include "net/io/buffer.h"

static void
put (PlBuffer *buffer, const char *text)
{
  gsize length = strlen (text);

  g_assert_cmpuint (pl_buffer_get_room (buffer), >=, length);
  memcpy (buffer->bytes + buffer->end, text, length);
  buffer->end += length;
}

static void
assert_holds (PlBuffer *buffer, const char *text)
{
  g_assert_cmpmem (pl_buffer_get_data (buffer), pl_buffer_get_length (buffer), text, strlen (text));
}

static void
test_last_given_is_next_taken (void)
{
  PlBufferPool pool = { 0 };
  PlBuffer *one = pl_buffer_take (&pool, PL_BUFFER_MESSAGE);
  PlBuffer *other = pl_buffer_take (&pool, PL_BUFFER_MESSAGE);
  PlBuffer *last = other;

  put (other, "of before");
  pl_buffer_give (&pool, &one);
  pl_buffer_give (&pool, &other);
  g_assert_null (one);
  g_assert_null (other);

  other = pl_buffer_take (&pool, PL_BUFFER_MESSAGE);
  g_assert_true (other == last);
  g_assert_cmpuint (pl_buffer_get_length (other), ==, 0);
  pl_buffer_give (&pool, &other);
  pl_buffer_give (&pool, &other);
  pl_buffer_pool_clear (&pool);
}

static void
test_sizes_are_not_mixed (void)
{
  PlBufferPool pool = { 0 };
  PlBuffer *small = pl_buffer_take (&pool, PL_BUFFER_HEAD);
  PlBuffer *large;

  pl_buffer_give (&pool, &small);
  large = pl_buffer_take (&pool, PL_BUFFER_BULK);
  g_assert_cmpint (large->size, ==, PL_BUFFER_BULK);
  /* ASan says if the room is less than promised. */
  memset (large->bytes, 'x', large->capacity);
  pl_buffer_give (&pool, &large);
  pl_buffer_pool_clear (&pool);
}

static void
test_pool_keeps_no_more_than_a_burst (void)
{
  PlBufferPool pool = { 0 };
  PlBuffer *buffers[100];

  for (guint i = 0; i < G_N_ELEMENTS (buffers); i++)
    buffers[i] = pl_buffer_take (&pool, PL_BUFFER_BULK);
  for (guint i = 0; i < G_N_ELEMENTS (buffers); i++)
    pl_buffer_give (&pool, &buffers[i]);
  g_assert_cmpuint (pool.n_free[PL_BUFFER_BULK], <, G_N_ELEMENTS (buffers));
  pl_buffer_pool_clear (&pool);
  g_assert_cmpuint (pool.n_free[PL_BUFFER_BULK], ==, 0);
}

static void
test_consume_and_compact (void)
{
  PlBufferPool pool = { 0 };
  PlBuffer *buffer = pl_buffer_take (&pool, PL_BUFFER_HEAD);

  g_assert_cmpuint (pl_buffer_get_length (NULL), ==, 0);
  put (buffer, "head and body");
  pl_buffer_consume (buffer, 5);
  assert_holds (buffer, "and body");
  g_assert_cmpuint (buffer->start, ==, 5);

  pl_buffer_compact (buffer);
  assert_holds (buffer, "and body");
  g_assert_cmpuint (buffer->start, ==, 0);

  pl_buffer_consume (buffer, 4);
  pl_buffer_consume (buffer, 4);
  g_assert_cmpuint (pl_buffer_get_room (buffer), ==, buffer->capacity);
  pl_buffer_compact (buffer);
  g_assert_cmpuint (pl_buffer_get_length (buffer), ==, 0);

  pl_buffer_give (&pool, &buffer);
  pl_buffer_pool_clear (&pool);
}

static void
test_grow_keeps_what_is_unused (void)
{
  PlBufferPool pool = { 0 };
  PlBuffer *buffer = pl_buffer_take (&pool, PL_BUFFER_HEAD);

  put (buffer, "used, unused");
  pl_buffer_consume (buffer, 6);
  g_assert_true (pl_buffer_grow (&pool, &buffer));
  g_assert_cmpint (buffer->size, ==, PL_BUFFER_MESSAGE);
  assert_holds (buffer, "unused");
  g_assert_true (pl_buffer_grow (&pool, &buffer));
  g_assert_false (pl_buffer_grow (&pool, &buffer));
  g_assert_cmpint (buffer->size, ==, PL_BUFFER_BULK);
  assert_holds (buffer, "unused");

  pl_buffer_give (&pool, &buffer);
  pl_buffer_pool_clear (&pool);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/buffer/last-given-is-next-taken", test_last_given_is_next_taken);
  g_test_add_func ("/io/buffer/sizes-are-not-mixed", test_sizes_are_not_mixed);
  g_test_add_func ("/io/buffer/pool-keeps-no-more-than-a-burst",
                   test_pool_keeps_no_more_than_a_burst);
  g_test_add_func ("/io/buffer/consume-and-compact", test_consume_and_compact);
  g_test_add_func ("/io/buffer/grow-keeps-what-is-unused", test_grow_keeps_what_is_unused);
  return g_test_run ();
}
