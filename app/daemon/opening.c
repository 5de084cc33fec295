/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/daemon/opening.h"

#include "app/daemon/control.h"
#include "app/daemon/say.h"
#include "app/i18n.h"
#include "app/opening/keeper.h"
#include "app/opening/wish.h"
#include "app/opening/words.h"
#include "app/system/control_socket.h"

/**
 * PlDaemonOpening:
 * @settled: what the settings in force say
 * @control: (nullable): while orders are taken
 * @was_over: what was open ended while no daemon ran
 */
struct _PlDaemonOpening
{
  PlOpeningKeeper *keeper;
  PlWelcome settled;
  PlControl *control;
  char *settings_path;
  gboolean was_over;
  const PlDaemonOpeningFuncs *funcs;
  gpointer user_data;
};

/* Rather shut than open to others than may come in. */
static void
go_back (PlDaemonOpening *opening, const PlOpening *over)
{
  pl_say ("%s", pl_opening_get_over_words (over));
  if (!opening->funcs->let_in (opening->user_data))
    opening->funcs->shut (opening->user_data);
}

static void
told_cb (const PlOpening *over, gpointer user_data)
{
  if (over != NULL)
    go_back (user_data, over);
}

PlDaemonOpening *
pl_daemon_opening_new (const char *settings_path,
                       const PlDaemonOpeningFuncs *funcs,
                       gpointer user_data)
{
  PlDaemonOpening *opening = g_new0 (PlDaemonOpening, 1);

  opening->keeper = pl_opening_keeper_new (settings_path, &pl_opening_clock, told_cb, opening);
  opening->settings_path = g_strdup (settings_path);
  opening->funcs = funcs;
  opening->user_data = user_data;
  opening->was_over = !pl_opening_keeper_load (opening->keeper);
  return opening;
}

void
pl_daemon_opening_free (PlDaemonOpening *opening)
{
  pl_daemon_opening_end (opening);
  pl_opening_keeper_free (opening->keeper);
  g_free (opening->settings_path);
  g_free (opening);
}

void
pl_daemon_opening_welcome (PlDaemonOpening *opening, const PlSettings *settings, PlConfig *config)
{
  PlWelcome settled = settings != NULL ? pl_welcome_read (settings) : opening->settled;
  PlWelcome welcome = pl_opening_keeper_find_welcome (opening->keeper, &settled);

  pl_welcome_put (&welcome, config);
}

void
pl_daemon_opening_hold (PlDaemonOpening *opening, const PlSettings *settings)
{
  opening->settled = pl_welcome_read (settings);
  if (pl_opening_keeper_settle (opening->keeper, &opening->settled))
    pl_say (_ ("the settings say anew who may come in: what was open for a while is over"));
}

void
pl_daemon_opening_look (PlDaemonOpening *opening)
{
  pl_opening_keeper_look (opening->keeper);
}

/* Orders */

/* Returns: (transfer full): @words, and why they may not be true after a restart; takes @words */
static char *
dup_kept (PlDaemonOpening *opening, char *words)
{
  g_autofree char *said = words;
  const char *problem = pl_opening_keeper_flush (opening->keeper);

  if (problem == NULL)
    return g_steal_pointer (&said);
  /* Translators: what is so now; the system's words for why a file cannot be changed */
  return g_strdup_printf (_ ("%s. After a restart that is forgotten: %s"), said, problem);
}

static PlControlResult
end (PlDaemonOpening *opening, char **words)
{
  g_autofree PlKeptOpening *over = pl_opening_keeper_dup (opening->keeper);

  if (over == NULL)
    {
      *words = g_strdup (_ ("Nothing is open for a while"));
      return PL_CONTROL_DONE;
    }
  pl_opening_keeper_end (opening->keeper);
  *words = dup_kept (opening, g_strdup (pl_opening_get_over_words (&over->opening)));
  go_back (opening, &over->opening);
  return PL_CONTROL_DONE;
}

static PlControlResult
begin (PlDaemonOpening *opening, const PlOpening *wished, char **words)
{
  g_autofree PlKeptOpening *before = pl_opening_keeper_dup (opening->keeper);

  pl_opening_keeper_begin (opening->keeper, wished);
  if (!opening->funcs->let_in (opening->user_data))
    {
      pl_opening_keeper_put_back (opening->keeper, before);
      *words = g_strdup (_ ("That could not be: its log says why"));
      return PL_CONTROL_FAILED;
    }
  *words = dup_kept (opening, pl_opening_keeper_dup_words (opening->keeper));
  pl_say ("%s", *words);
  return PL_CONTROL_DONE;
}

static PlControlResult
order_cb (const char *line, char **words, gpointer user_data)
{
  PlDaemonOpening *opening = user_data;
  gint64 now_s = pl_opening_keeper_get_now_s (opening->keeper);
  g_autoptr (GError) error = NULL;
  PlOpening wished;
  PlOpeningWish wish;

  if (pl_opening_wish_parse (line, now_s, &wish, &error) && wish.is_end)
    return end (opening, words);
  if (error == NULL)
    {
      wished = pl_opening_wish_find (&wish, &opening->settled, now_s);
      if (pl_opening_check (&wished, &error))
        return begin (opening, &wished, words);
    }
  *words = g_strdup (error->message);
  return PL_CONTROL_NOT_ALLOWED;
}

/* A daemon that may write nowhere, as in a container whose settings are somebody else's, is none
 * that somebody wanted to give orders to. */
static gboolean
is_unwritable (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY);
}

void
pl_daemon_opening_listen (PlDaemonOpening *opening)
{
  g_autoptr (GError) error = NULL;

  if (!pl_control_socket_is_offered ())
    return;
  opening->control = pl_control_new (opening->settings_path, order_cb, opening, &error);
  if (opening->control == NULL && !is_unwritable (error))
    /* Translators: the system's words for why not */
    pl_say (_ ("porchlightd --open cannot be used: %s"), error->message);
}

void
pl_daemon_opening_say (PlDaemonOpening *opening)
{
  g_autofree char *words = pl_opening_keeper_dup_words (opening->keeper);

  if (words != NULL)
    pl_say ("%s", words);
  else if (opening->was_over)
    pl_say (_ ("what was open for a while is over"));
}

void
pl_daemon_opening_end (PlDaemonOpening *opening)
{
  g_clear_pointer (&opening->control, pl_control_free);
}
