/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells ThreadSanitizer in which order things happen where it cannot see it: GLib is not built for
 * it, and makes its mutexes, reference counts and main contexts of atomics and futexes. Each
 * function here stands before GLib's own of that name and goes on to it. What they say is what
 * GLib documents, no more: nothing is silenced that our code does wrong. */

#include <dlfcn.h>
#include <glib.h>
#include <sanitizer/tsan_interface.h>

/* GLib defines some of them as macros too. */
#undef g_once_init_enter
#undef g_once_init_leave

#define NEXT(function)                                                                             \
  ({                                                                                               \
    static gpointer next;                                                                          \
    if (__atomic_load_n (&next, __ATOMIC_RELAXED) == NULL)                                         \
      __atomic_store_n (&next, dlsym (RTLD_NEXT, #function), __ATOMIC_RELAXED);                    \
    (__typeof__ (&function)) __atomic_load_n (&next, __ATOMIC_RELAXED);                            \
  })

/* Mutexes: what was done before an unlock has happened after the next lock. */

void
g_mutex_lock (GMutex *mutex)
{
  NEXT (g_mutex_lock) (mutex);
  __tsan_acquire (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  gboolean is_locked = NEXT (g_mutex_trylock) (mutex);

  if (is_locked)
    __tsan_acquire (mutex);
  return is_locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  __tsan_release (mutex);
  NEXT (g_mutex_unlock) (mutex);
}

/* Initialising once: done for everybody who finds it done. */

gboolean
g_once_init_enter (volatile void *location)
{
  gboolean is_ours = NEXT (g_once_init_enter) (location);

  if (!is_ours)
    __tsan_acquire ((void *) location);
  return is_ours;
}

void
g_once_init_leave (volatile void *location, gsize result)
{
  __tsan_release ((void *) location);
  NEXT (g_once_init_leave) (location, result);
}

/* Reference counts: whoever drops the last one sees what the others did with theirs. */

gboolean
g_atomic_ref_count_dec (gatomicrefcount *count)
{
  gboolean was_last;

  __tsan_release (count);
  was_last = NEXT (g_atomic_ref_count_dec) (count);
  if (was_last)
    __tsan_acquire (count);
  return was_last;
}

/* Messages to another thread's main context: what was done before sending has happened on arrival. */

typedef struct
{
  GSourceFunc func;
  gpointer data;
  GDestroyNotify notify;
} Message;

static gboolean
deliver_cb (gpointer user_data)
{
  Message *message = user_data;

  __tsan_acquire (message);
  return message->func (message->data);
}

static void
free_message (gpointer user_data)
{
  Message *message = user_data;

  __tsan_acquire (message);
  if (message->notify != NULL)
    message->notify (message->data);
  g_free (message);
}

void
g_main_context_invoke_full (GMainContext *context,
                            int priority,
                            GSourceFunc function,
                            gpointer data,
                            GDestroyNotify notify)
{
  Message *message = g_new (Message, 1);

  *message = (Message){ .func = function, .data = data, .notify = notify };
  __tsan_release (message);
  NEXT (g_main_context_invoke_full) (context, priority, deliver_cb, message, free_message);
}
