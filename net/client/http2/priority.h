/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which answer goes first where not all can (RFC 9218). */

#pragma once

#include "net/http/slice.h"

/**
 * PlHttp2Priority:
 * @urgency: 0-7; the least goes first
 * @is_incremental: of use in parts, so those of one urgency take turns; else the oldest goes first,
 * whole
 */
typedef struct
{
  guint8 urgency;
  guint8 is_incremental;
} PlHttp2Priority;

/**
 * PL_HTTP2_PRIORITY_UNSAID: what is taken for granted of whoever says nothing. RFC 9218 §4 has no
 * turns then; but who knows it not may download a film and look at photos at once, and no film is
 * to hold the photos up.
 */
#define PL_HTTP2_PRIORITY_UNSAID ((PlHttp2Priority){ 3, TRUE })

/**
 * pl_http2_priority_parse:
 * @text: the value of a Priority field, or of a PRIORITY_UPDATE frame
 *
 * Takes `u` and `i` of a dictionary (RFC 8941 §3.2); the last of each counts. What is malformed is
 * passed over, as is what is unknown.
 */
PlHttp2Priority pl_http2_priority_parse (PlSlice text);
