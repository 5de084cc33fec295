/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which certificates a health check takes: those that a request would. */

#pragma once

#include <libsoup/soup.h>

#include "net/upstream/proof.h"

/** pl_health_trust_use: @message, of https, is judged by @proof; borrowed as long as @message
 * lives.
 */
void pl_health_trust_use (SoupMessage *message, PlProof *proof);
