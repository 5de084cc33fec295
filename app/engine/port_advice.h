/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be said to somebody whose port cannot be had. */

#pragma once

#include <glib.h>

/** PL_PORT_FIRST_ORDINARY: below, ports are for privileged programs, by an old convention of Unix.
 */
#define PL_PORT_FIRST_ORDINARY 1024

/** pl_port_find_other: a port near @port that nobody listens on. */
guint16 pl_port_find_other (guint16 port);

/** pl_port_dup_owner_words: (transfer full): who has @port: `nginx (process 123)`, `a program of
 * the user www-data`, `another program`. Looks at every process, which may take a while. */
char *pl_port_dup_owner_words (guint16 port);
