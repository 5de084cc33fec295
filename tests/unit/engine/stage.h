/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An engine with a folder and a port of its own, the next one free, and who comes to see it. */

#pragma once

#include "app/engine/engine.h"

typedef struct
{
  char *folder;
  char *path;
  guint16 port;
  PlEngine *engine;
} Stage;

/** StageTest: as for g_test_add(). */
typedef struct
{
  const char *name;
  void (*func) (Stage *stage, gconstpointer data);
} StageTest;

/** stage_run_tests: a stage for each. Devices are remembered in a folder that goes with them: none
 * is the user's. */
int stage_run_tests (int argc, char **argv, const StageTest *tests, guint n_tests);

/** stage_restart: ends the engine and makes another one, which is to be started. */
void stage_restart (Stage *stage);

/** stage_write_settings: @more: what follows in [listen], and other groups. */
void stage_write_settings (Stage *stage, const char *more);

#define STAGE_DEMO "[upstream immich]\nurls=http://127.0.0.1:1\n[window]\ndemo=true\n"
#define STAGE_NOBODY                                                                               \
  "[upstream immich]\nurls=http://127.0.0.1:1\nhealth-path=/ping\nhealth-interval-s=1\n"

typedef gboolean (*StagePredicate) (Stage *stage);

/** stage_start_demo: starts the engine with the demo behind it, and waits until it lets somebody
 * in.
 */
void stage_start_demo (Stage *stage);

/** stage_wait_until: runs the main loop meanwhile. */
void stage_wait_until (Stage *stage, StagePredicate is_so);

gboolean stage_is_answered (Stage *stage);
gboolean stage_is_immich_down (Stage *stage);
gboolean stage_is_logged (Stage *stage);
gboolean stage_is_refused (Stage *stage);

/** stage_is_saved: that the network may come in. */
gboolean stage_is_saved (Stage *stage);

/** stage_try_connect: (transfer full) (nullable). */
GSocketConnection *stage_try_connect (Stage *stage);

/** stage_ask: (transfer full): the whole answer to a GET. */
char *stage_ask (Stage *stage, const char *target);

/** stage_begin_upload: (transfer full): of somebody who never ends it. */
GSocketConnection *stage_begin_upload (Stage *stage);
