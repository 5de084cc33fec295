/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A socket by which a running program takes orders from its own user on this computer, and from the
 * superuser, and from nobody else. */

#pragma once

#include <gio/gio.h>

/** pl_control_socket_is_offered: whether this system has such sockets, and says who is at their
 * other end. */
gboolean pl_control_socket_is_offered (void);

/**
 * pl_control_socket_listen: (transfer full) (nullable):
 * @path: (type filename): in a folder that nobody else may write to
 *
 * What a program that is no more has left there is put aside.
 *
 * Returns: %NULL with @error, for people; also when this user may not write there
 *   (%G_IO_ERROR_PERMISSION_DENIED, %G_IO_ERROR_READ_ONLY), or somebody listens there already
 *   (%G_IO_ERROR_ADDRESS_IN_USE)
 */
GSocket *pl_control_socket_listen (const char *path, GError **error);

/** pl_control_socket_connect: (transfer full) (nullable): to who listens at @path (type filename);
 * %NULL with @error: nobody does (%G_IO_ERROR_NOT_FOUND, %G_IO_ERROR_CONNECTION_REFUSED), or not
 * for this user (%G_IO_ERROR_PERMISSION_DENIED). */
GSocket *pl_control_socket_connect (const char *path, GError **error);

/** pl_control_socket_admits: whether who is at the other end of @socket may give orders. */
gboolean pl_control_socket_admits (GSocket *socket);
