/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may come in, and whose word on the way a request took is believed. */

#pragma once

#include <glib.h>

#include "net/route/address.h"

/**
 * PlExposure:
 * @PL_EXPOSURE_COMPUTER: this computer alone
 * @PL_EXPOSURE_NETWORK: private addresses, see pl_address_is_private()
 * @PL_EXPOSURE_INTERNET: everybody
 */
typedef enum
{
  PL_EXPOSURE_COMPUTER,
  PL_EXPOSURE_NETWORK,
  PL_EXPOSURE_INTERNET,
} PlExposure;

/** pl_exposure_admits: may @address connect? Asked at accept, before an octet is read. */
gboolean pl_exposure_admits (PlExposure exposure, const PlAddress *address);

/** PlTrust: a set of networks; immutable once filled. */
typedef struct _PlTrust PlTrust;

PlTrust *pl_trust_new (void);
void pl_trust_free (PlTrust *trust);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlTrust, pl_trust_free)

/**
 * pl_trust_add:
 * @cidr: `192.168.0.0/16`, `fd00::/8`, or a single address; white space around it is passed over
 *
 * Strict: bits set past the prefix are refused, since they show a mistake.
 *
 * Returns: %FALSE with @error (%G_IO_ERROR_INVALID_ARGUMENT, a message that says what is allowed)
 *   when it cannot be read
 */
gboolean pl_trust_add (PlTrust *trust, const char *cidr, GError **error);

/** pl_trust_contains: whether @address is in one of the networks of @trust; %FALSE for %NULL. */
gboolean pl_trust_contains (const PlTrust *trust, const PlAddress *address);
