/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The response's half of a conversation. */

#pragma once

#include "net/exchange/exchange_state.h"

/**
 * pl_response_advance:
 *
 * Reads heads, passes interim responses on, then the final one and its body.
 *
 * Returns: %PL_STEP_GO_ON when the conversation is over in one way or another, and the step has
 * changed
 */
PlStepResult pl_response_advance (PlExchange *exchange);

/** pl_response_look_for_upstream: nothing moved for a while: %PL_STEP_GO_ON when the upstream's
 * computer has vanished, and this exchange goes elsewhere or fails; else %PL_STEP_WAIT. */
PlStepResult pl_response_look_for_upstream (PlExchange *exchange);
