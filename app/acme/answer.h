/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an authority answers (RFC 8555 §7.1, RFC 9773 §4.2), read strictly: whatever comes is either
 * understood as a whole or not at all. Texts are as they came: see pl_acme_problem_to_error() for
 * what may be shown. */

#pragma once

#include "app/acme/problem.h"

/**
 * PlAcmeDirectory: where is asked what.
 * @renewal_info: (nullable): without a slash at the end
 * @terms: (nullable): where the terms of service can be read
 * @wants_binding: whether it takes those alone who have an account there by other means
 */
typedef struct
{
  char *new_nonce;
  char *new_account;
  char *new_order;
  char *renewal_info;
  char *terms;
  gboolean wants_binding;
} PlAcmeDirectory;

PlAcmeDirectory *pl_acme_directory_read (GBytes *body);
void pl_acme_directory_free (PlAcmeDirectory *directory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAcmeDirectory, pl_acme_directory_free)

/**
 * PlAcmeStatus: of orders, authorizations and challenges (§7.1.6).
 * @PL_ACME_STATUS_INVALID: also what was taken back or has run out
 */
typedef enum
{
  PL_ACME_STATUS_PENDING,
  PL_ACME_STATUS_PROCESSING,
  PL_ACME_STATUS_READY,
  PL_ACME_STATUS_VALID,
  PL_ACME_STATUS_INVALID,
} PlAcmeStatus;

/**
 * PlAcmeOrder:
 * @authorizations: URLs, one at least
 * @certificate: (nullable): its URL, once @status is valid
 * @problem: (nullable): why it is invalid
 */
typedef struct
{
  PlAcmeStatus status;
  GStrv authorizations;
  char *finalize;
  char *certificate;
  PlAcmeProblem *problem;
} PlAcmeOrder;

PlAcmeOrder *pl_acme_order_read (GBytes *body);
void pl_acme_order_free (PlAcmeOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAcmeOrder, pl_acme_order_free)

/**
 * PlAcmeOffer: a challenge, as it is offered: one of the ways in which a name can be proven.
 * @token: base64url
 * @problem: (nullable): what the authority saw instead
 */
typedef struct
{
  PlAcmeWay way;
  PlAcmeStatus status;
  char *url;
  char *token;
  PlAcmeProblem *problem;
} PlAcmeOffer;

/**
 * PlAcmeAuthorization:
 * @name: without the `*.` of a wildcard
 * @offers: (element-type PlAcmeOffer): those that are known here; perhaps none
 */
typedef struct
{
  PlAcmeStatus status;
  char *name;
  GPtrArray *offers;
} PlAcmeAuthorization;

PlAcmeAuthorization *pl_acme_authorization_read (GBytes *body);
void pl_acme_authorization_free (PlAcmeAuthorization *authorization);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAcmeAuthorization, pl_acme_authorization_free)

/** pl_acme_authorization_find: (transfer none) (nullable): what is offered of that way. */
const PlAcmeOffer *pl_acme_authorization_find (const PlAcmeAuthorization *authorization,
                                               PlAcmeWay way);

/** pl_acme_renewal_read: when to renew (RFC 9773 §4.2), in seconds since 1970. %FALSE: not
 * understood, or an end before its start; nothing is written then. */
gboolean pl_acme_renewal_read (GBytes *body, gint64 *start_s, gint64 *end_s);
