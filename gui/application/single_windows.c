/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one that runs owns a mutex, of which there is one for each session of a user, and has a
 * window that nobody sees. A second start sends that window what it is asked for, and waits for the
 * answer at a window of its own; or it gets the mutex, when the first one has ended, in whatever
 * way, and is the one itself. */

#include "gui/application/single.h"

#include <windows.h>

#include "app/i18n.h"
#include "gui/application/command_line.h"
#include "gui/application/handed_line.h"

#define MUTEX_NAME  L"Local\\Porchlight"
#define FIRST_CLASS L"PorchlightFirst"
#define LATER_CLASS L"PorchlightLater"

/* What WM_COPYDATA carries: anybody may send some. */
#define OPTIONS_MARK 0x504c0001
#define ANSWER_MARK  0x504c0002
#define MOST_OCTETS  (64 * 1024)

/* For a program that has the mutex, and no window yet or no more. */
#define RETRY_MS   50
#define PATIENCE_S 15

/* Windows takes a program for hung that looks at no message for 5 s. */
#define SEND_MS 6000

/* Who sent a command line waits for nothing else. */
#define ANSWER_MS 1000

/* Where GLib looks for a session bus first. */
#define BUS_VARIABLE "DBUS_SESSION_BUS_ADDRESS"

struct _PlSingle
{
  GApplication *application;
  HANDLE mutex; /* nullable: not joined, or of another user's rights */
  HWND window;  /* of the one that runs */
  gboolean is_mine;
};

/* Answer: what the window of a second start waits for; status: -1: nothing came yet */
typedef struct
{
  int status;
  char *words;
} Answer;

/* Messages */

static gboolean
send (HWND window, HWND sender, ULONG_PTR mark, GVariant *value, UINT timeout_ms)
{
  COPYDATASTRUCT data = { mark, (DWORD) g_variant_get_size (value), NULL };
  DWORD_PTR taken = FALSE;

  data.lpData = (void *) g_variant_get_data (value);
  return SendMessageTimeoutW (window, WM_COPYDATA, (WPARAM) sender, (LPARAM) &data,
                              SMTO_ABORTIFHUNG, timeout_ms, &taken)
             != 0
         && taken;
}

/* A copy, which is what its type says whatever was sent. */
static GVariant *
dup_sent (LPARAM parameter, ULONG_PTR mark, const GVariantType *type)
{
  const COPYDATASTRUCT *data = (const COPYDATASTRUCT *) parameter;

  if (data->dwData != mark || data->cbData > MOST_OCTETS)
    return NULL;
  g_autoptr (GBytes) octets = g_bytes_new (data->lpData, data->cbData);
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_from_bytes (type, octets, FALSE));
  return g_variant_get_normal_form (value);
}

static HWND
new_window (const wchar_t *name, WNDPROC procedure, gpointer data)
{
  WNDCLASSEXW class = { .cbSize = sizeof class };

  class.lpfnWndProc = procedure;
  class.hInstance = GetModuleHandleW (NULL);
  class.lpszClassName = name;
  RegisterClassExW (&class);

  HWND window
      = CreateWindowExW (0, name, NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, class.hInstance, NULL);
  SetWindowLongPtrW (window, GWLP_USERDATA, (LONG_PTR) data);
  return window;
}

/* The one that runs */

/* Request: a command line until its turn in the main loop, and then its sender */
typedef struct
{
  GApplication *application;
  GVariant *options;
  HWND sender;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_variant_unref (request->options);
  g_object_unref (request->application);
  g_free (request);
}

static void
answer_cb (int status, const char *words, gpointer sender)
{
  g_autoptr (GVariant) answer = g_variant_ref_sink (g_variant_new ("(is)", status, words));

  send (sender, NULL, ANSWER_MARK, answer, ANSWER_MS);
}

static gboolean
request_cb (gpointer data)
{
  Request *request = data;
  g_autoptr (GApplicationCommandLine) line
      = pl_handed_line_new (request->options, answer_cb, request->sender);
  int status = 0;

  g_signal_emit_by_name (request->application, "command-line", line, &status);
  g_application_command_line_set_exit_status (line, status);
  return G_SOURCE_REMOVE;
}

/* It comes in the middle of anything that looks for messages, while the sender stands still: what
 * is asked for waits its turn. */
static LRESULT CALLBACK
first_procedure (HWND window, UINT message, WPARAM wide, LPARAM parameter)
{
  PlSingle *single = (PlSingle *) GetWindowLongPtrW (window, GWLP_USERDATA);

  if (message != WM_COPYDATA || single == NULL)
    return DefWindowProcW (window, message, wide, parameter);

  GVariant *options = dup_sent (parameter, OPTIONS_MARK, G_VARIANT_TYPE_VARDICT);
  if (options == NULL)
    return FALSE;
  Request *request = g_new0 (Request, 1);
  request->application = g_object_ref (single->application);
  request->options = options;
  request->sender = (HWND) wide;
  g_idle_add_full (G_PRIORITY_DEFAULT, request_cb, request, request_free);
  return TRUE;
}

/* To register is to look for a session bus. Another program may have brought one along; with that
 * one's end, GLib would end this program, too. */
static void
register_without_bus (GApplication *application)
{
  g_autofree char *bus = g_strdup (g_getenv (BUS_VARIABLE));

  g_setenv (BUS_VARIABLE, "disabled:", TRUE);
  g_application_set_flags (application,
                           g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  g_application_register (application, NULL, NULL);
  if (bus != NULL)
    g_setenv (BUS_VARIABLE, bus, TRUE);
  else
    g_unsetenv (BUS_VARIABLE);
}

static int
stay (PlSingle *single)
{
  single->is_mine = TRUE;
  single->window = new_window (FIRST_CLASS, first_procedure, single);
  register_without_bus (single->application);
  return -1;
}

/* A second start */

static LRESULT CALLBACK
later_procedure (HWND window, UINT message, WPARAM wide, LPARAM parameter)
{
  Answer *answer = (Answer *) GetWindowLongPtrW (window, GWLP_USERDATA);

  if (message != WM_COPYDATA || answer == NULL || answer->status >= 0)
    return DefWindowProcW (window, message, wide, parameter);

  g_autoptr (GVariant) sent = dup_sent (parameter, ANSWER_MARK, G_VARIANT_TYPE ("(is)"));
  if (sent == NULL)
    return FALSE;
  g_variant_get (sent, "(is)", &answer->status, &answer->words);
  return TRUE;
}

/* What is abandoned is had, too: its owner came to an end that nobody had thought of. */
static gboolean
is_had (DWORD waited)
{
  return waited == WAIT_OBJECT_0 || waited == WAIT_ABANDONED_0;
}

/* Returns: FALSE: the mutex came first, and no answer will */
static gboolean
wait_for_answer (PlSingle *single, const Answer *answer)
{
  MSG message;

  while (answer->status < 0)
    {
      if (is_had (MsgWaitForMultipleObjects (1, &single->mutex, FALSE, INFINITE, QS_ALLINPUT)))
        return FALSE;
      while (PeekMessageW (&message, NULL, 0, 0, PM_REMOVE))
        DispatchMessageW (&message);
    }
  return TRUE;
}

/* Windows lets only the program that a person has just started, or whom that one names, put a
 * window in front; others blink in the taskbar. */
static gboolean
send_options (HWND mine, GVariant *options)
{
  HWND first = FindWindowExW (HWND_MESSAGE, NULL, FIRST_CLASS, NULL);
  DWORD process = 0;

  if (first == NULL)
    return FALSE;
  GetWindowThreadProcessId (first, &process);
  AllowSetForegroundWindow (process);
  return send (first, mine, OPTIONS_MARK, options, SEND_MS);
}

static int
give_up (void)
{
  g_printerr (
      _ ("Porchlight runs already, and does not answer. The Task Manager of Windows can end "
         "it.\n"));
  return 1;
}

/* Returns: FALSE: the mutex is had; TRUE: @answer is there */
static gboolean
hand_over (PlSingle *single, GVariant *options, Answer *answer)
{
  HWND mine = new_window (LATER_CLASS, later_procedure, answer);
  gint64 deadline_us = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
  gboolean is_sent = FALSE;
  gboolean is_first = FALSE;

  while (!is_first && !is_sent && g_get_monotonic_time () < deadline_us)
    {
      is_sent = send_options (mine, options);
      if (!is_sent)
        is_first = is_had (WaitForSingleObject (single->mutex, RETRY_MS));
    }
  if (is_sent)
    is_first = !wait_for_answer (single, answer);
  else if (!is_first)
    answer->status = give_up ();
  DestroyWindow (mine);
  return !is_first;
}

static int
ask (PlSingle *single, GVariantDict *options, gboolean *is_first)
{
  g_autoptr (GVariant) packed = pl_command_line_pack (options);
  Answer answer = { -1, NULL };

  *is_first = !hand_over (single, packed, &answer);
  if (answer.words != NULL)
    g_printerr ("%s", answer.words);
  g_free (answer.words);
  return answer.status;
}

/* Public functions */

PlSingle *
pl_single_new (GApplication *application)
{
  PlSingle *single = g_new0 (PlSingle, 1);

  single->application = application;
  return single;
}

int
pl_single_join (PlSingle *single, GVariantDict *options, gboolean may_stay)
{
  int status = 0;

  single->mutex = CreateMutexExW (NULL, MUTEX_NAME, 0, SYNCHRONIZE | MUTEX_MODIFY_STATE);
  if (single->mutex == NULL)
    return give_up ();
  gboolean is_first = is_had (WaitForSingleObject (single->mutex, 0));
  if (!is_first)
    status = ask (single, options, &is_first);
  if (!is_first)
    return status;
  if (may_stay)
    return stay (single);
  ReleaseMutex (single->mutex);
  return 0;
}

void
pl_single_leave (PlSingle *single)
{
  if (!single->is_mine)
    return;
  single->is_mine = FALSE;
  SetWindowLongPtrW (single->window, GWLP_USERDATA, 0);
  DestroyWindow (single->window);
  ReleaseMutex (single->mutex);
}

void
pl_single_free (PlSingle *single)
{
  pl_single_leave (single);
  if (single->mutex != NULL)
    CloseHandle (single->mutex);
  g_free (single);
}
