/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client that has just connected: its first octets tell what it speaks, and whoever speaks that
 * then goes on. */

#pragma once

#include "net/client/session.h"

/** pl_arrival_protocols: %NULL-terminated: what may be spoken over TLS, the preferred first, by the
 * names of ALPN (RFC 7301). */
extern const char *const pl_arrival_protocols[];

/** pl_arrival_begin: a new client; @handle: (transfer full). Its session stands in the list of
 * @sessions until its end. */
void pl_arrival_begin (PlSessions *sessions, PlHandle handle, const PlAddress *address);
