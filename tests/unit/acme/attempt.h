/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One attempt to have a certificate from pebble, and what is seen of it. */

#pragma once

#include "app/acme/acme.h"
#include "app/certificates/certificate.h"
#include "tests/unit/acme/door.h"
#include "tests/unit/acme/pebble.h"

/**
 * Attempt:
 * @pebble: (nullable): %NULL: it is not here
 * @door: (nullable): who answers for this computer; one is opened when there is none
 * @wish: for `photos.example`, of @pebble
 * @cancel_at, @kill_at: the step at which it is given up, or pebble is ended; -1: none
 * @told: the words of all steps, a line each
 * @is_back: it is over; so with what follows
 */
typedef struct
{
  Pebble *pebble;
  Door *door;
  PlAcmeWish *wish;
  GBytes *account_key;
  GCancellable *cancellable;
  int cancel_at;
  int kill_at;
  guint n_steps_seen;
  PlAcmeStep last_step;
  GString *told;
  gboolean is_back;
  PlCertificate *certificate;
  GError *error;
} Attempt;

typedef void (*AttemptTest) (Attempt *attempt);

/** attempt_add: @test is one of those that attempt_run_all() runs; skipped where pebble is not
 * here. */
void attempt_add (const char *path, const PebbleWays *ways, AttemptTest test);

/** attempt_run_all: Returns: as g_test_run() */
int attempt_run_all (void);

/** attempt_begin: once more, if there was one; attempt_go: the same, to its end. */
void attempt_begin (Attempt *attempt);
void attempt_go (Attempt *attempt);

void attempt_assert_obtained (const Attempt *attempt);

/** attempt_assert_says: @part is in what the error says. */
void attempt_assert_says (const Attempt *attempt, const char *part);

/** attempt_dup_hook: (transfer full) (type filename): a program that has records in pebble's DNS,
 * and notes how it was called. */
char *attempt_dup_hook (Attempt *attempt);

/** attempt_dup_calls: (transfer full): those notes: `add` or `remove`, and a record, a line each.
 */
char *attempt_dup_calls (Attempt *attempt);
