/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command line, and what of it stands in the environment: containers have that. What they say
 * of settings is checked by the table of settings and laid over the file, so all know the same
 * values and speak the same words. */

#pragma once

#include "app/settings/problems.h"
#include "app/settings/settings.h"

/**
 * PlOptions:
 * @config: (type filename): the settings file; this and all other strings %NULL where not given
 * @upstream, @server, @web, @port, @exposure, @access_log, @log_format: values of settings
 * @demo: bring an upstream along
 * @check: look the settings through and end
 * @ping: ask the one that runs whether it answers, and end
 * @open: an order to the one that runs: who may come in for a while, see pl_opening_wish_parse()
 * @version: say which version this is and end
 */
typedef struct
{
  char *config;
  char *upstream;
  char *server;
  char *web;
  char *port;
  char *exposure;
  char *access_log;
  char *log_format;
  char *open;
  gboolean demo;
  gboolean check;
  gboolean ping;
  gboolean version;
} PlOptions;

/**
 * pl_options_new: (transfer full):
 * @arguments: the command line with the program's name, %NULL-terminated
 * @problems: all that is wrong with it is added
 *
 * For `--help` it prints, and ends the program. What @arguments leave open is taken from the
 * environment (`PORCHLIGHT_UPSTREAM` for `--upstream`).
 */
PlOptions *pl_options_new (const char *const *arguments, PlProblems *problems);
void pl_options_free (PlOptions *options);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlOptions, pl_options_free)

/**
 * pl_options_apply:
 * @options: without problems
 * @demo_url: (nullable): where the demo listens
 *
 * Lays the command line over @settings.
 */
void pl_options_apply (const PlOptions *options, const char *demo_url, PlSettings *settings);
