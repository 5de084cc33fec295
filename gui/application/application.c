/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A second start hands its command line to the program that runs, and ends; while that one is
 * ending it waits, and takes its place. */

#include "gui/application/application.h"

#include "app/i18n.h"
#include "app/system/signals.h"
#include "gui/application/actions.h"
#include "gui/application/autostart.h"
#include "gui/application/command_line.h"
#include "gui/application/inhibitor.h"
#include "gui/application/notifier.h"
#include "gui/application/session.h"
#include "gui/application/single.h"
#include "gui/application/theme.h"
#include "gui/application/updater.h"
#include "gui/tray/tray.h"

/* For how long what is under way may go on when the program ends. */
#define STOP_MS 5000

/* The same where the system ends it soon after. */
#define SESSION_STOP_MS 2500

struct _PlApplication
{
  GtkApplication parent_instance;

  char *settings_path;
  PlSingle *single;
  PlEngine *engine;
  PlWindow *window;
  PlNotifier *notifier;
  PlInhibitor *inhibitor;
  PlAutostart *autostart;
  PlTray *tray;
  PlUpdater *updater;
  PlSession *session; /* nullable */
  PlTheme *theme;     /* nullable */
  GPtrArray *waiting; /* of GApplicationCommandLine: second starts that met the end */
  gboolean is_started;
  gboolean is_led;
  gboolean is_ending;
  gboolean wants_restart;
};

G_DEFINE_FINAL_TYPE (PlApplication, pl_application, GTK_TYPE_APPLICATION)

static void
engine_stopped_cb (GObject *engine, GAsyncResult *result, gpointer data)
{
  g_autoptr (GApplication) application = data;

  pl_engine_stop_finish (PL_ENGINE (engine), result);
  g_application_quit (application);
}

static gboolean
end_cb (gpointer application)
{
  pl_application_quit (application);
  return G_SOURCE_REMOVE;
}

static void quit_within (PlApplication *application, guint stop_ms);

static void
session_ends_cb (gpointer application)
{
  quit_within (application, SESSION_STOP_MS);
}

static void
looked_for_newer_cb (const PlAnnouncement *newer, const char *words, gpointer data)
{
  PlApplication *application = data;

  if (application->window == NULL)
    return;
  if (newer != NULL)
    pl_window_tell_newer (application->window, newer->version);
  if (words != NULL)
    pl_window_say (application->window, words);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/app/porchlight/style.css");
  gtk_style_context_add_provider_for_screen (gdk_screen_get_default (),
                                             GTK_STYLE_PROVIDER (provider),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_default (), "/app/porchlight/icons/hicolor");
}

static void
start (PlApplication *application)
{
  if (application->is_started)
    return;
  application->is_started = TRUE;
  g_application_hold (G_APPLICATION (application));
  pl_engine_start (application->engine);
  application->inhibitor = pl_inhibitor_new (application->engine, GTK_APPLICATION (application));
  application->autostart = pl_autostart_new (application->engine, PL_APPLICATION_ID);
  application->tray = pl_tray_new (application->engine, G_APPLICATION (application));
  application->notifier
      = pl_notifier_new (application->engine, GTK_APPLICATION (application), application->tray);
  application->updater = pl_updater_new (application->engine, looked_for_newer_cb, application);
}

/* The assistant comes with the window until the user has been through it, or has sent it away, or
 * wants no Immich at all. */
static void
show_window (PlApplication *application)
{
  gtk_window_present (GTK_WINDOW (pl_application_get_window (application)));
  if (pl_engine_is_first_start (application->engine) && !application->is_led)
    {
      application->is_led = TRUE;
      pl_window_show_assistant (application->window);
    }
}

/* Being started shows the window, unless there is something else to do. */
static gboolean
wants_window (PlApplication *application, const PlWishes *wishes, gboolean is_new)
{
  if (wishes->page != NULL)
    return TRUE;
  if (wishes->hidden)
    return FALSE;
  if (is_new)
    return !pl_settings_get_switch (pl_engine_get_settings (application->engine), "window",
                                    "start-hidden");
  return wishes->exposure == NULL;
}

/* What is said on the command line holds for this run. The words were checked by the program that
 * was started. */
static void
fulfil (PlApplication *application, const PlWishes *wishes)
{
  gboolean is_new = !application->is_started;

  if (wishes->demo)
    {
      application->is_led = TRUE;
      pl_engine_override (application->engine, "window", "demo", "true");
    }
  if (wishes->exposure != NULL)
    pl_engine_override (application->engine, "listen", "exposure", wishes->exposure);
  start (application);
  if (wishes->page != NULL)
    pl_window_show_page (pl_application_get_window (application), wishes->page);
  if (wants_window (application, wishes, is_new))
    show_window (application);
}

/* Public functions */

GApplication *
pl_application_new (void)
{
  return g_object_new (PL_TYPE_APPLICATION, "application-id", PL_APPLICATION_ID,
                       "resource-base-path", "/app/porchlight", "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE, NULL);
}

PlEngine *
pl_application_get_engine (PlApplication *application)
{
  return application->engine;
}

PlWindow *
pl_application_get_window (PlApplication *application)
{
  if (application->window != NULL)
    return application->window;

  application->window = pl_window_new (GTK_APPLICATION (application), application->engine);
  g_object_bind_property (application->tray, "shown", application->window, "has-tray",
                          G_BINDING_SYNC_CREATE);
  if (pl_application_get_newer (application) != NULL)
    pl_window_tell_newer (application->window, pl_application_get_newer (application)->version);
  return application->window;
}

void
pl_application_look_for_newer (PlApplication *application)
{
  pl_updater_look (application->updater);
}

const PlAnnouncement *
pl_application_get_newer (PlApplication *application)
{
  return pl_updater_get_newer (application->updater);
}

/* With the assistant and whatever dialogs stand over it. */
static void
hide_window (PlApplication *application)
{
  GtkWindow *window = GTK_WINDOW (application->window);
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *other = all; other != NULL; other = other->next)
    if (gtk_window_get_transient_for (other->data) == window)
      gtk_widget_hide (other->data);
  gtk_widget_hide (GTK_WIDGET (window));
}

static void
quit_within (PlApplication *application, guint stop_ms)
{
  if (application->is_ending)
    return;
  application->is_ending = TRUE;
  if (!application->is_started)
    {
      g_application_quit (G_APPLICATION (application));
      return;
    }
  if (application->window != NULL)
    {
      pl_window_save_place (application->window);
      hide_window (application);
    }
  pl_engine_stop_async (application->engine, stop_ms, engine_stopped_cb,
                        g_object_ref (application));
}

void
pl_application_quit (PlApplication *application)
{
  quit_within (application, STOP_MS);
}

void
pl_application_restart (PlApplication *application)
{
  application->wants_restart = TRUE;
  pl_application_quit (application);
}

gboolean
pl_application_wants_restart (PlApplication *application)
{
  return application->wants_restart;
}

/* Programs that were started while this one ends, and wait for that, are told to end, too. */
static void
send_away (PlApplication *application)
{
  for (guint i = 0; i < application->waiting->len; i++)
    g_application_command_line_set_exit_status (application->waiting->pdata[i], 0);
  g_ptr_array_set_size (application->waiting, 0);
}

/* The program's life */

static int
pl_application_handle_local_options (GApplication *base, GVariantDict *options)
{
  PlApplication *application = PL_APPLICATION (base);
  int status = pl_command_line_check (options);

  if (status >= 0)
    return status;
  application->settings_path = pl_command_line_dup_config (options);
  if (application->settings_path != NULL)
    g_variant_dict_insert (options, "config", "^ay", application->settings_path);
  return pl_single_join (application->single, options, !pl_command_line_read (options).quit);
}

static void
pl_application_startup (GApplication *base)
{
  const PlSignals signals = { .end = end_cb };
  PlApplication *application = PL_APPLICATION (base);

  G_APPLICATION_CLASS (pl_application_parent_class)->startup (base);
  load_style ();
  application->theme = pl_theme_follow ();
  application->engine = pl_engine_new (application->settings_path);
  pl_actions_add (application);
  pl_signals_listen (&signals, application);
  application->session = pl_session_watch (session_ends_cb, application);
}

static void
pl_application_activate (GApplication *base)
{
  PlApplication *application = PL_APPLICATION (base);
  const PlWishes none = { 0 };

  if (!application->is_ending)
    fulfil (application, &none);
}

static int
pl_application_command_line (GApplication *base, GApplicationCommandLine *line)
{
  PlApplication *application = PL_APPLICATION (base);
  PlWishes wishes = pl_command_line_read (g_application_command_line_get_options_dict (line));
  const char *path = pl_engine_get_settings_path (application->engine);

  if (wishes.quit)
    {
      send_away (application);
      pl_application_quit (application);
      return 0;
    }
  if (application->is_ending)
    {
      g_ptr_array_add (application->waiting, g_object_ref (line));
      return PL_APPLICATION_AGAIN;
    }
  if (wishes.config != NULL && !g_str_equal (wishes.config, path))
    {
      g_application_command_line_printerr (
          line,
          _ ("Porchlight runs already, with the settings in %s. To end it: porchlight --quit\n"),
          path);
      return 1;
    }
  fulfil (application, &wishes);
  return 0;
}

/* Programs that wait for the end of this one learn of it by the end of their command line. By then
 * its place must be free. */
static void
make_way (PlApplication *application)
{
  if (application->waiting->len == 0)
    return;
  pl_single_leave (application->single);
  g_ptr_array_set_size (application->waiting, 0);
}

static void
pl_application_shutdown (GApplication *base)
{
  PlApplication *application = PL_APPLICATION (base);

  g_clear_pointer (&application->session, pl_session_free);
  g_clear_pointer (&application->theme, pl_theme_free);
  g_clear_pointer (&application->updater, pl_updater_free);
  g_clear_pointer (&application->notifier, pl_notifier_free);
  g_clear_pointer (&application->inhibitor, pl_inhibitor_free);
  g_clear_pointer (&application->autostart, pl_autostart_free);
  g_clear_object (&application->tray);
  if (application->window != NULL)
    gtk_widget_destroy (GTK_WIDGET (application->window));
  application->window = NULL;
  g_clear_object (&application->engine);
  make_way (application);
  G_APPLICATION_CLASS (pl_application_parent_class)->shutdown (base);
}

static void
pl_application_finalize (GObject *object)
{
  PlApplication *application = PL_APPLICATION (object);

  g_ptr_array_unref (application->waiting);
  pl_single_free (application->single);
  g_free (application->settings_path);
  G_OBJECT_CLASS (pl_application_parent_class)->finalize (object);
}

static void
pl_application_class_init (PlApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pl_application_finalize;
  application_class->handle_local_options = pl_application_handle_local_options;
  application_class->startup = pl_application_startup;
  application_class->activate = pl_application_activate;
  application_class->command_line = pl_application_command_line;
  application_class->shutdown = pl_application_shutdown;
}

static void
pl_application_init (PlApplication *application)
{
  application->single = pl_single_new (G_APPLICATION (application));
  application->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  pl_command_line_add_options (G_APPLICATION (application));
}
