/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which language somebody would rather read (RFC 9110 §12.5.4). */

#pragma once

#include "net/http/slice.h"

/** PL_LANGUAGE_BEST: of one that is wanted without a weight. */
#define PL_LANGUAGE_BEST 1000

/**
 * pl_language_weigh:
 * @accept: the value of Accept-Language; may be empty
 * @language: `de`, `pt-BR`
 *
 * By the range that names it most exactly: `de-AT` wants `de`, too, as RFC 4647 §3.4 looks it up.
 *
 * Returns: how much it is wanted, up to %PL_LANGUAGE_BEST; 0: not at all
 */
guint pl_language_weigh (PlSlice accept, const char *language);
