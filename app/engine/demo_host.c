/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo waits for a thread of its own to come up, so it is made on another one than ours. */

#include "app/engine/demo_host.h"

#include "app/demo/demo.h"

/**
 * PlDemoHost:
 * @demo: (nullable): while it is ready
 * @starting: (nullable): while it starts; cancelled when it is no longer wanted
 */
struct _PlDemoHost
{
  PlDemoState state;
  PlDemo *demo;
  GCancellable *starting;
  PlDemoHostFunc on_started;
  gpointer user_data;
};

PlDemoHost *
pl_demo_host_new (PlDemoHostFunc on_started, gpointer user_data)
{
  PlDemoHost *host = g_new0 (PlDemoHost, 1);

  host->on_started = on_started;
  host->user_data = user_data;
  return host;
}

static void
end (PlDemoHost *host)
{
  if (host->starting != NULL)
    g_cancellable_cancel (host->starting);
  g_clear_object (&host->starting);
  g_clear_pointer (&host->demo, pl_demo_free);
  host->state = PL_DEMO_OFF;
}

void
pl_demo_host_free (PlDemoHost *host)
{
  end (host);
  g_free (host);
}

static void
start_task_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  PlDemo *demo = pl_demo_new (PL_DEMO_ERA_NOW, 0, &error);

  if (demo != NULL)
    g_task_return_pointer (task, demo, (GDestroyNotify) pl_demo_free);
  else
    g_task_return_error (task, error);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlDemoHost *host = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlDemo) demo = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the host may be gone, too */
  g_clear_object (&host->starting);
  host->demo = g_steal_pointer (&demo);
  host->state = host->demo != NULL ? PL_DEMO_READY : PL_DEMO_FAILED;
  host->on_started (error, host->user_data);
}

static void
start (PlDemoHost *host)
{
  g_autoptr (GTask) task = NULL;

  host->state = PL_DEMO_STARTING;
  host->starting = g_cancellable_new ();
  task = g_task_new (NULL, host->starting, started_cb, host);
  g_task_run_in_thread (task, start_task_cb);
}

void
pl_demo_host_set_wanted (PlDemoHost *host, gboolean is_wanted)
{
  if (!is_wanted)
    end (host);
  else if (host->state == PL_DEMO_OFF || host->state == PL_DEMO_FAILED)
    start (host);
}

PlDemoState
pl_demo_host_get_state (const PlDemoHost *host)
{
  return host->state;
}

const char *
pl_demo_host_get_url (const PlDemoHost *host)
{
  return host->demo != NULL ? pl_demo_get_url (host->demo) : NULL;
}
