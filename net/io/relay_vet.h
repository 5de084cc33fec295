/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The judging half of a relay, for relay.c alone. */

#pragma once

#include "net/io/relay.h"

/**
 * pl_relay_vet:
 *
 * Looks at what was received since the last time: moves the border of what may be sent, sets
 * @is_whole at the body's end, @fault at a fault. Trailers are judged one by one and written anew
 * into @head, once all before them was sent.
 */
void pl_relay_vet (PlRelay *relay);
