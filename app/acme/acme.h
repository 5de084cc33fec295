/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client of certificate authorities that speak ACME (RFC 8555), Let's Encrypt among them: has a
 * certificate made for names that lead to this computer, and asks when to renew it (RFC 9773). It
 * keeps nothing: account and certificate are handed over, and who asks again is somebody else's
 * business. Who calls agrees to the authority's terms of service on behalf of whoever chose this
 * way to a certificate; where they can be read is told by the first step's words. */

#pragma once

#include <gio/gio.h>

#include "app/acme/error.h"

/**
 * PlAcmeWish: who is asked, by whom, for what. It owns all that is in it.
 * @directory: the authority's directory, `https://…`
 * @authorities: (nullable) (type filename): PEM: who vouches for the directory's server; %NULL: the
 *   system's
 * @names: DNS names in lower case, as A-labels; `*.` before one is possible with @dns_hook alone
 * @email: (nullable): where the authority may write to
 * @eab_id, @eab_key: (nullable): binding to an account that the authority has already (RFC 8555
 *   §7.3.4): its name, and its key in base64url, which is a secret
 * @dns_hook: (nullable) (type filename): proves by DNS (DNS-01) through this program, called
 *   `PROGRAM add|remove RECORD VALUE`: it is to have the TXT record there, or away, when it ends
 *   with 0. RECORD is the record's whole name (`_acme-challenge.photos.example`). Each `add` has
 *   its `remove`, whatever became of it. %NULL: proves by what our engine answers, on port 443
 *   (TLS-ALPN-01) and, should that fail, on port 80 (HTTP-01)
 * @replaces: (nullable): PEM of a certificate by the same authority that the new one comes after,
 *   which is told so (RFC 9773 §5): renewals count less for its limits, or not at all
 */
typedef struct
{
  char *directory;
  char *authorities;
  GStrv names;
  char *email;
  char *eab_id;
  char *eab_key;
  char *dns_hook;
  GBytes *replaces;
} PlAcmeWish;

PlAcmeWish *pl_acme_wish_copy (const PlAcmeWish *wish);

/** pl_acme_wish_equal: whether both, of which each may be %NULL, ask the same for the same; what is
 * replaced is not asked for. */
gboolean pl_acme_wish_equal (const PlAcmeWish *a, const PlAcmeWish *b);

void pl_acme_wish_free (PlAcmeWish *wish);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAcmeWish, pl_acme_wish_free)

/**
 * PlAcmeChallengeKind:
 * @PL_ACME_CHALLENGE_HTTP: `GET /.well-known/acme-challenge/TOKEN` on port 80 (RFC 8555 §8.3)
 * @PL_ACME_CHALLENGE_TLS_ALPN: a handshake on port 443 that agrees on `acme-tls/1` (RFC 8737)
 */
typedef enum
{
  PL_ACME_CHALLENGE_HTTP,
  PL_ACME_CHALLENGE_TLS_ALPN,
} PlAcmeChallengeKind;

/**
 * PlAcmeChallenge: what our own engine has to answer while the authority looks. Immutable.
 * @name: whom it is about
 * @token: of HTTP: the last segment of the path
 * @answer: of HTTP: the body, to be sent as `application/octet-stream`
 * @chain, @key: of TLS_ALPN: PEM of the certificate to show to who asks for @name, and of its key
 */
typedef struct
{
  PlAcmeChallengeKind kind;
  char *name;
  char *token;
  char *answer;
  GBytes *chain;
  GBytes *key;
} PlAcmeChallenge;

void pl_acme_challenge_free (PlAcmeChallenge *challenge);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAcmeChallenge, pl_acme_challenge_free)

/**
 * PlAcmeStep: how far it is.
 * @PL_ACME_STEP_ACCOUNT: the authority gets to know this computer
 * @PL_ACME_STEP_ORDER: a certificate is ordered
 * @PL_ACME_STEP_PROVE: the authority looks whether the names lead here
 * @PL_ACME_STEP_FINISH: the certificate is made
 */
typedef enum
{
  PL_ACME_STEP_ACCOUNT,
  PL_ACME_STEP_ORDER,
  PL_ACME_STEP_PROVE,
  PL_ACME_STEP_FINISH,
} PlAcmeStep;

/**
 * PlAcmeFuncs: called in the main context that pl_acme_obtain_async() was called in, and never
 * after its callback.
 * @show: all @challenges (element-type PlAcmeChallenge) that are to be answered from when it
 *   returns; empty: none any more, which is the last call of each proof, whatever became of it. The
 *   array may be kept by reference.
 * @step: what goes on now, in words for people: a sentence, which may come again for a step
 */
typedef struct
{
  void (*show) (GPtrArray *challenges, gpointer user_data);
  void (*step) (PlAcmeStep step, const char *words, gpointer user_data);
} PlAcmeFuncs;

/** pl_acme_new_account_key: (transfer full): PEM of a new one (EC P-256), which is a secret:
 * whoever has it is this computer to the authority. %NULL with @error. */
GBytes *pl_acme_new_account_key (GError **error);

/**
 * pl_acme_obtain_async:
 * @wish: borrowed until it returns
 * @account_key: PEM of an EC P-256 key; the account is made when the authority has none of it
 * @funcs: borrowed until it returns
 *
 * Has a certificate made. Takes seconds, and minutes where the authority, or the DNS program, takes
 * its time; each wait has an end. When it is cancelled, challenges and DNS records are taken away
 * before the callback comes.
 */
void pl_acme_obtain_async (const PlAcmeWish *wish,
                           GBytes *account_key,
                           const PlAcmeFuncs *funcs,
                           gpointer funcs_data,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/**
 * pl_acme_obtain_finish:
 * @chain: (out) (transfer full): PEM: the certificate, then those that vouch for it
 * @key: (out) (transfer full): PEM of its key, a new one each time, which is a secret
 *
 * Returns: %FALSE with @error: #PlAcmeError, with words that say what to do, or
 *   %G_IO_ERROR_CANCELLED
 */
gboolean pl_acme_obtain_finish (GAsyncResult *result, GBytes **chain, GBytes **key, GError **error);

/** pl_acme_ask_renewal_async: asks when @chain (PEM) is to be renewed; of @wish only the directory
 * and its authorities count. Nothing is signed. */
void pl_acme_ask_renewal_async (const PlAcmeWish *wish,
                                GBytes *chain,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * pl_acme_ask_renewal_finish:
 * @start_s, @end_s: (out): a moment between them is to be chosen; seconds since 1970; both past:
 *   now, as of a certificate that is revoked
 * @ask_again_s: (out): when to ask again, in seconds since 1970: in a minute to a day
 *
 * Returns: %FALSE with @error (as pl_acme_obtain_finish()), and without when the authority does not
 *   tell such things
 */
gboolean pl_acme_ask_renewal_finish (GAsyncResult *result,
                                     gint64 *start_s,
                                     gint64 *end_s,
                                     gint64 *ask_again_s,
                                     GError **error);
