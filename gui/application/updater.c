/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/application/updater.h"

#include "app/i18n.h"

#define DAY_S   (24 * 60 * 60)
#define RETRY_S (60 * 60)

/* Whoever asks is told that it is being looked for when that takes longer. */
#define PATIENCE_MS 1000

struct _PlUpdater
{
  PlEngine *engine;
  PlUpdaterFunc func;
  gpointer user_data;

  GCancellable *looking; /* (nullable): while a look is under way */
  gboolean is_asked;     /* by somebody who waits for its end */
  guint patience;        /* the timer of theirs */
  guint timer;           /* of the next one */
  PlAnnouncement *newer; /* (nullable) */
};

static void look (PlUpdater *updater);

static gboolean
is_wished (PlUpdater *updater)
{
  return pl_update_is_offered ()
         && pl_settings_get_switch (pl_engine_get_settings (updater->engine), "window",
                                    "look-for-updates");
}

static gboolean
timer_cb (gpointer user_data)
{
  PlUpdater *updater = user_data;

  updater->timer = 0;
  look (updater);
  return G_SOURCE_REMOVE;
}

static void
look_later (PlUpdater *updater, guint wait_s)
{
  g_clear_handle_id (&updater->timer, g_source_remove);
  if (is_wished (updater))
    updater->timer = g_timeout_add_seconds (wait_s, timer_cb, updater);
}

/* (nullable): what the window does not say anyway */
static char *
dup_words (PlUpdater *updater, const GError *error)
{
  if (error != NULL)
    return g_strdup_printf (_ ("Whether there is a newer version could not be found out: %s"),
                            error->message);
  if (updater->newer != NULL)
    return NULL;
  return g_strdup_printf (_ ("Porchlight %s is the newest version"), PL_VERSION);
}

/* Takes @newer. Returns: whether it was not known before */
static gboolean
keep (PlUpdater *updater, PlAnnouncement *newer)
{
  gboolean is_known
      = updater->newer != NULL && g_str_equal (updater->newer->version, newer->version);

  g_clear_pointer (&updater->newer, pl_announcement_free);
  updater->newer = newer;
  return !is_known;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlUpdater *updater = user_data;
  g_autoptr (PlAnnouncement) newer = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_news = FALSE;

  pl_update_look_finish (result, &newer, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&updater->looking);
  g_clear_handle_id (&updater->patience, g_source_remove);
  look_later (updater, error != NULL ? RETRY_S : DAY_S);
  if (newer != NULL)
    is_news = keep (updater, g_steal_pointer (&newer));

  g_autofree char *words = updater->is_asked ? dup_words (updater, error) : NULL;
  if (is_news || updater->is_asked)
    updater->func (updater->newer, words, updater->user_data);
  updater->is_asked = FALSE;
}

static void
look (PlUpdater *updater)
{
  if (updater->looking != NULL)
    return;
  updater->looking = g_cancellable_new ();
  pl_update_look_async (updater->looking, looked_cb, updater);
}

/* What was switched on begins at once; what is on goes on at its pace. */
static void
settings_changed_cb (PlUpdater *updater)
{
  if (!is_wished (updater))
    g_clear_handle_id (&updater->timer, g_source_remove);
  else if (updater->timer == 0)
    look (updater);
}

PlUpdater *
pl_updater_new (PlEngine *engine, PlUpdaterFunc func, gpointer user_data)
{
  PlUpdater *updater = g_new0 (PlUpdater, 1);

  updater->engine = engine;
  updater->func = func;
  updater->user_data = user_data;
  g_signal_connect_swapped (engine, "settings-changed", G_CALLBACK (settings_changed_cb), updater);
  settings_changed_cb (updater);
  return updater;
}

void
pl_updater_free (PlUpdater *updater)
{
  g_signal_handlers_disconnect_by_data (updater->engine, updater);
  g_clear_handle_id (&updater->timer, g_source_remove);
  g_clear_handle_id (&updater->patience, g_source_remove);
  g_cancellable_cancel (updater->looking);
  g_clear_object (&updater->looking);
  g_clear_pointer (&updater->newer, pl_announcement_free);
  g_free (updater);
}

static gboolean
patience_cb (gpointer user_data)
{
  PlUpdater *updater = user_data;

  updater->patience = 0;
  updater->func (NULL, _ ("Looking for a newer version…"), updater->user_data);
  return G_SOURCE_REMOVE;
}

void
pl_updater_look (PlUpdater *updater)
{
  updater->is_asked = TRUE;
  if (updater->patience == 0)
    updater->patience = g_timeout_add (PATIENCE_MS, patience_cb, updater);
  look (updater);
}

const PlAnnouncement *
pl_updater_get_newer (PlUpdater *updater)
{
  return updater->newer;
}
