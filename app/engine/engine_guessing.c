/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who guesses passwords. */

#include "app/engine/engine_private.h"

#include "app/log/login_lines.h"

GArray *
pl_engine_dup_waiting (PlEngine *engine)
{
  return pl_runner_dup_waiting (engine->runner);
}

void
pl_engine_let_try_again (PlEngine *engine, const PlWaiting *waiting)
{
  pl_runner_let_try_again (engine->runner, &waiting->network);
  pl_engine_emit_waiting_changed (engine);
}

void
pl_engine_note_logins (PlEngine *engine, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    if (pl_login_lines_tell (records->pdata[i]))
      {
        pl_engine_emit_waiting_changed (engine);
        return;
      }
}
