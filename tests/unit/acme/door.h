/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What answers an authority that looks for proofs: as much as a test wants of what the engine does
 * for real. */

#pragma once

#include "app/acme/acme.h"

typedef struct _Door Door;

/** door_open: on loopback; a port of 0: nobody is there. */
Door *door_open (guint http_port, guint tls_port);
void door_close (Door *door);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Door, door_close)

/** door_show: as PlAcmeFuncs.show() */
void door_show (Door *door, GPtrArray *challenges);

/** door_count_shown: how many challenges are answered now. */
guint door_count_shown (Door *door);
