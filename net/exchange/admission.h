/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may have what they ask for: devices that were turned away, pages of our own, what strangers
 * may see, who is served without encryption, and how fast strangers may ask. Does no I/O. */

#pragma once

#include "net/exchange/close.h"
#include "net/exchange/exchange.h"
#include "net/http/target.h"
#include "net/route/table.h"

/** PlAsked: what a head was understood to ask for. */
typedef struct
{
  PlTarget target;
  PlSlice authority;
  PlRouteMatch match;
} PlAsked;

/**
 * pl_exchange_admit:
 * @exchange: with its head, and a record that has begun
 *
 * Finds the page of our own that is asked for (#PlExchange.own_page), and to which circle of people
 * who asks belongs.
 *
 * Returns: %PL_CLOSE_NONE: it goes on, or has its page; else why not
 */
PlCloseReason pl_exchange_admit (PlExchange *exchange, const PlAsked *asked);
