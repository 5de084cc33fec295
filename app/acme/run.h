/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One certificate on its way: what the parts of that share. All of it belongs to the thread that
 * talks with the authority; who asked for it is told in its own. */

#pragma once

#include "app/acme/talk.h"

/**
 * PlAcmeRun: borrows all that is in it.
 * @key: the account's
 * @home: where @funcs are called
 */
typedef struct
{
  const PlAcmeWish *wish;
  EVP_PKEY *key;
  PlAcmeTalk *talk;
  GMainContext *home;
  const PlAcmeFuncs *funcs;
  gpointer funcs_data;
} PlAcmeRun;

/** pl_acme_run_show, pl_acme_run_tell: call @funcs, and return when that is done; @words are taken.
 */
void pl_acme_run_show (const PlAcmeRun *run, GPtrArray *challenges);
void pl_acme_run_tell (const PlAcmeRun *run, PlAcmeStep step, char *words);
