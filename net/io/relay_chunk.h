/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For relay.c: a body that ends with its stream, on its way to a receiver that is to find the end
 * in the octets. */

#pragma once

#include "net/io/relay.h"

/** pl_relay_receive_chunk: puts what is received into the empty input as one whole chunk that may
 * be sent. Returns: as pl_stream_receive() */
PlIo pl_relay_receive_chunk (PlRelay *relay);

/** pl_relay_end_chunks: the body has ended: what says so is to be sent next, and is the last. */
void pl_relay_end_chunks (PlRelay *relay);
