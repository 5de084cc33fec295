/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fields behind the last chunk of a body (RFC 9112 §7.1.2): read as those of a head, judged one
 * by one, written anew. */

#pragma once

#include "net/http/fault.h"
#include "net/http/head.h"
#include "net/http/write.h"

/**
 * pl_trailers_init:
 * pl_trailers_parse:
 * @head: a #PlHead used for its fields alone; initialise with pl_trailers_init()
 *
 * Reads a trailer section up to and including its final empty line, as pl_head_parse() reads fields
 * and with its limits; @head->length_bytes says how long it was. Faults come as
 * %PL_HTTP_FAULT_TRAILER.
 */
void pl_trailers_init (PlHead *head, PlHeadLimits limits);
PlParseResult pl_trailers_parse (PlHead *head, const char *bytes, gsize length, PlHttpFault *fault);

/**
 * pl_trailer_may_pass:
 *
 * Whether @field may be sent on in a trailer section: not one with a flag of
 * %PL_FIELD_BARRED_FROM_TRAILERS, nor one that shadows such (pl_field_identify_shadowed()).
 */
gboolean pl_trailer_may_pass (const PlField *field);

/**
 * pl_trailers_write:
 * @trailers: read by pl_trailers_parse()
 *
 * Writes those that may pass (pl_trailer_may_pass()) and the final empty line.
 */
void pl_trailers_write (const PlHead *trailers, PlWriter *writer);
