/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why there is no certificate from an authority: each with a message for people that says what is
 * so, then what to do. */

#pragma once

#include <gio/gio.h>

#define PL_ACME_ERROR (pl_acme_error_quark ())
GQuark pl_acme_error_quark (void);

/**
 * PlAcmeError:
 * @PL_ACME_ERROR_UNREACHABLE: the authority itself does not answer, or not now
 * @PL_ACME_ERROR_REFUSED: it does not want this account, these names, or this order: asking again
 *   changes nothing until a person has done something
 * @PL_ACME_ERROR_RATE_LIMITED: it has been asked too often; see pl_acme_error_get_retry_s()
 * @PL_ACME_ERROR_NOT_PROVEN: it could not see that a name leads to this computer
 * @PL_ACME_ERROR_UNKNOWN_ANSWER: it answered in a way that is not understood
 */
typedef enum
{
  PL_ACME_ERROR_UNREACHABLE,
  PL_ACME_ERROR_REFUSED,
  PL_ACME_ERROR_RATE_LIMITED,
  PL_ACME_ERROR_NOT_PROVEN,
  PL_ACME_ERROR_UNKNOWN_ANSWER,
} PlAcmeError;

/** pl_acme_error_get_retry_s: when the authority wants to be asked again, in seconds since 1970; 0:
 * it has not said. For errors of %PL_ACME_ERROR alone. */
gint64 pl_acme_error_get_retry_s (const GError *error);

/** pl_acme_error_new: (transfer full): @words are copied; @retry_s: 0: not said. */
GError *pl_acme_error_new (PlAcmeError code, gint64 retry_s, const char *words);
