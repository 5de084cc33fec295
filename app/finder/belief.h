/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom to believe who they are, of those that are asked over https: whom requests would. */

#pragma once

#include <libsoup/soup.h>

#include "net/proxy/proxy.h"

/** pl_belief_give: @session goes by @proof from now on, which it keeps; by %NULL it goes by what
 * the system says. Once for a session. */
void pl_belief_give (SoupSession *session, PlProof *proof);
