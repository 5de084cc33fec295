/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said between the two ends of a connection. */

#pragma once

#include "tests/unit/io/fixture.h"

void close_both (Fixture *fixture, PeerEnd *one, PeerEnd *other);

/** send_text, assert_receives: all of it, in one call. */
void send_text (PeerEnd *end, const char *text);
void assert_receives (Fixture *fixture, PeerEnd *end, const char *text);

/** receive_one: what comes of waiting for one octet. */
PlIo receive_one (Fixture *fixture, PeerEnd *end);

/** assert_nothing_left: whoever has read exactly what was there knows only now that this was all.
 */
void assert_nothing_left (PeerEnd *end);
