/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows tells a program with a console of Ctrl+C, and that the console is closed or the session
 * ends: on a thread of its own. Other programs ask by setting one of the events
 * `Local\Porchlight-PROCESS-end` and `Local\Porchlight-PROCESS-reload`, PROCESS being its number.
 */

#include "app/system/signals.h"

#include <windows.h>

#include "app/system/terminal.h"

/* A console that was closed waits 5 s for its programs: for so long requests may go on, then the
 * end is asked for once more. */
#define LAST_MS 3000

/* There is no word of a console that has another width. */
#define RESIZE_MS 1000

typedef struct
{
  GSource source;
  GPollFD event; /* a HANDLE, which is the source's */
} EventSource;

static HANDLE end_event;

/* A program whose handler returns is ended, so it does not: the main thread ends the program. */
static BOOL WINAPI
control_cb (DWORD kind)
{
  SetEvent (end_event);
  if (kind == CTRL_C_EVENT || kind == CTRL_BREAK_EVENT)
    return TRUE;
  Sleep (LAST_MS);
  SetEvent (end_event);
  Sleep (INFINITE);
  return TRUE;
}

static gboolean
event_prepare (GSource *source, int *timeout_ms)
{
  *timeout_ms = -1;
  return FALSE;
}

static gboolean
event_check (GSource *source)
{
  EventSource *event = (EventSource *) source;
  return (event->event.revents & G_IO_IN) != 0;
}

static gboolean
event_dispatch (GSource *source, GSourceFunc func, gpointer user_data)
{
  EventSource *event = (EventSource *) source;
  HANDLE handle = (HANDLE) event->event.fd;

  ResetEvent (handle);
  if (func (user_data))
    return G_SOURCE_CONTINUE;
  if (handle == end_event)
    SetConsoleCtrlHandler (control_cb, FALSE);
  return G_SOURCE_REMOVE;
}

static GSourceFuncs event_funcs = {
  .prepare = event_prepare,
  .check = event_check,
  .dispatch = event_dispatch,
};

/* Returns: (nullable): NULL where the system has no more of them */
static HANDLE
listen_to (const char *what, GSourceFunc func, gpointer user_data)
{
  g_autofree char *name
      = g_strdup_printf ("Local\\Porchlight-%lu-%s", GetCurrentProcessId (), what);
  g_autofree wchar_t *wide = (wchar_t *) g_utf8_to_utf16 (name, -1, NULL, NULL, NULL);
  HANDLE handle = CreateEventW (NULL, TRUE, FALSE, wide);

  if (handle == NULL)
    return NULL;
  GSource *source = g_source_new (&event_funcs, sizeof (EventSource));
  EventSource *event = (EventSource *) source;
  event->event = (GPollFD){ (gint64) (gintptr) handle, G_IO_IN, 0 };
  g_source_add_poll (source, &event->event);
  g_source_set_callback (source, func, user_data, NULL);
  g_source_attach (source, NULL);
  g_source_unref (source);
  return handle;
}

void
pl_signals_listen (const PlSignals *signals, gpointer user_data)
{
  end_event = listen_to ("end", signals->end, user_data);
  if (end_event != NULL)
    SetConsoleCtrlHandler (control_cb, TRUE);
  if (signals->reload != NULL)
    listen_to ("reload", signals->reload, user_data);
  if (signals->resize != NULL && pl_terminal_look ().is_interactive)
    g_timeout_add (RESIZE_MS, signals->resize, user_data);
}
