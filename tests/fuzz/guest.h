/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client that is octets in memory, and a house for it without upstreams: for fuzz targets of what
 * clients may send. */

#pragma once

#include "net/client/session.h"

/**
 * Guest:
 * @octets: what it sends, and then its end
 * @piece_bytes: what of it comes at a time, and what it takes of answers at a time; not 0
 * @address: where it comes from
 * @tls, @plain: (nullable): see #PlSnapshotSource
 */
typedef struct
{
  PlSlice octets;
  gsize piece_bytes;
  PlAddress address;
  PlTlsContext *tls;
  PlPlainRule plain;
} Guest;

/** GuestBegin: makes the session of a guest in @sessions. */
typedef void (*GuestBegin) (PlSessions *sessions, PlHandle handle, const PlAddress *address);

/** guest_visit: what @begin makes must end by itself, and leave nothing behind. */
void guest_visit (const Guest *guest, GuestBegin begin);
