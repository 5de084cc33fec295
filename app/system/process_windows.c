/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All text goes out as UTF-8, to consoles and into files. A program with a window has no streams
 * unless it was given some; its words then go to the console it was started from, if there is one.
 */

#include "app/system/process.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static UINT console_charset; /* before us */
static gboolean is_mute;     /* there are neither streams nor a console */

/* The console stays when the program ends. */
static void
restore_console (void)
{
  SetConsoleOutputCP (console_charset);
}

/* GLib asks these variables first. Without them it asks the console, and where there is none it
 * warns of that, which ends the program: for the warning it asks again. The language stays what it
 * is. */
static void
set_charset (void)
{
  g_autofree char *locale = g_win32_getlocale ();
  const char *language = g_getenv ("LANG");
  gsize length = strcspn (locale, "@");
  g_autofree char *with_charset
      = g_strdup_printf ("%.*s.UTF-8%s", (int) length, locale, locale + length);

  g_setenv ("CHARSET", "UTF-8", TRUE);
  if (language == NULL || strchr (language, '.') == NULL)
    g_setenv ("LANG", with_charset, TRUE);
}

static void
use_utf8 (void)
{
  set_charset ();
  console_charset = GetConsoleOutputCP ();
  if (console_charset != 0 && SetConsoleOutputCP (CP_UTF8))
    atexit (restore_console);
}

static gboolean
is_open (int descriptor)
{
  return _get_osfhandle (descriptor) >= 0;
}

/* Both the descriptor and the stream of that number, of which either may be used. A stream that has
 * no descriptor at all gets one by chance. */
static void
open_stream (FILE *stream, int descriptor, const char *path, const char *mode)
{
  if (is_open (descriptor))
    return;
  int opened = freopen (path, mode, stream) != NULL ? _fileno (stream) : _open (path, _O_RDWR);
  if (opened >= 0 && opened != descriptor)
    _dup2 (opened, descriptor);
}

/* To a console the C library writes octet by octet, of which only ASCII is understood. GLib flushes
 * what it has written. */
static void
write_whole (FILE *stream)
{
  setvbuf (stream, NULL, _IOFBF, BUFSIZ);
  _setmode (_fileno (stream), _O_BINARY);
}

/* Returns: whether this program has the console of whoever started it */
static gboolean
attach_console (void)
{
  return AttachConsole (ATTACH_PARENT_PROCESS) || GetLastError () == ERROR_ACCESS_DENIED;
}

static void
open_missing_streams (void)
{
  gboolean is_silent = !is_open (1) && !is_open (2);
  const char *output = is_silent && attach_console () ? "CONOUT$" : "NUL";

  is_mute = is_silent && !g_str_equal (output, "CONOUT$");
  open_stream (stdin, 0, "NUL", "r");
  open_stream (stdout, 1, output, "w");
  open_stream (stderr, 2, output, "w");
}

void
pl_process_prepare (void)
{
  /* No window that asks for a disk where a drive is empty. */
  SetErrorMode (SEM_FAILCRITICALERRORS);
  open_missing_streams ();
  use_utf8 ();
  write_whole (stdout);
  write_whole (stderr);
}

static void
show_in_box (const char *words)
{
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (words, -1, NULL, NULL, NULL);

  if (wide != NULL)
    MessageBoxW (NULL, (wchar_t *) wide, L"Porchlight", MB_OK | MB_SETFOREGROUND);
}

void
pl_process_show_words (void)
{
  if (!is_mute)
    return;
  g_set_print_handler (show_in_box);
  g_set_printerr_handler (show_in_box);
}

const char *
pl_process_get_superuser (void)
{
  TOKEN_ELEVATION elevation = { 0 };
  DWORD n_bytes;
  HANDLE token;

  if (!OpenProcessToken (GetCurrentProcess (), TOKEN_QUERY, &token))
    return NULL;
  if (!GetTokenInformation (token, TokenElevation, &elevation, sizeof elevation, &n_bytes))
    elevation.TokenIsElevated = 0;
  CloseHandle (token);
  return elevation.TokenIsElevated != 0 ? "Administrator" : NULL;
}

/* Windows has no such thing: the new one begins, and this one ends. */
void
pl_process_replace (const char *path, const char *const *arguments, char **environment)
{
  const GSpawnFlags flags
      = G_SPAWN_LEAVE_DESCRIPTORS_OPEN | G_SPAWN_CHILD_INHERITS_STDIN | G_SPAWN_DO_NOT_REAP_CHILD;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GPid process;

  g_ptr_array_add (all, (gpointer) path);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (all, (gpointer) arguments[i]);
  g_ptr_array_add (all, NULL);
  if (g_spawn_async (NULL, (char **) all->pdata, environment, flags, NULL, NULL, &process, NULL))
    exit (EXIT_SUCCESS);
}

char **
pl_process_dup_arguments (char **argv)
{
  return g_win32_get_command_line ();
}
