/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an authority says is wrong (RFC 8555 §6.7, RFC 9457), and the words in which people are
 * told: what is so, then what to do. */

#pragma once

#include <json-glib/json-glib.h>

#include "app/acme/error.h"

/**
 * PlAcmeWay: how a name is proven. Ports are those of the name, as the internet sees it.
 * @PL_ACME_WAY_TLS_ALPN: by a handshake on port 443
 * @PL_ACME_WAY_HTTP: by an answer on port 80
 * @PL_ACME_WAY_DNS: by a record beside the name
 */
typedef enum
{
  PL_ACME_WAY_TLS_ALPN,
  PL_ACME_WAY_HTTP,
  PL_ACME_WAY_DNS,
} PlAcmeWay;

/** pl_acme_way_read: by its name in RFC 8555 §9.7.8; %FALSE: another one. */
gboolean pl_acme_way_read (const char *text, PlAcmeWay *way);

/** pl_acme_way_get_name: (transfer none): the same name, as it is written there. */
const char *pl_acme_way_get_name (PlAcmeWay way);

/**
 * PL_ACME_PROBLEMS: the types of RFC 8555 §6.7 that are told apart here: name, enumerator, and the
 * #PlAcmeError it makes.
 */
#define PL_ACME_PROBLEMS(X)                                                                        \
  X (accountDoesNotExist, ACCOUNT, REFUSED)                                                        \
  X (badCSR, REQUEST, REFUSED)                                                                     \
  X (badNonce, NONCE, UNKNOWN_ANSWER)                                                              \
  X (badPublicKey, KEY, REFUSED)                                                                   \
  X (badSignatureAlgorithm, ALGORITHM, REFUSED)                                                    \
  X (caa, CAA, NOT_PROVEN)                                                                         \
  X (connection, CONNECTION, NOT_PROVEN)                                                           \
  X (dns, DNS, NOT_PROVEN)                                                                         \
  X (externalAccountRequired, BINDING, REFUSED)                                                    \
  X (incorrectResponse, INCORRECT, NOT_PROVEN)                                                     \
  X (invalidContact, CONTACT, REFUSED)                                                             \
  X (rateLimited, RATE, RATE_LIMITED)                                                              \
  X (rejectedIdentifier, NAME, REFUSED)                                                            \
  X (serverInternal, SERVER, UNREACHABLE)                                                          \
  X (tls, TLS, NOT_PROVEN)                                                                         \
  X (unauthorized, UNAUTHORIZED, REFUSED)                                                          \
  X (unsupportedContact, UNSUPPORTED_CONTACT, REFUSED)                                             \
  X (unsupportedIdentifier, UNSUPPORTED_NAME, REFUSED)                                             \
  X (userActionRequired, ACTION, REFUSED)

#define PL_ACME_PROBLEM_ENUMERATOR(name, enumerator, code) PL_ACME_PROBLEM_##enumerator,

/** PlAcmeProblemKind: a row of %PL_ACME_PROBLEMS, or %PL_ACME_PROBLEM_OTHER. */
typedef enum
{
  PL_ACME_PROBLEMS (PL_ACME_PROBLEM_ENUMERATOR) PL_ACME_PROBLEM_OTHER,
} PlAcmeProblemKind;

/**
 * PlAcmeProblem: as it came; not to be shown as it is.
 * @type, @detail: (nullable)
 * @name: (nullable): whom it is about, where it is about one name
 */
typedef struct
{
  PlAcmeProblemKind kind;
  char *type;
  char *detail;
  char *name;
} PlAcmeProblem;

void pl_acme_problem_free (PlAcmeProblem *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAcmeProblem, pl_acme_problem_free)

/** pl_acme_problem_read: (transfer full) (nullable): an answer that says what is wrong; %NULL: it
 * is no such document. Of several problems in it the first counts. */
PlAcmeProblem *pl_acme_problem_read (GBytes *body);

/** pl_acme_problem_read_object: (transfer full): the same, within another answer. */
PlAcmeProblem *pl_acme_problem_read_object (JsonObject *object);

/** pl_acme_problem_to_error: (transfer full): of accounts and orders; @retry_s as
 * pl_acme_error_get_retry_s(). */
GError *pl_acme_problem_to_error (const PlAcmeProblem *problem, gint64 retry_s);

/** pl_acme_problem_to_proof_error: (transfer full): @name was not proven, which was tried that
 * @way; @problem: (nullable): the authority has not said why. */
GError *
pl_acme_problem_to_proof_error (const PlAcmeProblem *problem, const char *name, PlAcmeWay way);

/** pl_acme_problem_is_of_way: whether @name might be proven in another way. */
gboolean pl_acme_problem_is_of_way (const PlAcmeProblem *problem);

/** pl_acme_dup_quotable: (transfer full): a text of somebody else's as it may be shown: valid
 * UTF-8 of 300 characters at most, without controls and marks that are not seen. */
char *pl_acme_dup_quotable (const char *text);
