/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may come in, and whose word on the way a request took is believed. */

#pragma once

#include <glib.h>

#include "net/route/address.h"

/**
 * PlExposure:
 * @PL_EXPOSURE_COMPUTER: this computer alone
 * @PL_EXPOSURE_NETWORK: who is at home: private addresses, see pl_address_is_private(), and the
 *   networks of this computer that are a home's
 * @PL_EXPOSURE_INTERNET: everybody
 */
typedef enum
{
  PL_EXPOSURE_COMPUTER,
  PL_EXPOSURE_NETWORK,
  PL_EXPOSURE_INTERNET,
} PlExposure;

/** PlTrust: a set of networks; immutable once filled. */
typedef struct _PlTrust PlTrust;

/**
 * pl_exposure_admits:
 * @home: (nullable): networks that are home beside the private addresses
 *
 * May @address connect? Asked at accept, before an octet is read.
 */
gboolean pl_exposure_admits (PlExposure exposure, const PlTrust *home, const PlAddress *address);

PlTrust *pl_trust_new (void);
PlTrust *pl_trust_dup (const PlTrust *trust);
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

/** pl_trust_add_network: one that is no text. */
void pl_trust_add_network (PlTrust *trust, const PlNetwork *network);

/** pl_trust_get_networks: (transfer none) (array length=n_networks): in the order they were added.
 */
const PlNetwork *pl_trust_get_networks (const PlTrust *trust, guint *n_networks);

/** pl_trust_equal: whether both hold the same networks, in whatever order. */
gboolean pl_trust_equal (const PlTrust *a, const PlTrust *b);

/** pl_trust_contains: whether @address is in one of the networks of @trust; %FALSE for %NULL. */
gboolean pl_trust_contains (const PlTrust *trust, const PlAddress *address);
