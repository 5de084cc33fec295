/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be said to the program as it is started; what is not about its settings file is done by
 * the one that runs already, if one does. */

#pragma once

#include <gio/gio.h>

/** pl_command_line_add_options: has @application read them. */
void pl_command_line_add_options (GApplication *application);

/**
 * pl_command_line_check:
 *
 * Done by each program that is started. Says what it finds wrong.
 *
 * Returns: the status to end with at once; -1: go on
 */
int pl_command_line_check (GVariantDict *options);

/** pl_command_line_dup_config: (transfer full) (nullable) (type filename): the settings file that
 * is asked for, as an absolute path. */
char *pl_command_line_dup_config (GVariantDict *options);

/** pl_command_line_find_config: (transfer full) (nullable) (type filename): the same, from
 * @arguments that nobody has read yet. */
char *pl_command_line_find_config (const char *const *arguments);

/** pl_command_line_pack: (transfer full): a copy of all that was asked for, for another program of
 * this kind. */
GVariant *pl_command_line_pack (GVariantDict *options);

/** PlWishes: what is asked of the program that runs. */
typedef struct
{
  gboolean quit;
  gboolean hidden;
  gboolean demo;
  const char *page;     /* nullable */
  const char *exposure; /* nullable */
  const char *config;   /* nullable */
} PlWishes;

/** pl_command_line_read: the words are borrowed from @options. */
PlWishes pl_command_line_read (GVariantDict *options);
