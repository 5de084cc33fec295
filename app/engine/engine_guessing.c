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
  pl_engine_update_state (engine);
}

static gboolean
guessing_timer_cb (gpointer user_data)
{
  PlEngine *engine = user_data;

  engine->guessing_timer = 0;
  pl_engine_update_state (engine);
  return G_SOURCE_REMOVE;
}

gboolean
pl_engine_look_for_guessers (PlEngine *engine)
{
  g_autoptr (GArray) all = pl_runner_dup_waiting (engine->runner);
  gint64 left_us = G_MAXINT64;

  for (guint i = 0; i < all->len; i++)
    {
      const PlWaiting *waiting = &g_array_index (all, PlWaiting, i);
      if (waiting->circle == PL_CIRCLE_WORLD)
        left_us = MIN (left_us, waiting->left_us);
    }
  if (left_us == G_MAXINT64)
    return FALSE;
  if (engine->guessing_timer == 0)
    engine->guessing_timer
        = g_timeout_add_seconds ((guint) (left_us / G_USEC_PER_SEC) + 1, guessing_timer_cb, engine);
  return TRUE;
}

gboolean
pl_engine_note_logins (PlEngine *engine, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    if (pl_login_lines_tell (records->pdata[i]))
      {
        pl_engine_emit_waiting_changed (engine);
        return TRUE;
      }
  return FALSE;
}
