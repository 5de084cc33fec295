/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Secrets out of what is shown or written. Fields that hold one are known by %PL_FIELD_SECRET; here
 * are those in the query of an address. */

#pragma once

#include "net/http/fields.h"
#include "net/http/write.h"

/** PL_MASK: what stands where a secret stood. */
#define PL_MASK "***"

/**
 * pl_mask_target:
 * @target: a request target as it came, or the value of a Referer
 * @writer: where the masked one is added
 *
 * Copies @target with secrets replaced by %PL_MASK: the values of the query parameters `key`,
 * `slug`, `apiKey`, `sessionKey`, `password`, ASCII case ignored, percent-encoded spellings of the
 * names seen through, a name after `;` known as well as after `&`; the word of a shared link
 * (`/share/KEY`, `/s/SLUG`); name and password before a host. Octets that are not visible ASCII are
 * escaped as %XX. What is not HTTP at all may be given, too: a refused request is also logged.
 */
void pl_mask_target (PlSlice target, PlWriter *writer);
