/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When an authority is asked: decided without a clock and without chance, which are handed in.
 * Times are seconds since 1970; @dice is from 0 to 1, so that not everybody asks at the same
 * moment. */

#pragma once

#include <glib.h>

/** PL_ACME_MOST_WAIT_S: however often it failed, it is tried again after a day. */
#define PL_ACME_MOST_WAIT_S (24 * 60 * 60)

/** pl_acme_schedule_renewal_s: when a certificate is renewed that is good from @begin_s to @end_s:
 * at about two thirds of its life. */
gint64 pl_acme_schedule_renewal_s (gint64 begin_s, gint64 end_s, double dice);

/**
 * pl_acme_schedule_in_window_s:
 * @start_s, @stop_s: between which its authority wants it to be renewed (RFC 9773 §4.2)
 *
 * A moment between them, within reason: not before half its life is over, and while there is time
 * left to try again. A window that is over is heeded at once.
 */
gint64 pl_acme_schedule_in_window_s (gint64 begin_s,
                                     gint64 end_s,
                                     gint64 start_s,
                                     gint64 stop_s,
                                     gint64 now_s,
                                     double dice);

/** PlAcmeHaste: how soon it is worth trying again for the first time: what is out of reach may be
 * there in a minute; what was not proven is counted by authorities; what was refused is refused
 * until somebody has done something. */
typedef enum
{
  PL_ACME_HASTE_MINUTE,
  PL_ACME_HASTE_QUARTER,
  PL_ACME_HASTE_HOUR,
} PlAcmeHaste;

/** pl_acme_schedule_retry_s: when it is tried again after @n_failures in a row, one at least: each
 * time after twice as long. */
gint64 pl_acme_schedule_retry_s (PlAcmeHaste haste, guint n_failures, gint64 now_s, double dice);
