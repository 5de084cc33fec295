/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Leaving the octets of a fast body to gather at the sender's socket, so that one wake-up moves
 * many of them; for relay.c alone. What has come is never left there for longer than a few
 * milliseconds. */

#pragma once

#include "net/io/relay.h"

/** pl_relay_gather_before_wait: the sender has nothing more at the moment: what comes next may
 * gather first, if this body is long and has been fast. */
void pl_relay_gather_before_wait (PlRelay *relay);

/** pl_relay_gather_note: so many octets came at once. */
void pl_relay_gather_note (PlRelay *relay, gsize received);

/** pl_relay_gather_resume: at the beginning of a turn: if the time to gather has passed, what is
 * there is to be taken. */
void pl_relay_gather_resume (PlRelay *relay);

/** pl_relay_gather_clear: stops, and frees what there is. */
void pl_relay_gather_clear (PlRelay *relay);
