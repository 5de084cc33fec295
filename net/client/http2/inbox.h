/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Octets of a request's body that came and were not taken yet: as many as its window lets come. */

#pragma once

#include "net/exchange/supplies.h"

/** PlHttp2Inbox: zeroed it is empty, and holds nothing. */
typedef struct
{
  GQueue buffers; /* of PlBuffer */
  gsize length_bytes;
} PlHttp2Inbox;

void pl_http2_inbox_put (PlHttp2Inbox *inbox, PlBufferPool *pool, const char *bytes, gsize length);

/** pl_http2_inbox_take: up to @capacity octets. Returns: how many */
gsize pl_http2_inbox_take (PlHttp2Inbox *inbox, PlBufferPool *pool, char *bytes, gsize capacity);

/** pl_http2_inbox_clear: throws away what is there. */
void pl_http2_inbox_clear (PlHttp2Inbox *inbox, PlBufferPool *pool);
