/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Only what every terminal of the last decades understands is used, so there is no terminfo. */

#include "app/system/terminal.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Of a terminal that does not say. */
#define USUAL_WIDTH 80

static guint
read_width (void)
{
  struct winsize size;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return USUAL_WIDTH;
  return size.ws_col;
}

PlTerminal
pl_terminal_look (void)
{
  const char *no_colour = g_getenv ("NO_COLOR");
  const char *kind = g_getenv ("TERM");
  PlTerminal terminal = { 0 };

  terminal.is_interactive
      = isatty (STDOUT_FILENO) && kind != NULL && *kind != '\0' && strcmp (kind, "dumb") != 0;
  terminal.has_colour = terminal.is_interactive && (no_colour == NULL || *no_colour == '\0');
  terminal.has_unicode = g_get_charset (NULL);
  terminal.width = terminal.is_interactive ? read_width () : 0;
  return terminal;
}
