/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is still served without encryption once there is some. */

#pragma once

#include <glib.h>

/**
 * PlPlainRule:
 * @PL_PLAIN_HOME: who is at home: phones that were set up before need it
 * @PL_PLAIN_REDIRECT: the same, but pages are sent on to their encrypted address
 * @PL_PLAIN_REFUSE: nobody
 */
typedef enum
{
  PL_PLAIN_HOME,
  PL_PLAIN_REDIRECT,
  PL_PLAIN_REFUSE,
} PlPlainRule;

/** PlPlainVerdict: what a request that came without encryption meets. */
typedef enum
{
  PL_PLAIN_VERDICT_SERVE,
  PL_PLAIN_VERDICT_SEND_ON,
  PL_PLAIN_VERDICT_REFUSE,
} PlPlainVerdict;

/**
 * pl_plain_decide:
 * @is_home: the client is at home, or on this computer
 * @is_page: somebody opens a page. Nothing else is ever sent on: a redirect loses an upload's body,
 * and apps do not follow it
 *
 * From the internet nothing is served without encryption, whatever the rule.
 */
PlPlainVerdict pl_plain_decide (PlPlainRule rule, gboolean is_home, gboolean is_page);
