/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/upstream/timer.h"

typedef struct
{
  GSourceOnceFunc func;
  gpointer user_data;
} Timer;

static gboolean
on_passed (gpointer user_data)
{
  Timer *timer = user_data;

  timer->func (timer->user_data);
  return G_SOURCE_REMOVE;
}

GSource *
pl_timer_start (guint delay_ms, GSourceOnceFunc func, gpointer user_data)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  GSource *source = g_timeout_source_new (delay_ms);
  Timer *timer = g_new (Timer, 1);

  *timer = (Timer){ .func = func, .user_data = user_data };
  g_source_set_callback (source, on_passed, timer, g_free);
  g_source_attach (source, context);
  return source;
}

void
pl_timer_stop (GSource **timer)
{
  if (*timer == NULL)
    return;
  g_source_destroy (*timer);
  g_clear_pointer (timer, g_source_unref);
}
