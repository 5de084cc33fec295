/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps a certificate of an authority there: has one made when there is none for the names that are
 * wished for, has it renewed in time, and tries again, ever more seldom, when that fails. What it
 * gets is a file for who keeps certificates (app/certificates/keeper.h); what it fails at changes
 * nothing there. Belongs to the main thread, which it blocks for small files alone. */

#pragma once

#include "app/acme/acme.h"

#define PL_TYPE_ACME_RENEWER (pl_acme_renewer_get_type ())
G_DECLARE_FINAL_TYPE (PlAcmeRenewer, pl_acme_renewer, PL, ACME_RENEWER, GObject)

/**
 * PlAcmeRenewer::challenges-changed:
 *
 * From the return of this on the engine has to answer pl_acme_renewer_get_challenges(), and nothing
 * else.
 */

/**
 * PlAcmeRenewer::obtained:
 *
 * There is another certificate in its file.
 */

/**
 * PlAcmeRenewer::changed:
 *
 * State or words are others.
 */

/**
 * PlAcmeRenewerState:
 * @PL_ACME_RENEWER_IDLE: nothing is wished for, or all is well
 * @PL_ACME_RENEWER_BUSY: a certificate is being made
 * @PL_ACME_RENEWER_FAILED: it could not be made, and is tried again
 */
typedef enum
{
  PL_ACME_RENEWER_IDLE,
  PL_ACME_RENEWER_BUSY,
  PL_ACME_RENEWER_FAILED,
} PlAcmeRenewerState;

/** pl_acme_renewer_new: (transfer full): without a wish, which it has to be again before it is let
 * go of: what runs keeps it. */
PlAcmeRenewer *pl_acme_renewer_new (void);

/**
 * pl_acme_renewer_want:
 * @wish: (nullable): borrowed; %NULL: nothing any more, what runs is given up
 * @folder: (nullable) (type filename): see pl_acme_store_dup_folder(); %NULL without @wish
 *
 * Other names, or another authority, are begun with at once; the same again change nothing.
 */
void pl_acme_renewer_want (PlAcmeRenewer *renewer, const PlAcmeWish *wish, const char *folder);

/** pl_acme_renewer_try_now: somebody has put right what was wrong: what failed is tried now, unless
 * the authority has said until when it does not want to be asked. */
void pl_acme_renewer_try_now (PlAcmeRenewer *renewer);

/** pl_acme_renewer_look: the computer has come into another network, or has slept. */
void pl_acme_renewer_look (PlAcmeRenewer *renewer);

/** pl_acme_renewer_is_under_way: whether something is still asked of an authority, or taken away
 * that was shown to it, be it wished for or not; changes with #PlAcmeRenewer::changed. */
gboolean pl_acme_renewer_is_under_way (PlAcmeRenewer *renewer);

/** pl_acme_renewer_end: what runs is given up and waited for, for seconds at most; meanwhile the
 * main context is run. For the end of a program. */
void pl_acme_renewer_end (PlAcmeRenewer *renewer);

PlAcmeRenewerState pl_acme_renewer_get_state (PlAcmeRenewer *renewer);

/** pl_acme_renewer_get_words: (transfer none) (nullable): what goes on, or why it failed and when
 * it is tried again; %NULL: there is nothing to say; until the next change. */
const char *pl_acme_renewer_get_words (PlAcmeRenewer *renewer);

/** pl_acme_renewer_get_failure: (transfer none) (nullable): why it failed last, in a sentence, also
 * while it is tried again; %NULL: it did not. Until the next change. */
const char *pl_acme_renewer_get_failure (PlAcmeRenewer *renewer);

/** pl_acme_renewer_get_next_s: when it is tried again, or the certificate is renewed, in seconds
 * since 1970; 0: that is not known. */
gint64 pl_acme_renewer_get_next_s (PlAcmeRenewer *renewer);

/** pl_acme_renewer_can_try_now: whether pl_acme_renewer_try_now() would do something. */
gboolean pl_acme_renewer_can_try_now (PlAcmeRenewer *renewer);

/** pl_acme_renewer_get_challenges: (transfer none) (element-type PlAcmeChallenge): until the next
 * change. */
GPtrArray *pl_acme_renewer_get_challenges (PlAcmeRenewer *renewer);
