/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The console has understood what terminals do since Windows 10, if it is asked to. */

#include "app/system/terminal.h"

#include <io.h>
#include <windows.h>

static guint
read_width (HANDLE console)
{
  CONSOLE_SCREEN_BUFFER_INFO info;

  if (!GetConsoleScreenBufferInfo (console, &info))
    return 0;
  return (guint) (info.srWindow.Right - info.srWindow.Left + 1);
}

/* Returns: whether its cursor can be moved by what is written */
static gboolean
prepare (HANDLE console)
{
  DWORD mode;

  return GetConsoleMode (console, &mode)
         && SetConsoleMode (console,
                            mode | ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
}

PlTerminal
pl_terminal_look (void)
{
  HANDLE console = (HANDLE) _get_osfhandle (1);
  const char *no_colour = g_getenv ("NO_COLOR");
  PlTerminal terminal = { 0 };

  terminal.is_interactive = prepare (console);
  terminal.has_colour = terminal.is_interactive && (no_colour == NULL || *no_colour == '\0');
  terminal.has_unicode = TRUE; /* see pl_process_prepare() */
  terminal.width = terminal.is_interactive ? read_width (console) : 0;
  return terminal;
}
