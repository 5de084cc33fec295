/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mark by which a request is known again that has come round to the program it left: CDN-Loop
 * (RFC 8586). Why not Via: docs/adr/007-loop-mark.md. */

#pragma once

#include "net/http/head.h"

/** PL_LOOP_FIELD: the name of the field that holds the mark. */
#define PL_LOOP_FIELD "CDN-Loop"

/**
 * pl_loop_get_mark: (transfer none):
 *
 * What this process adds to the CDN-Loop of all it sends, the requests it makes itself too:
 * `porchlight;id=0123456789abcdef`. The id is random and the same as long as the process lives, so
 * that two Porchlights behind one another are told apart. Any thread may call this.
 */
const char *pl_loop_get_mark (void);

/**
 * pl_loop_is_ours:
 * @value: of a CDN-Loop field, as it came
 *
 * Whether our mark is one element of @value, however the proxies on the way have joined and
 * spelt the list. Read from its end (pl_field_list_take_last()), so that nothing which a client
 * put at its beginning hides the mark.
 */
gboolean pl_loop_is_ours (PlSlice value);

/** pl_loop_has_come_back: whether any field of @head, a complete one, carries our mark. */
gboolean pl_loop_has_come_back (const PlHead *head);
