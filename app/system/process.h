/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program as a process of the system. */

#pragma once

#include <glib.h>

/**
 * pl_process_prepare:
 *
 * Lets the process have as many descriptors as it may, since each connection takes two; lets a
 * reader of its output go away without ending it; and sees that there are the three standard
 * streams. Before anything is opened.
 */
void pl_process_prepare (void);

/**
 * pl_process_show_words:
 *
 * Where nobody could read what g_print() and g_printerr() say, each of it has a window of its own
 * from now on, and waits until that is closed. For a program that a person starts with a click;
 * after pl_process_prepare().
 */
void pl_process_show_words (void);

/** pl_process_get_superuser: (transfer none) (nullable): the name of the user with every right
 * there is, if the program runs as that one: `root`. */
const char *pl_process_get_superuser (void);

/**
 * pl_process_replace:
 * @path: (type filename): of a program
 * @arguments: its own, without its name; %NULL-terminated
 * @environment: as of g_get_environ()
 *
 * Runs another program in place of this one, of which nothing may be under way any more.
 *
 * Returns: only when that was not possible; nothing has happened then
 */
void pl_process_replace (const char *path, const char *const *arguments, char **environment);

/** pl_process_dup_arguments: (transfer full): what the program was called with, in UTF-8 where the
 * system has names of files in that; free with g_strfreev(). @argv: of main(). */
char **pl_process_dup_arguments (char **argv);
