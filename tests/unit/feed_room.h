/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Room for texts at whose end the program must stop, or crash. One file for each kind of system. */

#pragma once

#include <glib.h>

#define FEED_ROOM_BYTES (256 * 1024)

/** feed_map_room: (transfer none): so much room, and behind it a page that cannot be read. */
char *feed_map_room (void);
