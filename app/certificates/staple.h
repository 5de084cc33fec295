/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an authority says of a certificate of its own, signed, for a few days (OCSP, RFC 6960), kept
 * in a file by whoever keeps the certificate. Handed to browsers with the certificate they need not
 * ask for it (RFC 6066 §8). */

#pragma once

#include "app/certificates/judge.h"

/** PL_STAPLE_SUFFIX: what follows the name of the certificate's file, as HAProxy has it. */
#define PL_STAPLE_SUFFIX ".ocsp"

/**
 * pl_staple_judge: (transfer full) (nullable):
 * @response: DER
 * @now_s: seconds since 1970
 * @until_s: (out): when it is good no more; of meaning for %NULL
 *
 * Only what is whole, signed by whoever vouches for @certificate, about it, good now and says that
 * all is well is ever shown: browsers refuse a page for anything else.
 *
 * Returns: %NULL when it is to be shown, else why not, in words: the second half of a sentence
 */
char *
pl_staple_judge (const PlCertificate *certificate, GBytes *response, gint64 now_s, gint64 *until_s);

/** pl_staple_is_demanded: whether @certificate says itself that it is nothing without (RFC 7633,
 * “must staple”). Firefox heeds that. */
gboolean pl_staple_is_demanded (const PlCertificate *certificate);

/**
 * pl_staple_load: (transfer full) (nullable):
 * @path: (type filename): of the certificate's own file
 *
 * Gives @certificate what lies beside it, if that is to be shown; see pl_certificate_set_staple().
 *
 * Returns: a remark when there is something that is not, or nothing where that is demanded; %NULL:
 *   there is nothing to say
 */
PlRemark *pl_staple_load (PlCertificate *certificate, const char *path, gint64 now_s);
