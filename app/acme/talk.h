/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The conversation with an authority: one question after another, signed, with a nonce each (RFC
 * 8555 §6). It has a thread to itself, which waits; so what is asked stands in the order in which
 * the RFC tells it. Every wait has an end, and ends when the cancellable says so. */

#pragma once

#include "app/acme/acme.h"
#include "app/acme/answer.h"
#include "app/certificates/openssl.h"

/**
 * PlAcmeAnswer: one that says it went well.
 * @location: (nullable): where that can be asked for again
 * @retry_s: when the authority wants to be asked again, in seconds since 1970; 0: not said
 */
typedef struct
{
  GBytes *body;
  char *location;
  gint64 retry_s;
} PlAcmeAnswer;

void pl_acme_answer_free (PlAcmeAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAcmeAnswer, pl_acme_answer_free)

typedef struct _PlAcmeTalk PlAcmeTalk;

/**
 * pl_acme_talk_new: (transfer full):
 * @wish: borrowed as long as it lives
 * @key: (nullable): what is signed with; %NULL: nothing is going to be
 *
 * Asks for the directory. The thread that calls has a main context of its own until it frees it.
 *
 * Returns: %NULL with @error, as all here: #PlAcmeError or %G_IO_ERROR_CANCELLED
 */
PlAcmeTalk *
pl_acme_talk_new (const PlAcmeWish *wish, EVP_PKEY *key, GCancellable *cancellable, GError **error);
void pl_acme_talk_free (PlAcmeTalk *talk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAcmeTalk, pl_acme_talk_free)

/** pl_acme_talk_get_directory: (transfer none): */
const PlAcmeDirectory *pl_acme_talk_get_directory (const PlAcmeTalk *talk);

/** pl_acme_talk_get_stop: (transfer none): cancelled in this thread when the caller's is: for what
 * else the thread waits for. */
GCancellable *pl_acme_talk_get_stop (const PlAcmeTalk *talk);

/** pl_acme_talk_set_account: @url: under which the authority knows the key from now on. */
void pl_acme_talk_set_account (PlAcmeTalk *talk, const char *url);

/** pl_acme_talk_get: (transfer full): a question that is not signed. */
PlAcmeAnswer *pl_acme_talk_get (PlAcmeTalk *talk, const char *url, GError **error);

/** pl_acme_talk_post: (transfer full): a signed one; @payload: JSON, or empty to fetch (§6.3). A
 * nonce that is refused is asked again with a fresh one (§6.5). */
PlAcmeAnswer *
pl_acme_talk_post (PlAcmeTalk *talk, const char *url, const char *payload, GError **error);
