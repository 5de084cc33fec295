/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Proves to an authority that names lead to this computer, or belong to who has it (RFC 8555 §7.5,
 * §8). Whatever is shown for that is taken away again. */

#pragma once

#include "app/acme/run.h"

/**
 * pl_acme_prove:
 * @urls: of the authorizations of an order
 * @is_of_way: (out): when it failed: whether another way may do
 *
 * Returns: %FALSE with @error
 */
gboolean pl_acme_prove (const PlAcmeRun *run,
                        const char *const *urls,
                        PlAcmeWay way,
                        gboolean *is_of_way,
                        GError **error);
