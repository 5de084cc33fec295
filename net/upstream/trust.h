/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which certificates are taken where Immich is asked something by libsoup: those that a request
 * would meet on the relay path. */

#pragma once

#include <libsoup/soup.h>

#include "net/upstream/proof.h"

/**
 * pl_trust_use:
 * @message: not sent yet; of https, or nothing comes of it
 * @proof: a reference is taken
 *
 * Lets @proof say who is believed. Where it names authorities, nobody whom the system alone vouches
 * for is.
 */
void pl_trust_use (SoupMessage *message, PlProof *proof);
