/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The running daemon: engine, logs, demo and signals put together. */

#pragma once

#include "app/daemon/options.h"

/** PlExit: the exit status of the program. */
typedef enum
{
  PL_EXIT_FINE = 0,
  PL_EXIT_NOT_STARTED = 1, /* the port is taken, a log cannot be opened, … */
  PL_EXIT_NOT_ALLOWED = 2, /* a command line or settings that cannot be used */
} PlExit;

/**
 * pl_daemon_run:
 * @options: without problems
 *
 * Serves until SIGTERM or SIGINT; what runs then may finish, unless a second one comes. SIGHUP
 * reads the settings again. Says on standard error what happens.
 */
PlExit pl_daemon_run (const PlOptions *options);

/** pl_daemon_check: starts nothing, but says all that is wrong with the settings, or that they are
 * fine; and who answers where Immich is said to be. */
PlExit pl_daemon_check (const PlOptions *options);

/**
 * pl_daemon_ping:
 *
 * Asks the porchlightd that runs with the same settings on this computer whether it takes
 * connections and answers them, and says so. Immich is not asked, and no request is made that a log
 * would show: for whoever asks every half a minute, such as a container's health check.
 *
 * Returns: %PL_EXIT_FINE, or %PL_EXIT_NOT_STARTED when it does not answer within some seconds
 */
PlExit pl_daemon_ping (const PlOptions *options);

/**
 * pl_daemon_open:
 *
 * Gives the porchlightd that runs with the same settings on this computer the order of --open, and
 * says what became of it.
 *
 * Returns: %PL_EXIT_FINE, %PL_EXIT_NOT_ALLOWED when the order makes no sense, or
 *   %PL_EXIT_NOT_STARTED when it could not be carried out, or there is nobody who takes it
 */
PlExit pl_daemon_open (const PlOptions *options);
