/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which requests are tries to log in to Immich, and what its answer says of one. */

#pragma once

#include "net/http/head.h"
#include "net/http/target.h"

/**
 * PlLogin: what was tried.
 * @PL_LOGIN_NONE: nothing
 * @PL_LOGIN_PASSWORD: the password of an account
 * @PL_LOGIN_LINK: the password of a share link
 * @PL_LOGIN_KEY: an API key, which comes with each request of a program
 * @PL_LOGIN_PIN: the PIN code of a locked folder, by whoever is logged in
 */
typedef enum
{
  PL_LOGIN_NONE,
  PL_LOGIN_PASSWORD,
  PL_LOGIN_LINK,
  PL_LOGIN_KEY,
  PL_LOGIN_PIN,
} PlLogin;

/**
 * PlLoginOutcome:
 * @PL_LOGIN_UNKNOWN: Immich has not judged it: no answer, or one that says something else
 * @PL_LOGIN_FAILED: refused
 * @PL_LOGIN_SUCCEEDED: accepted
 */
typedef enum
{
  PL_LOGIN_UNKNOWN,
  PL_LOGIN_FAILED,
  PL_LOGIN_SUCCEEDED,
} PlLoginOutcome;

/**
 * pl_login_find:
 * @head: of a request
 * @target: its parsed target
 *
 * Reads paths as widely as Immich does (case, a slash at the end) and wider, and takes them for
 * what they end with, since a route may leave out what is before that.
 */
PlLogin pl_login_find (const PlHead *head, const PlTarget *target);

/**
 * pl_login_judge:
 * @status: of Immich's answer
 *
 * A request that any of guests' pages may be refused innocently is no login to begin with. That an
 * API key went with a request that was answered says nothing of the key: some are for everybody.
 */
PlLoginOutcome pl_login_judge (PlLogin login, guint status);

/** pl_login_hash_key: tells one API key from another in this run of the program, without keeping
 * any; of several in a query, under whatever name passes for it, all count. 0: there is none. */
guint32 pl_login_hash_key (const PlHead *head, const PlTarget *target);

/** pl_login_get_name: (transfer none) (nullable): for machines: `password`, `link-password`,
 * `api-key`, `pin-code`; %NULL: none. */
const char *pl_login_get_name (PlLogin login);
