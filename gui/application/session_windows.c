/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows tells this to windows alone, and ends the process as soon as the answer to the last
 * message is given. So a window that nobody sees, on a thread of its own, hears of it and answers
 * when the program is through; GTK's thread could not: it is in the middle of looking for messages
 * when it hears of such a thing, and its main loop does not go on before it has answered. */

#include "gui/application/session.h"

#include <windows.h>

#define CLASS_NAME L"PorchlightSession"

/* Windows itself waits for 5 s before it says that the program does not answer. */
#define PATIENCE_MS 4800

/* Counted: the thread has one, and so has each call that is on its way. */
struct _PlSession
{
  GSourceOnceFunc ends; /* of the main thread; NULL once it is freed */
  gpointer user_data;

  GThread *thread;
  HWND window; /* set before the thread says that it is there */
  HANDLE there;
  gint is_ending; /* atomic */
};

static void
clear (gpointer data)
{
  CloseHandle (((PlSession *) data)->there);
}

static void
unref (gpointer session)
{
  g_atomic_rc_box_release_full (session, clear);
}

static gboolean
ends_cb (gpointer data)
{
  PlSession *session = data;

  if (session->ends != NULL)
    session->ends (session->user_data);
  return G_SOURCE_REMOVE;
}

/* What this waits for is the end of the process, and with it of this thread. */
static void
end (PlSession *session)
{
  g_atomic_int_set (&session->is_ending, TRUE);
  g_idle_add_full (G_PRIORITY_DEFAULT, ends_cb, g_atomic_rc_box_acquire (session), unref);
  Sleep (PATIENCE_MS);
}

static LRESULT CALLBACK
window_procedure (HWND window, UINT message, WPARAM wide, LPARAM parameter)
{
  PlSession *session = (PlSession *) GetWindowLongPtrW (window, GWLP_USERDATA);

  if (message == WM_QUERYENDSESSION)
    return TRUE;
  if (session != NULL && message == WM_ENDSESSION && wide)
    end (session);
  else if (message == WM_DESTROY)
    PostQuitMessage (0);
  return DefWindowProcW (window, message, wide, parameter);
}

/* Not one for messages alone, to which nothing is broadcast. */
static HWND
new_window (PlSession *session)
{
  WNDCLASSEXW class = { .cbSize = sizeof class };

  class.lpfnWndProc = window_procedure;
  class.hInstance = GetModuleHandleW (NULL);
  class.lpszClassName = CLASS_NAME;
  RegisterClassExW (&class);

  HWND window = CreateWindowExW (WS_EX_TOOLWINDOW, CLASS_NAME, L"Porchlight", WS_POPUP, 0, 0, 0, 0,
                                 NULL, NULL, class.hInstance, NULL);
  SetWindowLongPtrW (window, GWLP_USERDATA, (LONG_PTR) session);
  return window;
}

static gpointer
listen_thread (gpointer data)
{
  PlSession *session = data;
  MSG message;

  session->window = new_window (session);
  SetEvent (session->there);
  while (GetMessageW (&message, NULL, 0, 0) > 0)
    DispatchMessageW (&message);
  unref (session);
  return NULL;
}

PlSession *
pl_session_watch (GSourceOnceFunc ends, gpointer user_data)
{
  PlSession *session = g_atomic_rc_box_new0 (PlSession);

  session->ends = ends;
  session->user_data = user_data;
  session->there = CreateEventW (NULL, TRUE, FALSE, NULL);
  session->thread = g_thread_new ("session", listen_thread, g_atomic_rc_box_acquire (session));
  WaitForSingleObject (session->there, INFINITE);
  return session;
}

void
pl_session_free (PlSession *session)
{
  session->ends = NULL;
  PostMessageW (session->window, WM_CLOSE, 0, 0);
  if (g_atomic_int_get (&session->is_ending))
    g_thread_unref (session->thread);
  else
    g_thread_join (session->thread);
  unref (session);
}
