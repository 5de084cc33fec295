/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/hook.h"

#include <string.h>

#include "app/acme/error.h"
#include "app/acme/problem.h"
#include "app/i18n.h"

/* Records take their time to be known, and the program is to wait for that. */
#define TIMEOUT_S 300

typedef struct
{
  GCancellable *stop;
  gboolean is_late;
  GAsyncResult *ended;
} Run;

static gboolean
late_cb (gpointer user_data)
{
  Run *run = user_data;

  run->is_late = TRUE;
  g_cancellable_cancel (run->stop);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (((Run *) user_data)->stop);
  return G_SOURCE_REMOVE;
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Run *) user_data)->ended = g_object_ref (result);
}

static gboolean
fail (GError **error, char *words)
{
  g_propagate_error (error, pl_acme_error_new (PL_ACME_ERROR_NOT_PROVEN, 0, words));
  g_free (words);
  return FALSE;
}

static char *
dup_last_line (char *text)
{
  char *last;

  g_strchomp (text);
  last = strrchr (text, '\n');
  return pl_acme_dup_quotable (last != NULL ? last + 1 : text);
}

static gboolean
fail_status (GSubprocess *process, const char *program, char *said, GError **error)
{
  g_autofree char *line = said != NULL ? dup_last_line (said) : g_strdup ("");

  if (!g_subprocess_get_if_exited (process))
    return fail (error,
                 g_strdup_printf (_ ("The DNS program “%s” crashed. Try it by hand. It said: "
                                     "“%s”"),
                                  program, line));
  return fail (error,
               g_strdup_printf (_ ("The DNS program “%s” ended with %d. Try it by hand. It said: "
                                   "“%s”"),
                                program, g_subprocess_get_exit_status (process), line));
}

static GSource *
attach (GSource *source, GSourceFunc callback, Run *run)
{
  g_source_set_callback (source, callback, run, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
wait_for (GSubprocess *process, Run *run, GCancellable *cancellable)
{
  g_autoptr (GSource) timer = attach (g_timeout_source_new_seconds (TIMEOUT_S), late_cb, run);
  g_autoptr (GSource) outer
      = attach (g_cancellable_source_new (cancellable), G_SOURCE_FUNC (cancelled_cb), run);

  g_subprocess_communicate_utf8_async (process, NULL, run->stop, ended_cb, run);
  while (run->ended == NULL)
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
  g_source_destroy (timer);
  g_source_destroy (outer);
}

/* Ends what it did not wait for. */
static gboolean
fail_waiting (GSubprocess *process,
              const Run *run,
              const char *program,
              GError *cause,
              GError **error)
{
  g_autoptr (GError) owned = cause;

  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  if (run->is_late)
    return fail (error,
                 g_strdup_printf (_ ("The DNS program “%s” had not ended after five minutes, "
                                     "and was stopped. Try it by hand."),
                                  program));
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  return fail (error, g_strdup_printf (_ ("What the DNS program “%s” wrote cannot be read: %s"),
                                       program, cause->message));
}

gboolean
pl_acme_hook_run (const char *program,
                  const char *verb,
                  const char *record,
                  const char *value,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  Run run = { .stop = stop };
  g_autofree char *said = NULL;
  GError *failure = NULL;
  gboolean is_read;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                          &cause, program, verb, record, value, NULL);

  if (process == NULL)
    return fail (error, g_strdup_printf (_ ("The DNS program “%s” cannot be started: %s"), program,
                                         cause->message));
  wait_for (process, &run, cancellable);
  is_read = g_subprocess_communicate_utf8_finish (process, run.ended, NULL, &said, &failure);
  g_object_unref (run.ended);
  if (!is_read)
    return fail_waiting (process, &run, program, failure, error);
  return g_subprocess_get_successful (process) || fail_status (process, program, said, error);
}
