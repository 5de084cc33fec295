/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a body ends (RFC 9112 §6). */

#pragma once

#include "net/http/fault.h"
#include "net/http/head.h"

typedef enum
{
  PL_BODY_NONE,
  PL_BODY_FIXED, /* Content-Length */
  PL_BODY_CHUNKED,
  PL_BODY_UNTIL_CLOSE, /* responses only */
} PlBodyKind;

/**
 * PlBody:
 * @kind: how its end is found
 * @length_bytes: (fixed) its length in octets
 */
typedef struct
{
  PlBodyKind kind;
  guint64 length_bytes;
} PlBody;

/**
 * pl_framing_decide_request:
 * @head: a complete request head; borrowed
 * @body: (out): its kind and, if fixed, its length in octets
 *
 * Says where the request body ends (RFC 9112 §6.3). Strict: Content-Length beside
 * Transfer-Encoding is refused, because two readers may disagree; so are a repeated or list-valued
 * Content-Length (even with equal values), one that is not 1-19 plain digits or over 2^63-1, a
 * Transfer-Encoding that is not exactly `chunked` once, Transfer-Encoding in HTTP/1.0. Codings that
 * we do not have before a final `chunked` are TRANSFER_CODING (501); without that at the end, the
 * end of the body is not known: TRANSFER_ENCODING (400). `Content-Length: 0` gives %PL_BODY_NONE.
 *
 * Returns: %PL_HTTP_FAULT_NONE, or what is wrong; @body is then untouched
 */
PlHttpFault pl_framing_decide_request (const PlHead *head, PlBody *body);

/**
 * pl_framing_decide_response:
 * @head: a complete response head; borrowed
 * @request_method: the method it answers
 * @body: (out): its kind and length
 *
 * The same for a response: HEAD, 1xx, 204 and 304 have none whatever the fields say, a 2xx to
 * CONNECT none; without length or chunks it ends with the connection. The same strictness in the
 * fields; a malformed one is a fault even where no body follows. A fixed length of 0 gives
 * %PL_BODY_NONE.
 *
 * Returns: %PL_HTTP_FAULT_NONE, or what is wrong; @body is then untouched
 */
PlHttpFault pl_framing_decide_response (const PlHead *head, PlSlice request_method, PlBody *body);
