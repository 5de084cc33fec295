/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts a program and says to it what a Unix would say by a signal: a line `end` or `reload` on
 * the standard input of this one sets that event of the program's (app/system/signals_windows.c).
 * The end of the input ends the program at once. Its output and its exit status are passed through.
 */

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include <windows.h>

/* A program that has just begun has no events yet. */
#define PATIENCE_MS 5000
#define RETRY_MS    10

/* What comes behind the name of this program on its command line. */
static wchar_t *
skip_own_name (wchar_t *line)
{
  wchar_t end = *line == L'"' ? L'"' : L' ';

  for (line++; *line != L'\0' && *line != end; line++)
    ;
  while (*line == L'"' || *line == L' ')
    line++;
  return line;
}

static HANDLE
start (wchar_t *command, DWORD *process)
{
  SECURITY_ATTRIBUTES inherited = { .nLength = sizeof inherited, .bInheritHandle = TRUE };
  STARTUPINFOW startup = { .cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES };
  PROCESS_INFORMATION information;

  startup.hStdInput
      = CreateFileW (L"NUL", GENERIC_READ, FILE_SHARE_READ, &inherited, OPEN_EXISTING, 0, NULL);
  startup.hStdOutput = GetStdHandle (STD_OUTPUT_HANDLE);
  startup.hStdError = GetStdHandle (STD_ERROR_HANDLE);
  if (!CreateProcessW (NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &information))
    {
      fprintf (stderr, "launcher: CreateProcess: %lu\n", GetLastError ());
      exit (127);
    }
  *process = information.dwProcessId;
  return information.hProcess;
}

static void
tell (DWORD process, const char *what)
{
  g_autofree char *name = g_strdup_printf ("Local\\Porchlight-%lu-%s", process, what);
  HANDLE event = NULL;

  for (guint ms = 0; ms < PATIENCE_MS && event == NULL; ms += RETRY_MS)
    {
      event = OpenEventA (EVENT_MODIFY_STATE, FALSE, name);
      if (event == NULL)
        Sleep (RETRY_MS);
    }
  if (event == NULL)
    fprintf (stderr, "launcher: there is no event %s\n", name);
  else
    SetEvent (event);
}

typedef struct
{
  HANDLE handle;
  DWORD process;
} Program;

static DWORD WINAPI
pass_on (LPVOID data)
{
  Program *program = data;
  char line[32];

  while (fgets (line, sizeof line, stdin) != NULL)
    tell (program->process, g_strchomp (line));
  TerminateProcess (program->handle, 1);
  return 0;
}

int
main (void)
{
  Program program;
  DWORD status;

  program.handle = start (skip_own_name (GetCommandLineW ()), &program.process);
  CreateThread (NULL, 0, pass_on, &program, 0, NULL);
  WaitForSingleObject (program.handle, INFINITE);
  GetExitCodeProcess (program.handle, &status);
  ExitProcess (status);
}
