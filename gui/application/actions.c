/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of the table is all that a new action needs; what it does stands above it. */

#include "gui/application/actions.h"

#include <string.h>

#include "app/i18n.h"
#include "app/settings/exposure.h"
#include "gui/kit/clipboard.h"
#include "gui/kit/outside.h"
#include "gui/window/about.h"
#include "gui/window/internet_dialog.h"

#define HOUR_S (60 * 60)

/**
 * Keys:
 * @detail: the action with its parameter
 * @keys: what activates it; %NULL-terminated
 */
typedef struct
{
  const char *detail;
  const char *keys[3];
} Keys;

static PlWindow *
raise_window (PlApplication *application)
{
  PlWindow *window = pl_application_get_window (application);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* Pages and dialogs */

static void
show_page_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  pl_window_show_page (raise_window (application), g_variant_get_string (parameter, NULL));
}

static void
show_requests_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  pl_window_show_requests (raise_window (application), g_variant_get_string (parameter, NULL));
}

static void
show_guests_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  pl_window_show_guests (raise_window (application));
}

static void
show_qr_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  pl_window_show_qr (raise_window (application), g_variant_get_string (parameter, NULL));
}

static void
assistant_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  pl_window_show_assistant (raise_window (application));
}

static void
shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  GtkApplicationWindow *window = GTK_APPLICATION_WINDOW (raise_window (application));

  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (window)));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  pl_about_show (GTK_WINDOW (raise_window (application)));
}

/* What other programs show */

/* Opening: what is being opened.
 * @place: as people call it */
typedef struct
{
  PlApplication *application;
  char *place;
} Opening;

/* GIO's words for a missing program are about an operation that is not supported: the place helps
 * more, whatever the reason. */
static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;

  if (!pl_outside_open_finish (result, NULL))
    pl_window_offer_copy (raise_window (opening->application), opening->place);
  g_object_unref (opening->application);
  g_free (opening->place);
  g_free (opening);
}

static void
open_uri (PlApplication *application, const char *uri, const char *place)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->application = g_object_ref (application);
  opening->place = g_strdup (place);
  pl_outside_open_async (uri, opened_cb, opening);
}

static void
open_immich_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  const char *url = pl_engine_get_local_url (pl_application_get_engine (application));

  open_uri (application, url, url);
}

static void
open_settings_file_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  PlEngine *engine = pl_application_get_engine (application);
  const char *path = pl_engine_get_settings_path (engine);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  pl_engine_write_settings (engine);
  open_uri (application, uri, path);
}

static void
look_for_newer_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  raise_window (application);
  pl_application_look_for_newer (application);
}

static void
show_newer_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  const PlAnnouncement *newer = pl_application_get_newer (application);

  if (newer != NULL)
    open_uri (application, newer->page, newer->page);
}

static void
copy_address_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  PlEngine *engine = pl_application_get_engine (application);
  const char *best = pl_engine_get_addresses (engine)[0];

  pl_clipboard_set_text (best != NULL ? best : pl_engine_get_local_url (engine));
  pl_window_say (pl_application_get_window (application), _ ("Copied"));
}

/* Who may come in */

static void
set_exposure (PlApplication *application, PlExposure exposure)
{
  PlEngine *engine = pl_application_get_engine (application);

  /* Who may come in for a while is let in for good by the same choice. */
  if (exposure == pl_engine_get_exposure (engine) && pl_engine_get_opening (engine) == NULL)
    return;
  if (exposure == PL_EXPOSURE_INTERNET && pl_internet_dialog_is_due (engine))
    pl_internet_dialog_show (GTK_WINDOW (raise_window (application)), engine);
  else
    pl_engine_set_exposure (engine, exposure);
}

static void
change_exposure_cb (GSimpleAction *action, GVariant *wanted, gpointer application)
{
  PlExposure exposure;

  if (pl_exposure_parse (g_variant_get_string (wanted, NULL), &exposure))
    set_exposure (application, exposure);
}

/* For a while */

static void
ask_until (PlApplication *application, PlDoorRule sees, gint64 until_s)
{
  PlWindow *window = raise_window (application);
  PlInternetDialog *question = pl_internet_dialog_show_until (
      GTK_WINDOW (window), pl_application_get_engine (application), sees, until_s);

  g_signal_connect_object (question, "refused", G_CALLBACK (pl_window_say), window,
                           G_CONNECT_SWAPPED);
}

static void
open_until (PlApplication *application, const PlWelcome *welcome, gint64 until_s, gboolean is_asked)
{
  PlEngine *engine = pl_application_get_engine (application);
  g_autoptr (GError) error = NULL;

  if (welcome->exposure == PL_EXPOSURE_INTERNET && is_asked)
    ask_until (application, welcome->world, until_s);
  else if (!pl_engine_open_until (engine, welcome, until_s, &error))
    pl_window_say (raise_window (application), error->message);
}

static void
open_until_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  PlWelcome welcome = { 0 };
  const char *exposure;
  guint world;
  gint64 until_s;

  g_variant_get (parameter, "(&sux)", &exposure, &world, &until_s);
  if (world > PL_DOOR_LINKS || !pl_exposure_parse (exposure, &welcome.exposure))
    return;
  welcome.world = (PlDoorRule) world;
  open_until (application, &welcome, until_s, !pl_internet_dialog_was_agreed ());
}

/* The next wider circle; what it may see is what was chosen. */
static void
open_for_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  PlEngine *engine = pl_application_get_engine (application);
  PlWelcome welcome = pl_engine_get_settled_welcome (engine);
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  gint64 until_s = g_str_equal (g_variant_get_string (parameter, NULL), "hour")
                       ? now_s + HOUR_S
                       : pl_opening_find_midnight (now_s);

  if (welcome.exposure == PL_EXPOSURE_INTERNET)
    return;
  welcome.exposure++;
  open_until (application, &welcome, until_s, pl_internet_dialog_is_due (engine));
}

static void
close_now_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  pl_engine_end_opening (pl_application_get_engine (application));
}

static void
change_pause_cb (GSimpleAction *action, GVariant *wanted, gpointer application)
{
  pl_engine_set_paused (pl_application_get_engine (application), g_variant_get_boolean (wanted));
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  pl_application_quit (application);
}

static void
restart_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  pl_application_restart (application);
}

/* clang-format off */
static const GActionEntry actions[] = {
  { "show-page",          show_page_cb, "s" },
  { "show-requests",      show_requests_cb, "s" },
  { "show-guests",        show_guests_cb },
  { "open-immich",        open_immich_cb },
  { "copy-address",       copy_address_cb },
  { "show-qr",            show_qr_cb, "s" },
  { "exposure",           NULL, "s", "'computer'", change_exposure_cb },
  { "open-until",         open_until_cb, "(sux)" },
  { "open-for",           open_for_cb, "s" },
  { "close-now",          close_now_cb },
  { "pause",              NULL, NULL, "false", change_pause_cb },
  { "assistant",          assistant_cb },
  { "open-settings-file", open_settings_file_cb },
  { "shortcuts",          shortcuts_cb },
  { "about",              about_cb },
  { "restart",            restart_cb },
  { "quit",               quit_cb },
};

/* Where there is somewhere to ask: a menu leaves out what is not there. */
static const GActionEntry update_actions[] = {
  { "look-for-newer",     look_for_newer_cb },
  { "show-newer",         show_newer_cb },
};

static const Keys keys[] = {
  { "app.show-page('home')",     { "<Primary>1" } },
  { "app.show-page('requests')", { "<Primary>2", "<Primary>l" } },
  { "app.show-page('checkup')",  { "<Primary>3" } },
  { "app.show-page('settings')", { "<Primary>4", "<Primary>comma" } },
  { "app.shortcuts",             { "F1", "<Primary>question" } },
  { "app.quit",                  { "<Primary>q" } },
  { "win.find",                  { "<Primary>f" } },
  { "win.close",                 { "<Primary>w" } },
};
/* clang-format on */

/* What leads to Immich, which nobody can be led to during a pause. */
static const char *const leading[] = { "open-immich", "copy-address", "show-qr" };

static void
enable (PlApplication *application, const char *name, gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (application), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

static void
set_state (PlApplication *application, const char *name, GVariant *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (application), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

static void
engine_changed_cb (PlEngine *engine, GParamSpec *pspec, gpointer data)
{
  PlExposure exposure = pl_engine_get_exposure (engine);
  gboolean is_paused = pl_engine_get_paused (engine);

  set_state (data, "exposure", g_variant_new_string (pl_exposure_names[exposure]));
  set_state (data, "pause", g_variant_new_boolean (is_paused));
  for (guint i = 0; i < G_N_ELEMENTS (leading); i++)
    enable (data, leading[i], !is_paused);
}

void
pl_actions_add (PlApplication *application)
{
  PlEngine *engine = pl_application_get_engine (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  if (pl_update_is_offered ())
    g_action_map_add_action_entries (G_ACTION_MAP (application), update_actions,
                                     G_N_ELEMENTS (update_actions), application);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].detail,
                                           keys[i].keys);

  g_signal_connect_object (engine, "notify::exposure", G_CALLBACK (engine_changed_cb), application,
                           0);
  g_signal_connect_object (engine, "notify::paused", G_CALLBACK (engine_changed_cb), application,
                           0);
  engine_changed_cb (engine, NULL, application);
}
