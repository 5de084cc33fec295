/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What runs: a proxy, and those that are to let nobody in any more but still have something under
 * way, while another one may already let people in again. */

#pragma once

#include "net/proxy/proxy.h"

/**
 * PlRunState:
 * @PL_RUN_IDLE: nothing was given to run yet
 * @PL_RUN_PAUSED: nobody is let in, by the user's wish
 * @PL_RUN_OPEN: people are let in
 * @PL_RUN_SHUT: people are to be let in, but the door cannot be opened
 * @PL_RUN_ENDED: nobody is let in ever more; what is under way may finish
 */
typedef enum
{
  PL_RUN_IDLE,
  PL_RUN_PAUSED,
  PL_RUN_OPEN,
  PL_RUN_SHUT,
  PL_RUN_ENDED,
} PlRunState;

/**
 * PlRunResult: what became of a configuration.
 * @PL_RUN_TAKEN: it runs; or will when a pause is over
 * @PL_RUN_KEPT: it cannot run, and what ran before goes on
 * @PL_RUN_REFUSED: it cannot run, and nothing does; it is kept, to be tried again
 */
typedef enum
{
  PL_RUN_TAKEN,
  PL_RUN_KEPT,
  PL_RUN_REFUSED,
} PlRunResult;

typedef struct _PlRunner PlRunner;

/** pl_runner_new: (transfer full): idle. The functions are called as pl_proxy_new(),
 * pl_proxy_set_status_func() and pl_proxy_set_turned_away_func() say. */
PlRunner *pl_runner_new (PlRecordsFunc on_records,
                         PlEndpointStatusFunc on_status,
                         PlTurnedAwayFunc on_turned_away,
                         gpointer user_data);

/** pl_runner_free: as pl_runner_stop(), and frees. */
void pl_runner_free (PlRunner *runner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlRunner, pl_runner_free)

PlRunState pl_runner_get_state (const PlRunner *runner);

/** pl_runner_get_config: (transfer none) (nullable): what runs, or is to; %NULL while idle. */
PlConfig *pl_runner_get_config (const PlRunner *runner);

/** pl_runner_set_home: the networks that are home from now on, see #PlConfig; what runs goes on,
 * but for those who are not at home any more. */
void pl_runner_set_home (PlRunner *runner, const PlTrust *home);

/** pl_runner_try: has @config run from now on; @error is set unless it is %PL_RUN_TAKEN. */
PlRunResult pl_runner_try (PlRunner *runner, PlConfig *config, GError **error);

/** pl_runner_pause: what is under way may finish. */
void pl_runner_pause (PlRunner *runner);

/** pl_runner_resume: tries what there is to run; as pl_runner_try(). */
PlRunResult pl_runner_resume (PlRunner *runner, GError **error);

/**
 * pl_runner_end:
 * @timeout_ms: how long what runs may go on; what a pause has left ends now
 * @on_ended: called once, when nothing runs any more; perhaps before this returns
 */
void
pl_runner_end (PlRunner *runner, guint timeout_ms, GSourceOnceFunc on_ended, gpointer user_data);

/** pl_runner_stop: the same at once: whatever runs is ended, its last records are delivered. */
void pl_runner_stop (PlRunner *runner);

/** pl_runner_set_capture: as pl_proxy_set_capture(). */
void pl_runner_set_capture (PlRunner *runner, gboolean captures);

/** pl_runner_dup_waiting: (transfer full) (element-type PlWaiting): as pl_proxy_dup_waiting();
 * empty unless it runs: a pause forgets. */
GArray *pl_runner_dup_waiting (const PlRunner *runner);

/** pl_runner_let_try_again: as pl_proxy_let_try_again(). */
void pl_runner_let_try_again (PlRunner *runner, const PlNetwork *network);

/** pl_runner_dup_addresses: (transfer full): as pl_proxy_dup_addresses(); none unless open. */
char **pl_runner_dup_addresses (const PlRunner *runner);

/** pl_runner_foreach_endpoint: as pl_proxy_foreach_endpoint(). Where nothing runs nothing is asked,
 * either: their health is then unknown. */
void
pl_runner_foreach_endpoint (const PlRunner *runner, PlEndpointStatusFunc func, gpointer user_data);
