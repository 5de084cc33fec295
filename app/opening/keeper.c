/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An opening ends at its moment on the wall clock, or when it has lasted as long as it was to,
 * whichever is first: a clock that is set back does not make it longer while the program runs. A
 * timer does not count while the computer sleeps, so that the clocks are looked at again and again.
 */

#include "app/opening/keeper.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "app/i18n.h"
#include "app/opening/words.h"
#include "app/settings/file_writer.h"
#include "app/system/waking.h"

#define LOOK_S 10

/**
 * PlOpeningKeeper:
 * @opening: (nullable): the one there is
 * @end_us: of it, on the steady clock
 * @writer: (nullable): from the first writing on
 * @problem: (nullable): why the file is not as it should be
 * @waking: (nullable): where the system tells of its sleep
 */
struct _PlOpeningKeeper
{
  char *path;
  const PlOpeningClock *clock;
  PlOpening *opening;
  gint64 end_us;
  PlFileWriter *writer;
  char *problem;
  PlWaking *waking;
  guint timer;
  PlOpeningFunc func;
  gpointer user_data;
};

static gboolean
woke_cb (gpointer user_data)
{
  pl_opening_keeper_look (user_data);
  return G_SOURCE_CONTINUE;
}

PlOpeningKeeper *
pl_opening_keeper_new (const char *settings_path,
                       const PlOpeningClock *clock,
                       PlOpeningFunc func,
                       gpointer user_data)
{
  PlOpeningKeeper *keeper = g_new0 (PlOpeningKeeper, 1);

  keeper->path = pl_opening_dup_path (settings_path);
  keeper->clock = clock;
  keeper->func = func;
  keeper->user_data = user_data;
  keeper->waking = pl_waking_watch (woke_cb, keeper);
  return keeper;
}

void
pl_opening_keeper_free (PlOpeningKeeper *keeper)
{
  g_clear_handle_id (&keeper->timer, g_source_remove);
  g_clear_pointer (&keeper->waking, pl_waking_free);
  g_clear_pointer (&keeper->writer, pl_file_writer_free);
  g_free (keeper->opening);
  g_free (keeper->problem);
  g_free (keeper->path);
  g_free (keeper);
}

void
pl_opening_keeper_set_clock (PlOpeningKeeper *keeper, const PlOpeningClock *clock)
{
  keeper->clock = clock;
}

/* What is so */

const PlOpening *
pl_opening_keeper_get (const PlOpeningKeeper *keeper)
{
  return keeper->opening;
}

gint64
pl_opening_keeper_get_now_s (const PlOpeningKeeper *keeper)
{
  return keeper->clock->get_wall_us () / G_USEC_PER_SEC;
}

gint64
pl_opening_keeper_get_left_s (const PlOpeningKeeper *keeper)
{
  gint64 steady_left_us = keeper->end_us - keeper->clock->get_steady_us ();
  gint64 steady_left_s = (MAX (steady_left_us, 0) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;

  if (keeper->opening == NULL)
    return 0;
  return MIN (pl_opening_get_left_s (keeper->opening, pl_opening_keeper_get_now_s (keeper)),
              steady_left_s);
}

char *
pl_opening_keeper_dup_words (const PlOpeningKeeper *keeper)
{
  if (keeper->opening == NULL)
    return NULL;
  return pl_opening_dup_words (keeper->opening, pl_opening_keeper_get_left_s (keeper),
                               pl_opening_keeper_get_now_s (keeper));
}

PlWelcome
pl_opening_keeper_find_welcome (const PlOpeningKeeper *keeper, const PlWelcome *before)
{
  const PlOpening *opening = keeper->opening;

  return opening != NULL && pl_welcome_equal (&opening->before, before) ? opening->welcome
                                                                        : *before;
}

/* The file */

static void
note_problem (PlOpeningKeeper *keeper, const char *words)
{
  g_free (keeper->problem);
  keeper->problem = g_strdup (words);
}

static void
save (PlOpeningKeeper *keeper)
{
  gsize length = 0;
  char *data = pl_opening_dup_data (keeper->opening, &length);

  if (keeper->writer == NULL)
    keeper->writer = pl_file_writer_new (keeper->path, NULL, NULL);
  pl_file_writer_put (keeper->writer, data, length);
}

const char *
pl_opening_keeper_flush (PlOpeningKeeper *keeper)
{
  g_autoptr (GError) error = NULL;

  if (keeper->writer != NULL && !pl_file_writer_flush (keeper->writer, &error))
    note_problem (keeper, error->message);
  return keeper->problem;
}

/* After what is still to be written, which would be there again. */
static void
forget_file (PlOpeningKeeper *keeper)
{
  g_clear_pointer (&keeper->writer, pl_file_writer_free);
  note_problem (keeper, NULL);
  if (g_unlink (keeper->path) == 0 || errno == ENOENT)
    return;

  g_autofree char *words
      = g_strdup_printf (_ ("%s cannot be removed: %s"), keeper->path, g_strerror (errno));
  note_problem (keeper, words);
}

/* Beginning and end */

static gboolean look_cb (gpointer user_data);

/* A little after its end, rather than a little before it. */
static void
set_timer (PlOpeningKeeper *keeper)
{
  gint64 left_s = pl_opening_keeper_get_left_s (keeper);

  g_clear_handle_id (&keeper->timer, g_source_remove);
  if (keeper->opening != NULL)
    keeper->timer = g_timeout_add ((guint) CLAMP (left_s, 1, LOOK_S) * 1000, look_cb, keeper);
}

static void
take (PlOpeningKeeper *keeper, const PlOpening *opening, gint64 end_us)
{
  g_free (keeper->opening);
  keeper->opening = g_memdup2 (opening, sizeof *opening);
  keeper->end_us = end_us;
  set_timer (keeper);
}

static gint64
find_end_us (const PlOpeningKeeper *keeper, const PlOpening *opening)
{
  gint64 left_s = pl_opening_get_left_s (opening, pl_opening_keeper_get_now_s (keeper));

  return keeper->clock->get_steady_us () + left_s * G_USEC_PER_SEC;
}

static void
begin (PlOpeningKeeper *keeper, const PlOpening *opening, gint64 end_us)
{
  note_problem (keeper, NULL);
  take (keeper, opening, end_us);
  save (keeper);
}

void
pl_opening_keeper_begin (PlOpeningKeeper *keeper, const PlOpening *opening)
{
  begin (keeper, opening, find_end_us (keeper, opening));
}

void
pl_opening_keeper_end (PlOpeningKeeper *keeper)
{
  if (keeper->opening == NULL)
    return;
  g_clear_pointer (&keeper->opening, g_free);
  g_clear_handle_id (&keeper->timer, g_source_remove);
  forget_file (keeper);
}

PlKeptOpening *
pl_opening_keeper_dup (const PlOpeningKeeper *keeper)
{
  PlKeptOpening *kept;

  if (keeper->opening == NULL)
    return NULL;
  kept = g_new (PlKeptOpening, 1);
  *kept = (PlKeptOpening){ *keeper->opening, keeper->end_us };
  return kept;
}

void
pl_opening_keeper_put_back (PlOpeningKeeper *keeper, const PlKeptOpening *before)
{
  if (before != NULL)
    begin (keeper, &before->opening, before->end_us);
  else
    pl_opening_keeper_end (keeper);
}

gboolean
pl_opening_keeper_settle (PlOpeningKeeper *keeper, const PlWelcome *before)
{
  if (keeper->opening == NULL || pl_welcome_equal (&keeper->opening->before, before))
    return FALSE;
  pl_opening_keeper_end (keeper);
  return TRUE;
}

void
pl_opening_keeper_look (PlOpeningKeeper *keeper)
{
  g_autofree PlOpening *over = NULL;

  if (keeper->opening == NULL)
    return;
  if (pl_opening_keeper_get_left_s (keeper) > 0)
    {
      set_timer (keeper);
      keeper->func (NULL, keeper->user_data);
      return;
    }
  over = g_memdup2 (keeper->opening, sizeof *over);
  pl_opening_keeper_end (keeper);
  keeper->func (over, keeper->user_data);
}

static gboolean
look_cb (gpointer user_data)
{
  PlOpeningKeeper *keeper = user_data;

  keeper->timer = 0;
  pl_opening_keeper_look (keeper);
  return G_SOURCE_REMOVE;
}

/* What cannot be read lets nobody in. */
gboolean
pl_opening_keeper_load (PlOpeningKeeper *keeper)
{
  g_autofree char *data = NULL;
  gsize length = 0;
  PlOpening opening;

  if (!g_file_get_contents (keeper->path, &data, &length, NULL))
    return TRUE;
  if (pl_opening_read (data, length, &opening)
      && pl_opening_get_left_s (&opening, pl_opening_keeper_get_now_s (keeper)) > 0)
    {
      take (keeper, &opening, find_end_us (keeper, &opening));
      return TRUE;
    }
  forget_file (keeper);
  return FALSE;
}
