/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The end of a client's connection when all is said: our side is ended, and what the client still
 * sends is thrown away until it has seen that. Closed at once, octets it sends would be answered by
 * a reset, which may overtake what it was told last. */

#pragma once

#include "net/client/session.h"

/** pl_farewell_begin: what was sent is the last; from now on @session closes itself. */
void pl_farewell_begin (PlSession *session);
