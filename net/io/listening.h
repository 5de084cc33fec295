/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sockets that listen already: whoever started the program has opened them, as systemd does. */

#pragma once

#include "net/route/address.h"

/**
 * PlListening:
 * @address: where it listens
 * @takes_ipv4: it is one of IPv6 that takes IPv4 as well
 */
typedef struct
{
  PlAddress address;
  gboolean takes_ipv4;
} PlListening;

/**
 * pl_listening_inspect:
 * @descriptor: borrowed
 * @listening: (out): what it is
 *
 * Returns: %FALSE when it is no socket that listens for TCP
 */
gboolean pl_listening_inspect (int descriptor, PlListening *listening);

/** pl_listening_covers: whether who calls @address comes out here: it is this one's, or this one is
 * for all addresses of its kind. */
gboolean pl_listening_covers (const PlListening *listening, const PlAddress *address);
