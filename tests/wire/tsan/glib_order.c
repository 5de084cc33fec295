/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells ThreadSanitizer of the order GLib makes. The GLib of a distribution is not built with it
 * and locks by futex, so that its mutexes, reference counts and calls between main contexts and to
 * pools of threads are invisible: whatever they protect would be reported. Preloaded into a program
 * under test. */

#include <dlfcn.h>
#include <gio/gio.h>

#undef g_atomic_ref_count_dec
#undef g_once_init_enter
#undef g_once_init_leave

void __tsan_acquire (void *address);
void __tsan_release (void *address);

/* The function of the library behind this one. */
#define REAL(name) ((__typeof__ (&name)) real (#name))

static void *
real (const char *name)
{
  void *function = dlsym (RTLD_NEXT, name);

  if (function == NULL)
    __builtin_trap ();
  return function;
}

void
g_mutex_lock (GMutex *mutex)
{
  static __typeof__ (&g_mutex_lock) lock;

  if (lock == NULL)
    lock = REAL (g_mutex_lock);
  lock (mutex);
  __tsan_acquire (mutex);
}

void
g_mutex_unlock (GMutex *mutex)
{
  static __typeof__ (&g_mutex_unlock) unlock;

  if (unlock == NULL)
    unlock = REAL (g_mutex_unlock);
  __tsan_release (mutex);
  unlock (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  static __typeof__ (&g_cond_wait) wait;

  if (wait == NULL)
    wait = REAL (g_cond_wait);
  __tsan_release (mutex);
  wait (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  static __typeof__ (&g_cond_wait_until) wait;
  gboolean is_told;

  if (wait == NULL)
    wait = REAL (g_cond_wait_until);
  __tsan_release (mutex);
  is_told = wait (cond, mutex, end_time);
  __tsan_acquire (mutex);
  return is_told;
}

gboolean (g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  gboolean is_last;

  __tsan_release (count);
  is_last = g_atomic_int_dec_and_test (count);
  if (is_last)
    __tsan_acquire (count);
  return is_last;
}

gboolean (g_once_init_enter) (volatile void *location)
{
  static __typeof__ (&g_once_init_enter) enter;
  gboolean is_first;

  if (enter == NULL)
    enter = REAL (g_once_init_enter);
  is_first = enter (location);
  __tsan_acquire ((void *) location);
  return is_first;
}

void (g_once_init_leave) (volatile void *location, gsize result)
{
  static __typeof__ (&g_once_init_leave) leave;

  if (leave == NULL)
    leave = REAL (g_once_init_leave);
  __tsan_release ((void *) location);
  leave (location, result);
}

/* A call that goes to another thread's main context. */
typedef struct
{
  GSourceFunc func;
  gpointer data;
  GDestroyNotify notify;
} Call;

static gboolean
deliver_cb (gpointer user_data)
{
  Call *call = user_data;

  __tsan_acquire (call);
  return call->func (call->data);
}

static void
free_call (gpointer user_data)
{
  Call *call = user_data;

  __tsan_acquire (call);
  if (call->notify != NULL)
    call->notify (call->data);
  g_free (call);
}

void
g_main_context_invoke_full (GMainContext *context,
                            int priority,
                            GSourceFunc func,
                            gpointer data,
                            GDestroyNotify notify)
{
  Call *call = g_new (Call, 1);

  *call = (Call){ func, data, notify };
  __tsan_release (call);
  REAL (g_main_context_invoke_full) (context, priority, deliver_cb, call, free_call);
}

/* What a task was given comes to its thread by a queue, whose locks are the library's own. */
#define TASK_FUNCTION "glib-order-function"

static void
run_task (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GTaskThreadFunc function;

  __tsan_acquire (task);
  function = (GTaskThreadFunc) g_object_get_data (G_OBJECT (task), TASK_FUNCTION);
  function (task, source, task_data, cancellable);
}

void
g_task_run_in_thread (GTask *task, GTaskThreadFunc function)
{
  g_object_set_data (G_OBJECT (task), TASK_FUNCTION, (gpointer) function);
  __tsan_release (task);
  REAL (g_task_run_in_thread) (task, run_task);
}

/* A pool of threads: what is put into it, and that all has been done when it ends. Of those that
 * are made by g_thread_pool_new(); this is never freed, as threads may be at its end. */
typedef struct
{
  GFunc func;
  gpointer user_data;
} PoolWork;

static void
do_pool_work (gpointer data, gpointer user_data)
{
  PoolWork *work = user_data;

  __tsan_acquire (work);
  work->func (data, work->user_data);
  __tsan_release (work);
}

GThreadPool *
g_thread_pool_new (GFunc func,
                   gpointer user_data,
                   int max_threads,
                   gboolean exclusive,
                   GError **error)
{
  PoolWork *work = g_new (PoolWork, 1);

  *work = (PoolWork){ func, user_data };
  return REAL (g_thread_pool_new) (do_pool_work, work, max_threads, exclusive, error);
}

gboolean
g_thread_pool_push (GThreadPool *pool, gpointer data, GError **error)
{
  __tsan_release (pool->user_data);
  return REAL (g_thread_pool_push) (pool, data, error);
}

void
g_thread_pool_free (GThreadPool *pool, gboolean immediate, gboolean wait)
{
  gpointer work = pool->user_data;

  REAL (g_thread_pool_free) (pool, immediate, wait);
  if (wait)
    __tsan_acquire (work);
}
