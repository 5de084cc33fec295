/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a question to an authority had no good answer, in words. */

#pragma once

#include <libsoup/soup.h>

#include "app/acme/problem.h"

/** pl_acme_fail_unknown: sets %PL_ACME_ERROR_UNKNOWN_ANSWER. Returns: %FALSE */
gboolean pl_acme_fail_unknown (GError **error);

/** pl_acme_fail_unreachable: sets %PL_ACME_ERROR_UNREACHABLE, or hands on that it was cancelled;
 * @cause: of pl_ask_finish(), taken. */
void pl_acme_fail_unreachable (const char *directory, GError *cause, GError **error);

/** pl_acme_fail_answer: sets what @message was answered with, which was no success; @problem:
 * (nullable): taken: what the authority says of it. */
void pl_acme_fail_answer (SoupMessage *message, PlAcmeProblem *problem, GError **error);

/** pl_acme_get_retry_s: when the authority wants to be asked again (Retry-After, RFC 9110 §10.2.3),
 * in seconds since 1970, within the next two weeks; 0: not said. */
gint64 pl_acme_get_retry_s (SoupMessage *message);
