/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The head of an answer that carries a file: conditions and ranges (RFC 9110 §13 and §14). */

#pragma once

#include <libsoup/soup.h>

/**
 * pl_entity_is_fresh:
 * @etag: strong, with its quotes
 *
 * Sets the fields that say how long the client may keep the file, and answers 304 if it has it
 * already.
 *
 * Returns: %TRUE when the answer is complete
 */
gboolean pl_entity_is_fresh (SoupServerMessage *message, const char *etag);

/**
 * pl_entity_begin:
 * @size: of the whole file, in bytes
 * @start: (out): the first octet to send
 * @length: (out): how many to send
 *
 * Sets status, length and range: 200, 206 or 416. A request for several ranges gets the whole file,
 * as RFC 9110 §14.2 allows.
 *
 * Returns: whether a body is to follow; not so for 416 and HEAD
 */
gboolean pl_entity_begin (SoupServerMessage *message,
                          const char *content_type,
                          const char *etag,
                          goffset size,
                          goffset *start,
                          goffset *length);
