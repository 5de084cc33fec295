/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking Porchlight over TLS, though this computer may not know who vouches for its certificate. */

#pragma once

#include <libsoup/soup.h>

/** pl_own_certificate_trust: @session believes whom @pem vouches for, beside those the system
 * knows, and @pem itself; names have to fit all the same. */
void pl_own_certificate_trust (SoupSession *session, const char *pem);

/** pl_own_certificate_trust_by_client: the same for @client, which is to make TLS connections. */
void pl_own_certificate_trust_by_client (GSocketClient *client, const char *pem);
