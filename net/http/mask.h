/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Secrets out of what is shown or written. Fields that hold one are known by %PL_FIELD_SECRET; here
 * are those in the query of an address. */

#pragma once

#include "net/http/head.h"
#include "net/http/write.h"

/** PL_MASK: what stands where a secret stood. */
#define PL_MASK "***"

/**
 * pl_mask_target:
 * @target: a request target as it came, or the value of a Referer
 * @writer: where the masked one is added
 *
 * Copies @target with secrets replaced by %PL_MASK: the values of the query parameters `key`,
 * `slug`, `apiKey`, `sessionKey`, `userToken`, `password`, `code`, `token` and of what passes for
 * one of them (pl_query_name_passes_for()), a name after `;` known as well as after `&`; the word
 * of a shared link (`/share/KEY`, `/s/SLUG`, in capitals too); name and password before a host.
 * Octets that are not visible ASCII are escaped as %XX. What is not HTTP at all may be given, too:
 * a refused request is also logged.
 */
void pl_mask_target (PlSlice target, PlWriter *writer);

/**
 * pl_mask_hides_field:
 *
 * Whether the value of @field is a secret: those of %PL_FIELD_SECRET, and of names that nobody can
 * list what sounds like one: proxies before Immich, and the headers of one's own that its app can
 * send, have theirs.
 */
gboolean pl_mask_hides_field (const PlField *field);

/**
 * pl_mask_head:
 * @head: complete, or as much as could be read of it
 *
 * Adds @head anew with its secrets replaced by %PL_MASK: those of fields, and those in addresses
 * (target, Referer, Location). Can be parsed again, if it has a first line.
 */
void pl_mask_head (const PlHead *head, PlWriter *writer);
