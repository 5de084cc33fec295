/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A check-up under way, as each of its checks sees it. A check is a function that begins
 * something and returns; when it knows, it calls pl_check_run_end(), once. */

#pragma once

#include <libsoup/soup.h>

#include "app/checkup/check_item.h"
#include "app/checkup/site.h"
#include "app/finder/probe.h"

typedef struct _PlCheckRun PlCheckRun;

/** PlCheckRunEndFunc: for the check-up: the check that was begun last has ended. */
typedef void (*PlCheckRunEndFunc) (PlCheckRun *run, gpointer user_data);

/**
 * PlCheckRun:
 * @through_session: to ask Porchlight as a guest does
 * @straight_session: to ask anybody else
 * @item: of the check that runs
 * @through: (nullable): who answers through the proxy, once that is known
 * @behind: (nullable): who answers at Immich's own address, once that is known
 * @has_live: there was a live connection, and Immich spoke on it
 * @reply_us: how long a message over the live connection takes to be answered; -1 not known
 */
struct _PlCheckRun
{
  PlCheckSite *site;
  SoupSession *through_session;
  SoupSession *straight_session;
  GCancellable *cancellable;
  PlCheckItem *item;
  PlProbe *through;
  PlProbe *behind;
  gboolean has_live;
  gint64 reply_us;
  /*< private >*/
  PlCheckRunEndFunc ended;
  gpointer user_data;
};

/** pl_check_run_new: (transfer full): takes @site over. */
PlCheckRun *pl_check_run_new (PlCheckSite *site, PlCheckRunEndFunc ended, gpointer user_data);

/** pl_check_run_free: also while a check runs, whose function is then called no more. */
void pl_check_run_free (PlCheckRun *run);

/** pl_check_run_begin: @item and @check are what runs from now on. */
void pl_check_run_begin (PlCheckRun *run, PlCheckItem *item, void (*check) (PlCheckRun *run));

/** pl_check_run_add_detail: @line: (transfer full): for those who help. */
void pl_check_run_add_detail (PlCheckRun *run, char *line);

/**
 * pl_check_run_end: by the check itself, as the last thing it does with @run
 * @words: (transfer full): what was seen
 * @advice: (transfer full) (nullable): what to do
 */
void pl_check_run_end (PlCheckRun *run, PlCheckState state, char *words, char *advice);

/** pl_check_run_end_with: the same, with a place where it can be put right. */
void pl_check_run_end_with (PlCheckRun *run,
                            PlCheckState state,
                            PlCheckRemedy remedy,
                            char *words,
                            char *advice);

/** pl_check_run_get_upstream: (transfer none) (nullable): where Immich is. */
const char *pl_check_run_get_upstream (PlCheckRun *run);

/** pl_check_run_get_upload_path: (transfer none): where this Immich takes uploads, through the
 * proxy. */
const char *pl_check_run_get_upload_path (PlCheckRun *run);

/** pl_check_run_get_upstream_path: (transfer none): @path as it goes to Immich itself. */
const char *pl_check_run_get_upstream_path (PlCheckRun *run, const char *path);
