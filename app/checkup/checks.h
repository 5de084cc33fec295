/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All that is checked. Each of these is begun by pl_check_run_begin(). */

#pragma once

#include "app/checkup/run.h"

/** PlCheckId: all there are, in the order they are run and shown. */
typedef enum
{
  PL_CHECK_ID_PING,
  PL_CHECK_ID_LAYOUT,
  PL_CHECK_ID_LIVE,
  PL_CHECK_ID_PROMPTNESS,
  PL_CHECK_ID_RANGE,
  PL_CHECK_ID_EARLY_ANSWER,
  PL_CHECK_ID_SIZE_LIMIT,
  PL_CHECK_ID_HOST,
  PL_CHECK_ID_PAGES,
  PL_CHECK_ID_TIMEOUTS,
  PL_CHECK_ID_ENCRYPTION,
  PL_CHECK_ID_CERTIFICATE,
  PL_CHECK_ID_WAY_TO_IMMICH,
  PL_CHECK_ID_CLOCK,
  PL_CHECK_ID_DOOR,
  PL_CHECK_ID_NAME,
  PL_CHECK_ID_WORLD,
  PL_CHECK_ID_LINKS,
  PL_CHECK_ID_WAY_PAST,
  PL_CHECK_ID_SLEEP,
  PL_CHECK_N_IDS
} PlCheckId;

/** PlCheck: @title: in English, to be translated. */
typedef struct
{
  const char *title;
  void (*run) (PlCheckRun *run);
  gboolean needs_answer; /* means nothing while Immich does not answer through the proxy */
} PlCheck;

/** pl_check_get: (transfer none). */
const PlCheck *pl_check_get (PlCheckId id);

/* reach_checks.c: is Immich there, and does it get what it expects? */
void pl_check_ping (PlCheckRun *run);
void pl_check_layout (PlCheckRun *run);

/* door_checks.c: who gets in? */
void pl_check_door (PlCheckRun *run);
void pl_check_way_past (PlCheckRun *run);

/* name_check.c */
void pl_check_name (PlCheckRun *run);

/* world_check.c */
void pl_check_world (PlCheckRun *run);

/* links_check.c */
void pl_check_links (PlCheckRun *run);

/* encryption_check.c */
void pl_check_encryption (PlCheckRun *run);

/* certificate_check.c: as who comes over https meets it */
void pl_check_certificate (PlCheckRun *run);

/* way_checks.c: whom encryption to Immich, and encryption at all, depends on */
void pl_check_way_to_immich (PlCheckRun *run);
void pl_check_clock (PlCheckRun *run);

/* live_checks.c */
void pl_check_live (PlCheckRun *run);
void pl_check_promptness (PlCheckRun *run);

/* upload_checks.c */
void pl_check_early_answer (PlCheckRun *run);
void pl_check_size_limit (PlCheckRun *run);

/* download_checks.c */
void pl_check_range (PlCheckRun *run);
void pl_check_pages (PlCheckRun *run);

/* host_check.c */
void pl_check_host (PlCheckRun *run);

/* home_checks.c: settings, and the computer itself */
void pl_check_timeouts (PlCheckRun *run);
void pl_check_sleep (PlCheckRun *run);
