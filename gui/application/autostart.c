/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The system's entry is read and written on another thread, by one task at a time; a wish that
 * comes meanwhile has its task after that. */

#include "gui/application/autostart.h"

#include <string.h>

#include "app/settings/location.h"
#include "app/system/login_start.h"
#include "app/system/program.h"

struct _PlAutostart
{
  PlEngine *engine;
  char *id;
  char *program; /* (type filename) (nullable): not known */

  GCancellable *cancellable; /* cancelled when this is gone */
  gboolean is_busy;
  gboolean is_due;
};

/* What the system is to know: @program is NULL for nothing. */
typedef struct
{
  char *id;
  char *program;
  char *settings;
} Wish;

static void
wish_free (Wish *wish)
{
  g_free (wish->id);
  g_free (wish->program);
  g_free (wish->settings);
  g_free (wish);
}

/* An AppImage is unpacked anew at each start: what lasts is the file it came in. A terminal that is
 * one says so to whatever is started in it, so it counts only for what it was unpacked with. */
static char *
dup_program (void)
{
  g_autofree char *program = pl_program_dup_path ();
  const char *app_image = g_getenv ("APPIMAGE");
  const char *unpacked = g_getenv ("APPDIR");

  if (program != NULL && app_image != NULL && unpacked != NULL
      && g_str_has_prefix (program, unpacked))
    return g_strdup (app_image);
  return g_steal_pointer (&program);
}

/* The settings the program was started with, if they are not where it looks by itself. */
static char *
dup_settings (PlAutostart *autostart)
{
  const char *path = pl_engine_get_settings_path (autostart->engine);
  g_autofree char *usual_path = pl_location_dup_settings_path ();

  return strcmp (path, usual_path) == 0 ? NULL : g_strdup (path);
}

static void
fulfil_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Wish *wish = data;
  const PlLoginStart start = { wish->id, wish->program, wish->settings };
  GError *error = NULL;

  if (wish->program == NULL)
    pl_login_start_remove (wish->id);
  if (wish->program == NULL || pl_login_start_put (&start, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void update_cb (PlAutostart *autostart);

static void
fulfilled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_message ("%s", error->message);
    }

  PlAutostart *autostart = user_data;
  autostart->is_busy = FALSE;
  if (autostart->is_due)
    update_cb (autostart);
}

static void
update_cb (PlAutostart *autostart)
{
  autostart->is_due = autostart->is_busy;
  if (autostart->is_busy || autostart->program == NULL)
    return;

  Wish *wish = g_new0 (Wish, 1);
  wish->id = g_strdup (autostart->id);
  if (pl_settings_get_switch (pl_engine_get_settings (autostart->engine), "window",
                              "start-at-login"))
    {
      wish->program = g_strdup (autostart->program);
      wish->settings = dup_settings (autostart);
    }

  g_autoptr (GTask) task = g_task_new (NULL, autostart->cancellable, fulfilled_cb, autostart);
  g_task_set_task_data (task, wish, (GDestroyNotify) wish_free);
  g_task_run_in_thread (task, fulfil_thread);
  autostart->is_busy = TRUE;
}

PlAutostart *
pl_autostart_new (PlEngine *engine, const char *id)
{
  PlAutostart *autostart = g_new0 (PlAutostart, 1);

  autostart->engine = engine;
  autostart->id = g_strdup (id);
  autostart->program = dup_program ();
  autostart->cancellable = g_cancellable_new ();
  g_signal_connect_swapped (engine, "settings-changed", G_CALLBACK (update_cb), autostart);
  update_cb (autostart);
  return autostart;
}

void
pl_autostart_free (PlAutostart *autostart)
{
  g_signal_handlers_disconnect_by_data (autostart->engine, autostart);
  g_cancellable_cancel (autostart->cancellable);
  g_object_unref (autostart->cancellable);
  g_free (autostart->id);
  g_free (autostart->program);
  g_free (autostart);
}
