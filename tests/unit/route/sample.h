/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Heads and addresses for tests, written as a person reads them: lines end in \n alone here. What
 * the code under test gets is exactly as long as its text, without a terminator, so that a
 * sanitizer sees each octet read too far. */

#pragma once

#include "net/http/head.h"
#include "net/http/write.h"
#include "net/route/address.h"
#include "net/route/trust.h"

/** sample_copy: (transfer full): the octets of @text without its terminator. */
char *sample_copy (const char *text);

/**
 * SampleHead:
 * @octets: what @head points into
 * @head: as parsed
 */
typedef struct
{
  char *octets;
  PlHead head;
} SampleHead;

/** sample_head_new: (transfer full): @text parsed; it must be a whole, well-formed head. */
SampleHead *sample_head_new (PlHeadKind kind, const char *text);
void sample_head_free (SampleHead *sample);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SampleHead, sample_head_free)

/** sample_address: the address @text says, which must be one. */
PlAddress sample_address (const char *text);

/** sample_trust: (transfer full): the networks in @list, with ; between. */
PlTrust *sample_trust (const char *list);

/** sample_dup_written: (transfer full): what @writer holds, with \n for CR LF. */
char *sample_dup_written (const PlWriter *writer);
