/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/run.h"

/* A call that the other thread makes while this one waits: of show() or of step(). */
typedef struct
{
  const PlAcmeRun *run;
  GPtrArray *challenges;
  PlAcmeStep step;
  const char *words;
  GMutex mutex;
  GCond cond;
  gboolean is_done;
} Call;

static gboolean
call_cb (gpointer user_data)
{
  Call *call = user_data;
  const PlAcmeRun *run = call->run;

  if (call->challenges != NULL)
    run->funcs->show (call->challenges, run->funcs_data);
  else
    run->funcs->step (call->step, call->words, run->funcs_data);
  g_mutex_lock (&call->mutex);
  call->is_done = TRUE;
  g_cond_signal (&call->cond);
  g_mutex_unlock (&call->mutex);
  return G_SOURCE_REMOVE;
}

static void
make (Call *call)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_mutex_init (&call->mutex);
  g_cond_init (&call->cond);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, call_cb, call, NULL);
  g_source_attach (source, call->run->home);
  g_mutex_lock (&call->mutex);
  while (!call->is_done)
    g_cond_wait (&call->cond, &call->mutex);
  g_mutex_unlock (&call->mutex);
  g_mutex_clear (&call->mutex);
  g_cond_clear (&call->cond);
}

void
pl_acme_run_show (const PlAcmeRun *run, GPtrArray *challenges)
{
  Call call = { .run = run, .challenges = challenges };

  make (&call);
}

void
pl_acme_run_tell (const PlAcmeRun *run, PlAcmeStep step, char *words)
{
  g_autofree char *owned = words;
  Call call = { .run = run, .step = step, .words = owned };

  make (&call);
}
