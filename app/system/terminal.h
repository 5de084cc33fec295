/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What standard output can show. */

#pragma once

#include <glib.h>

/**
 * PlTerminal:
 * @is_interactive: a terminal whose cursor can be moved, not a file or a pipe
 * @has_colour: may be coloured: interactive, and the user did not say no (https://no-color.org)
 * @has_unicode: shows more than ASCII
 * @width: columns; 0: no limit
 */
typedef struct
{
  gboolean is_interactive;
  gboolean has_colour;
  gboolean has_unicode;
  guint width;
} PlTerminal;

/** pl_terminal_look: what standard output is now; a window's width may change at any time. */
PlTerminal pl_terminal_look (void);
