/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who has a port, or keeps it from others, so that a message can say so. */

#pragma once

#include <glib.h>

/**
 * PlPortOwner:
 * @program: (nullable): the program's name; %NULL where only its user is known
 * @process: its number; 0 with @program
 * @user: (nullable): whom it belongs to
 */
typedef struct
{
  char *program;
  int process;
  char *user;
} PlPortOwner;

/**
 * pl_port_owner_find: (transfer full) (nullable):
 *
 * Reads the system's table of listening sockets. An ordinary user is shown their own programs
 * alone; of others the user is known. Looks at every process, which may take a while.
 *
 * Returns: %NULL when nothing is known
 */
PlPortOwner *pl_port_owner_find (guint16 port);
void pl_port_owner_free (PlPortOwner *owner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlPortOwner, pl_port_owner_free)

/** pl_port_owner_would_share: whether another program listens on @port and this one could do so,
 * too, at other addresses, without a word of the system: people would meet now the one, now the
 * other. */
gboolean pl_port_owner_would_share (guint16 port);

/** PL_PORT_FIRST_ORDINARY: below, ports are for privileged programs, by an old convention of Unix.
 */
#define PL_PORT_FIRST_ORDINARY 1024

/**
 * PlPortKeeper: who keeps a port from this program, though nobody listens on it.
 * @PL_PORT_KEPT_BY_NOBODY: as far as is known
 * @PL_PORT_KEPT_FOR_PRIVILEGED: it is below %PL_PORT_FIRST_ORDINARY, and that counts here
 * @PL_PORT_KEPT_BY_WINDOWS: it is in one of the ranges Windows has set aside, for Hyper-V and
 * others
 */
typedef enum
{
  PL_PORT_KEPT_BY_NOBODY,
  PL_PORT_KEPT_FOR_PRIVILEGED,
  PL_PORT_KEPT_BY_WINDOWS,
} PlPortKeeper;

/** pl_port_find_keeper: for a port that was refused, or may be. */
PlPortKeeper pl_port_find_keeper (guint16 port);

/** pl_port_owner_is_free: whether no socket listens on @port, as far as the system tells. */
gboolean pl_port_owner_is_free (guint16 port);
