/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the system starts when its user logs in. */

#pragma once

#include <glib.h>

/**
 * PlLoginStart:
 * @id: the name of the program among all others: `app.porchlight.Porchlight`
 * @program: (type filename): what to start
 * @settings: (nullable) (type filename): the settings it is started with; %NULL: the usual ones
 */
typedef struct
{
  const char *id;
  const char *program;
  const char *settings;
} PlLoginStart;

/**
 * pl_login_start_put:
 *
 * Has @start started at the next login, unless the user has switched that off where the system
 * lists such programs. Waits for the disk.
 *
 * Returns: %FALSE with @error when that cannot be written
 */
gboolean pl_login_start_put (const PlLoginStart *start, GError **error);

/** pl_login_start_remove: has nothing started any more for the program called @id. */
void pl_login_start_remove (const char *id);
