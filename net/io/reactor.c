/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One GSource that holds a run queue. A turn is: learn what became ready (the platform), learn
 * what has passed (the deadlines), run every task that is queued by then. */

#include "net/io/reactor.h"

#include <string.h>

#include "net/io/deadline.h"

/* A turn collects again while it found something that somebody waited for: going back to GLib and
 * waiting costs several times what looking does. Not when a task has put itself off to the next
 * turn, which looks anyway, nor when somebody waits for another source of the thread; and bounded,
 * so that those get their turns in any case. */
#define MAX_ROUNDS 16

typedef struct
{
  GSource source;
  PlReactor *reactor;
} ReactorSource;

static void
append (GQueue *queue, PlTask *task)
{
  if (task->queue != NULL)
    return;
  task->queue = queue;
  task->link.data = task;
  g_queue_push_tail_link (queue, &task->link);
}

void
pl_reactor_queue (PlReactor *reactor, PlTask *task)
{
  append (&reactor->now, task);
}

void
pl_reactor_queue_later (PlReactor *reactor, PlTask *task)
{
  append (&reactor->later, task);
}

void
pl_reactor_cancel (PlReactor *reactor, PlTask *task)
{
  if (task->queue == NULL)
    return;
  g_queue_unlink (task->queue, &task->link);
  task->queue = NULL;
}

/* Returns how many there were. */
static guint
run_queued_tasks (PlReactor *reactor)
{
  guint n_run = 0;
  GList *link;

  while ((link = g_queue_pop_head_link (&reactor->now)) != NULL)
    {
      PlTask *task = link->data;

      task->queue = NULL;
      task->run (task);
      n_run++;
    }
  return n_run;
}

static void
bring_later_tasks_forward (PlReactor *reactor)
{
  GList *link;

  while ((link = g_queue_pop_head_link (&reactor->later)) != NULL)
    {
      PlTask *task = link->data;

      task->queue = NULL;
      append (&reactor->now, task);
    }
}

static void
read_clocks (PlReactor *reactor)
{
  reactor->now_us = g_get_monotonic_time ();
  reactor->wall_us = g_get_real_time ();
}

static int
get_milliseconds_to_sleep (PlReactor *reactor)
{
  gint64 next_us = pl_deadlines_get_next_us (reactor);

  if (next_us < 0)
    return -1;
  /* Rounded up: waking a little early would spin until the deadline is really there. */
  return (int) CLAMP ((next_us - g_get_monotonic_time () + 999) / 1000, 0, G_MAXINT);
}

/* The reactor whose context is about to wait on this thread: a GPollFunc is told nothing of its
 * context. */
static _Thread_local PlReactor *waiting_reactor;

static int
wait_for_descriptors (GPollFD *fds, guint n_fds, int timeout_ms)
{
  PlReactor *reactor = waiting_reactor;
  int n_ready = 0;

  if (reactor == NULL || !reactor->platform->wait (reactor, fds, n_fds, timeout_ms))
    return g_poll (fds, n_fds, timeout_ms);
  for (guint i = 0; i < n_fds; i++)
    n_ready += fds[i].revents != 0;
  return n_ready;
}

static gboolean
reactor_prepare (GSource *source, int *timeout_ms)
{
  PlReactor *reactor = ((ReactorSource *) source)->reactor;

  waiting_reactor = reactor;
  if (!g_queue_is_empty (&reactor->now) || !g_queue_is_empty (&reactor->later))
    {
      *timeout_ms = 0;
      return TRUE;
    }
  *timeout_ms = get_milliseconds_to_sleep (reactor);
  return FALSE;
}

/* Always: that poll(2) has returned is news enough, and finding nothing costs little. */
static gboolean
reactor_check (GSource *source)
{
  return TRUE;
}

static gboolean
may_go_on (PlReactor *reactor)
{
  return g_queue_is_empty (&reactor->later) && g_atomic_int_get (&reactor->n_interrupts) == 0;
}

static gboolean
reactor_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  PlReactor *reactor = ((ReactorSource *) source)->reactor;
  guint n_ready, n_run, rounds = 0;

  bring_later_tasks_forward (reactor);
  do
    {
      read_clocks (reactor);
      n_ready = reactor->platform->collect (reactor);
      pl_deadlines_expire (reactor);
      n_run = run_queued_tasks (reactor);
    }
  while (n_ready > 0 && n_run > 0 && may_go_on (reactor) && ++rounds < MAX_ROUNDS);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs reactor_source_funcs = {
  .prepare = reactor_prepare,
  .check = reactor_check,
  .dispatch = reactor_dispatch,
};

PlReactor *
pl_reactor_new (GMainContext *context, const PlPlatform *platform, GError **error)
{
  PlReactor *reactor = g_new0 (PlReactor, 1);

  reactor->platform = platform;
  reactor->context = g_main_context_ref (context);
  reactor->deadline_lists = g_ptr_array_new ();
  reactor->source = g_source_new (&reactor_source_funcs, sizeof (ReactorSource));
  ((ReactorSource *) reactor->source)->reactor = reactor;
  g_source_set_static_name (reactor->source, "porchlight reactor");
  /* Without this GLib takes the poll record out and in again around each dispatch, which costs
   * a write to its wake-up descriptor and a second poll every turn. */
  g_source_set_can_recurse (reactor->source, TRUE);
  read_clocks (reactor);

  if (!platform->start (reactor, error))
    {
      pl_reactor_free (reactor);
      return NULL;
    }
  if (platform->wait != NULL)
    g_main_context_set_poll_func (context, wait_for_descriptors);
  g_source_attach (reactor->source, context);
  return reactor;
}

void
pl_reactor_free (PlReactor *reactor)
{
  g_main_context_set_poll_func (reactor->context, NULL);
  if (waiting_reactor == reactor)
    waiting_reactor = NULL;
  g_source_destroy (reactor->source);
  g_source_unref (reactor->source);
  reactor->platform->stop (reactor);
  pl_deadlines_free_lists (reactor);
  g_main_context_unref (reactor->context);
  g_free (reactor);
}

void
pl_reactor_interrupt (PlReactor *reactor)
{
  g_atomic_int_inc (&reactor->n_interrupts);
}

void
pl_reactor_resume (PlReactor *reactor)
{
  g_atomic_int_add (&reactor->n_interrupts, -1);
}

/* Not strftime(): the names of days and months must not follow the user's language. */
static void
write_date (gint64 wall_s, char *date, gsize capacity)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[]
      = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (wall_s);

  g_snprintf (date, capacity, "%s, %02d %s %04d %02d:%02d:%02d GMT",
              days[g_date_time_get_day_of_week (time) - 1], g_date_time_get_day_of_month (time),
              months[g_date_time_get_month (time) - 1], g_date_time_get_year (time),
              g_date_time_get_hour (time), g_date_time_get_minute (time),
              g_date_time_get_second (time));
}

const char *
pl_reactor_get_date (PlReactor *reactor)
{
  gint64 wall_s = reactor->wall_us / G_USEC_PER_SEC;

  if (reactor->date_s != wall_s)
    {
      reactor->date_s = wall_s;
      write_date (wall_s, reactor->date, sizeof reactor->date);
    }
  return reactor->date;
}
