/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line for each login that failed, and for each that came too early, in a form that never changes
 * with the language: for programs that lock out addresses (packaging/linux/fail2ban,
 * packaging/linux/crowdsec). */

#pragma once

#include "net/proxy/proxy.h"

/** PL_LOGIN_LINES_MOST: of one batch of records, which comes at most 30 times a second: who guesses
 * is to cost others nothing. Whoever counts lines has seen enough by then. */
#define PL_LOGIN_LINES_MOST 32

/**
 * pl_login_lines_dup:
 * @records: (element-type PlRecord): as #PlRecordsFunc has them
 *
 * Returns: (transfer full) (element-type utf8): `login failed from 203.0.113.9 (password)`, `login
 *   refused from 2001:db8::1 (link-password)`, and what was left out as `and 5 more logins like
 *   these`; nothing of these that somebody outside has written
 */
GPtrArray *pl_login_lines_dup (GPtrArray *records);

/** pl_login_lines_tell: whether there is a line for @record: it has ended, and was a login that
 * failed or came too early. */
gboolean pl_login_lines_tell (const PlRecord *record);

/** pl_login_lines_get_outcome: (transfer none): for machines: `failed`, `succeeded`, `refused`: of
 * us, since it came too early, `unknown`; empty: it was no try to log in. */
const char *pl_login_lines_get_outcome (const PlRecord *record);
