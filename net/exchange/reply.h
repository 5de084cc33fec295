/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Our own answer: a page of ours; or, where the upstream's answer cannot be had, one for people or
 * JSON for programs. */

#pragma once

#include "net/exchange/exchange_state.h"

/**
 * pl_reply_begin:
 * @status: 400-599
 * @reason: what is said to a program about why; no address or version in it
 *
 * Composes the answer and goes to step REPLY. The connection to the client lives on only where all
 * of the request was read, and it was not at fault.
 */
void pl_reply_begin (PlExchange *exchange, guint status, const char *reason);

/** pl_reply_begin_page: the same with @page, which lives as long as the snapshot. */
void pl_reply_begin_page (PlExchange *exchange, const PlOwnPage *page);
