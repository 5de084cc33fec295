/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One lock for all: whoever holds it does nothing but move pointers. A thread that is held by a
 * write when the program ends is left to its end. */

#include "app/log/spool.h"

#include <errno.h>
#include <string.h>

#include "app/system/descriptor.h"

/* How soon a thread that waits for room looks whether anybody still wants the lines written. */
#define LOOK_UP_MS 500

/* For how long a new one lets that go first whose place it has taken. */
#define PREDECESSOR_MS 1000

/**
 * PlSpool:
 * @waiting: of GBytes; the first may be under way
 * @n_bytes: of all that waits
 * @is_released: nobody puts anything any more; the thread frees it
 * @before: (nullable): perhaps freed; only for looking whether it is among @all
 * @is_line_open: the last write broke off within a line; the thread's own
 * @context: where @func is called
 * @news: (nullable): attached; it will call @func
 */
struct _PlSpool
{
  int descriptor;
  GQueue waiting;
  gsize n_bytes;
  gboolean is_released;
  gboolean is_line_open;
  PlSpoolStatus status;
  const PlSpool *before;

  GMainContext *context;
  PlSpoolFunc func;
  gpointer user_data;
  GSource *news;
};

static GMutex lock;
static GCond changed;
static GPtrArray *all; /* of PlSpool; made with the first */

static guint
count_lines (const char *bytes, gsize length)
{
  guint n_lines = 0;

  for (gsize i = 0; i < length; i++)
    n_lines += bytes[i] == '\n';
  return n_lines;
}

/* Telling */

static gboolean
tell_cb (gpointer user_data)
{
  PlSpool *spool = user_data;

  g_mutex_lock (&lock);
  g_clear_pointer (&spool->news, g_source_unref);
  PlSpoolStatus status = spool->status;
  if (status.state == PL_SPOOL_WELL)
    spool->status.n_lost = 0;
  g_mutex_unlock (&lock);

  if (spool->func != NULL)
    spool->func (&status, spool->user_data);
  return G_SOURCE_REMOVE;
}

/* Under the lock. */
static void
change_state (PlSpool *spool, PlSpoolState state)
{
  if (spool->status.state == state)
    return;
  spool->status.state = state;
  if (spool->news != NULL || spool->is_released)
    return;
  spool->news = g_idle_source_new ();
  g_source_set_priority (spool->news, G_PRIORITY_DEFAULT);
  g_source_set_callback (spool->news, tell_cb, spool, NULL);
  g_source_attach (spool->news, spool->context);
}

/* The thread */

/* Returns: whether it is still worth waiting for a reader */
static gboolean
is_wanted (PlSpool *spool)
{
  g_mutex_lock (&lock);
  gboolean is_wanted = !spool->is_released;
  g_mutex_unlock (&lock);
  return is_wanted;
}

/* Returns: how much was written; less than @length: errno says why not more */
static gsize
write_all (PlSpool *spool, const char *bytes, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      gsize written
          = pl_descriptor_write (spool->descriptor, bytes + done, length - done, LOOK_UP_MS);
      if (written == 0 && (errno != EAGAIN || !is_wanted (spool)))
        break;
      done += written;
    }
  return done;
}

/* Returns: how much of @lines was written */
static gsize
write_lines (PlSpool *spool, const char *lines, gsize length)
{
  if (spool->is_line_open && write_all (spool, "\n", 1) == 0)
    return 0;
  spool->is_line_open = FALSE;

  gsize done = write_all (spool, lines, length);
  spool->is_line_open = done > 0 && done < length && lines[done - 1] != '\n';
  return done;
}

/* Under the lock. */
static void
note_loss (PlSpool *spool, const char *lines, gsize length, int failure)
{
  spool->status.failure = failure;
  spool->status.n_lost += count_lines (lines, length);
  change_state (spool, PL_SPOOL_FAILING);
}

/* Under the lock, which is let go of while it is written. */
static void
write_next (PlSpool *spool)
{
  gsize length;
  const char *lines = g_bytes_get_data (g_queue_peek_head (&spool->waiting), &length);

  g_mutex_unlock (&lock);
  gsize done = write_lines (spool, lines, length);
  int failure = errno;
  g_mutex_lock (&lock);

  spool->n_bytes -= length;
  if (done < length)
    note_loss (spool, lines + done, length - done, failure);
  else if (spool->status.state == PL_SPOOL_FAILING || spool->n_bytes < PL_SPOOL_MOST_BYTES / 2)
    change_state (spool, PL_SPOOL_WELL);
  g_bytes_unref (g_queue_pop_head (&spool->waiting));
}

/* Under the lock. Both may write the same file. */
static void
await_predecessor (const PlSpool *spool)
{
  gint64 until_us = g_get_monotonic_time () + PREDECESSOR_MS * G_TIME_SPAN_MILLISECOND;

  while (g_ptr_array_find (all, spool->before, NULL)
         && g_cond_wait_until (&changed, &lock, until_us))
    continue;
}

static gpointer
spool_thread (gpointer user_data)
{
  PlSpool *spool = user_data;

  g_mutex_lock (&lock);
  await_predecessor (spool);
  for (;;)
    {
      while (g_queue_is_empty (&spool->waiting) && !spool->is_released)
        g_cond_wait (&changed, &lock);
      if (g_queue_is_empty (&spool->waiting))
        break;
      write_next (spool);
      g_cond_broadcast (&changed);
    }
  g_ptr_array_remove_fast (all, spool);
  g_cond_broadcast (&changed);
  g_mutex_unlock (&lock);

  pl_descriptor_close (spool->descriptor);
  g_main_context_unref (spool->context);
  g_free (spool);
  return NULL;
}

/* Public functions */

PlSpool *
pl_spool_new (int descriptor, const PlSpool *before)
{
  PlSpool *spool = g_new0 (PlSpool, 1);

  spool->descriptor = descriptor;
  spool->context = g_main_context_ref_thread_default ();
  g_mutex_lock (&lock);
  if (before != NULL)
    {
      spool->status = before->status;
      spool->before = before;
    }
  if (all == NULL)
    all = g_ptr_array_new ();
  g_ptr_array_add (all, spool);
  g_mutex_unlock (&lock);
  g_thread_unref (g_thread_new ("lines", spool_thread, spool));
  return spool;
}

PlSpool *
pl_spool_get_standard (int descriptor)
{
  static PlSpool *output;
  static PlSpool *error;

  if (output == NULL)
    {
      output = pl_spool_new (PL_DESCRIPTOR_STANDARD_OUTPUT, NULL);
      error = pl_descriptor_is_same (PL_DESCRIPTOR_STANDARD_OUTPUT, PL_DESCRIPTOR_STANDARD_ERROR)
                  ? output
                  : pl_spool_new (PL_DESCRIPTOR_STANDARD_ERROR, NULL);
    }
  return descriptor == PL_DESCRIPTOR_STANDARD_ERROR ? error : output;
}

void
pl_spool_watch (PlSpool *spool, PlSpoolFunc func, gpointer user_data)
{
  spool->func = func;
  spool->user_data = user_data;
}

gboolean
pl_spool_put (PlSpool *spool, const char *lines, gsize length)
{
  g_mutex_lock (&lock);
  gboolean is_taken = spool->n_bytes + length <= PL_SPOOL_MOST_BYTES;
  if (is_taken)
    {
      g_queue_push_tail (&spool->waiting, g_bytes_new (lines, length));
      spool->n_bytes += length;
      g_cond_broadcast (&changed);
    }
  else
    {
      spool->status.n_lost += count_lines (lines, length);
      change_state (spool, PL_SPOOL_FULL);
    }
  g_mutex_unlock (&lock);
  return is_taken;
}

void
pl_spool_release (PlSpool *spool)
{
  g_mutex_lock (&lock);
  if (spool->news != NULL)
    g_source_destroy (spool->news);
  g_clear_pointer (&spool->news, g_source_unref);
  spool->is_released = TRUE;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&lock);
}

/* Under the lock. */
static gboolean
is_settled (void)
{
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      PlSpool *spool = g_ptr_array_index (all, i);
      if (spool->is_released || !g_queue_is_empty (&spool->waiting))
        return FALSE;
    }
  return TRUE;
}

void
pl_spool_settle_all (guint patience_ms)
{
  gint64 until_us = g_get_monotonic_time () + patience_ms * G_TIME_SPAN_MILLISECOND;

  g_mutex_lock (&lock);
  while (!is_settled () && g_cond_wait_until (&changed, &lock, until_us))
    continue;
  g_mutex_unlock (&lock);
}
