/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The troubles that are told are a table; which of them were told, and when, is remembered beside
 * it. A trouble that may not be told yet is looked at again when it may, so that the last word a
 * user has is true in the end. */

#include "gui/application/notifier.h"

#include "app/i18n.h"
#include "app/model/guessers.h"
#include "app/system/notification_service.h"

/* No kind of notification comes twice within this time. */
#define QUIET_S        (10 * 60)
#define DEVICE_QUIET_S 60

/* How often is looked who guesses, at most. */
#define LOOK_MS 1000

/* The kinds of trouble that are told. */
typedef struct
{
  const char *setting;
  const char *id;
  const char *title;
  const char *over_title; /* nullable: that it is over is not told, but the notification goes */
} Row;

static const Row rows[PL_TROUBLE_COUNT] = {
  [PL_TROUBLE_SETTINGS_BROKEN]
  = { "notify-trouble", "settings", N_ ("The settings cannot be used"), NULL },
  [PL_TROUBLE_PORT_TAKEN] = { "notify-trouble", "port-taken", N_ ("Nobody can come in"), NULL },
  [PL_TROUBLE_PORT_FORBIDDEN]
  = { "notify-trouble", "port-forbidden", N_ ("Nobody can come in"), NULL },
  [PL_TROUBLE_NOT_LISTENING]
  = { "notify-trouble", "not-listening", N_ ("Nobody can come in"), NULL },
  [PL_TROUBLE_NO_DEMO] = { "notify-trouble", "demo", N_ ("The demo did not start"), NULL },
  [PL_TROUBLE_LEADS_BACK]
  = { "notify-immich", "immich", N_ ("Immich is somewhere else"), N_ ("Immich is back") },
  [PL_TROUBLE_NOT_IMMICH]
  = { "notify-immich", "immich", N_ ("Immich is somewhere else"), N_ ("Immich is back") },
  [PL_TROUBLE_IMMICH_DOWN]
  = { "notify-immich", "immich", N_ ("Immich is down"), N_ ("Immich is back") },
  [PL_TROUBLE_MAINTENANCE]
  = { "notify-immich", "immich", N_ ("Immich is in maintenance"), N_ ("Immich is back") },
  [PL_TROUBLE_CERTIFICATE]
  = { "notify-trouble", "certificate", N_ ("The certificate needs you"), NULL },
  [PL_TROUBLE_NOT_SAVED]
  = { "notify-trouble", "save", N_ ("The settings could not be saved"), NULL },
  [PL_TROUBLE_NO_ACCESS_LOG]
  = { "notify-trouble", "log", N_ ("The access log lacks requests"), NULL },
};

/**
 * News: who came, and were not told yet.
 * @send: tells of all of them
 * @timer: while it runs, nobody is told of
 */
typedef struct
{
  PlNotifier *notifier;
  void (*send) (PlNotifier *notifier);
  guint quiet_s;
  guint n;
  guint timer;
} News;

struct _PlNotifier
{
  PlEngine *engine;
  GtkApplication *app;
  PlTray *tray;

  guint service_watch;
  gboolean has_service; /* that shows notifications */

  gboolean is_told[PL_TROUBLE_COUNT];
  gint64 told_us[PL_TROUBLE_COUNT]; /* monotonic; 0: never */
  guint trouble_timer;

  News new_devices;
  PlDeviceItem *last_device;

  PlGuessers *guessers;
  News new_guessers;
  PlWaiting last_guesser;
  guint look_timer; /* at its end is looked who guesses */
};

static void tell_troubles (PlNotifier *notifier);

static gboolean
is_wanted (PlNotifier *notifier, const char *setting)
{
  return pl_settings_get_switch (pl_engine_get_settings (notifier->engine), "window", setting);
}

static gboolean
is_window_in_front (PlNotifier *notifier)
{
  GtkWindow *window = gtk_application_get_active_window (notifier->app);
  return window != NULL && gtk_window_is_active (window);
}

/**
 * Note: what is told.
 * @setting: whether it is wanted
 * @action: (nullable): where it leads, beside to the window; %NULL: Home
 */
typedef struct
{
  const char *setting;
  const char *id;
  const char *title;
  const char *body;
  GNotificationPriority priority;
  const char *action;
} Note;

static void
send (PlNotifier *notifier, const Note *note)
{
  if (!is_wanted (notifier, note->setting) || is_window_in_front (notifier)
      || pl_tray_tell (notifier->tray, note->title, note->body))
    return;

  g_autoptr (GNotification) notification = g_notification_new (note->title);
  g_notification_set_body (notification, note->body);
  g_notification_set_priority (notification, note->priority);
  g_notification_set_default_action (notification,
                                     note->action != NULL ? note->action : "app.show-page::home");
  g_application_send_notification (G_APPLICATION (notifier->app), note->id, notification);
}

/* Trouble */

static gboolean
trouble_timer_cb (gpointer user_data)
{
  PlNotifier *notifier = user_data;

  notifier->trouble_timer = 0;
  tell_troubles (notifier);
  return G_SOURCE_REMOVE;
}

static void
tell_later (PlNotifier *notifier, gint64 wait_us)
{
  if (notifier->trouble_timer == 0)
    notifier->trouble_timer = g_timeout_add_seconds ((guint) (wait_us / G_USEC_PER_SEC) + 1,
                                                     trouble_timer_cb, notifier);
}

/* A change that was refused keeps nobody out. */
static const char *
get_title (PlTroubleKind kind, PlTrouble *trouble)
{
  gboolean was_refused = kind >= PL_TROUBLE_PORT_TAKEN && kind <= PL_TROUBLE_NOT_LISTENING
                         && !pl_trouble_is_fault (trouble);

  return was_refused ? "Porchlight" : _ (rows[kind].title);
}

static void
tell_begin (PlNotifier *notifier, PlTroubleKind kind, PlTrouble *trouble)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 quiet_until_us = notifier->told_us[kind] + QUIET_S * G_USEC_PER_SEC;

  if (notifier->told_us[kind] != 0 && now_us < quiet_until_us)
    {
      tell_later (notifier, quiet_until_us - now_us);
      return;
    }
  notifier->is_told[kind] = TRUE;
  notifier->told_us[kind] = now_us;
  send (notifier, &(Note){ .setting = rows[kind].setting,
                           .id = rows[kind].id,
                           .title = get_title (kind, trouble),
                           .body = pl_trouble_get_words (trouble),
                           .priority = G_NOTIFICATION_PRIORITY_HIGH });
}

/* Of several troubles with Immich one may follow the other. */
static gboolean
is_replaced (PlNotifier *notifier, PlTroubleKind kind)
{
  for (PlTroubleKind other = 0; other < PL_TROUBLE_COUNT; other++)
    if (g_strcmp0 (rows[other].id, rows[kind].id) == 0
        && pl_engine_find_trouble (notifier->engine, other) != NULL)
      return TRUE;
  return FALSE;
}

static void
tell_end (PlNotifier *notifier, PlTroubleKind kind)
{
  notifier->is_told[kind] = FALSE;
  if (rows[kind].over_title == NULL || is_replaced (notifier, kind))
    g_application_withdraw_notification (G_APPLICATION (notifier->app), rows[kind].id);
  else
    send (notifier, &(Note){ .setting = rows[kind].setting,
                             .id = rows[kind].id,
                             .title = _ (rows[kind].over_title),
                             .body = pl_engine_get_state_words (notifier->engine) });
}

static void
tell_troubles (PlNotifier *notifier)
{
  if (!notifier->has_service)
    return;
  /* What begins may have the place of what ends. */
  for (PlTroubleKind kind = 0; kind < PL_TROUBLE_COUNT; kind++)
    if (notifier->is_told[kind] && pl_engine_find_trouble (notifier->engine, kind) == NULL)
      tell_end (notifier, kind);
  for (PlTroubleKind kind = 0; kind < PL_TROUBLE_COUNT; kind++)
    {
      PlTrouble *trouble = pl_engine_find_trouble (notifier->engine, kind);
      if (rows[kind].title != NULL && trouble != NULL && !notifier->is_told[kind])
        tell_begin (notifier, kind, trouble);
    }
}

/* Many may come within a moment: what is told of them is gathered. */

static void tell_news (News *news);

static gboolean
news_timer_cb (gpointer user_data)
{
  News *news = user_data;

  news->timer = 0;
  tell_news (news);
  return G_SOURCE_REMOVE;
}

static void
tell_news (News *news)
{
  if (!news->notifier->has_service || news->n == 0 || news->timer != 0)
    return;
  news->send (news->notifier);
  news->n = 0;
  news->timer = g_timeout_add_seconds (news->quiet_s, news_timer_cb, news);
}

/* Devices. A scanner on the internet may be hundreds of them. */

static void
send_devices (PlNotifier *notifier)
{
  g_autofree char *name = pl_device_item_dup_title (notifier->last_device);
  g_autofree char *address = pl_device_item_dup_address (notifier->last_device);
  g_autofree char *title = g_strdup_printf (
      ngettext ("A new device came in", "%u new devices came in", notifier->new_devices.n),
      notifier->new_devices.n);
  /* Translators: a device's name and its address. */
  g_autofree char *body = g_strdup_printf (_ ("%s at %s"), name, address);

  send (notifier,
        &(Note){ .setting = "notify-device", .id = "device", .title = title, .body = body });
}

static void
device_arrived_cb (PlDeviceList *devices,
                   PlDeviceItem *device,
                   gboolean is_other,
                   gboolean is_new,
                   PlNotifier *notifier)
{
  if (!is_other || !is_new)
    return;
  notifier->new_devices.n++;
  g_set_object (&notifier->last_device, device);
  tell_news (&notifier->new_devices);
}

/* Who guesses passwords: a whole botnet may. */

static void
send_guessers (PlNotifier *notifier)
{
  guint n_others = notifier->new_guessers.n - 1;
  g_autofree char *words
      = pl_waiting_dup_words (&notifier->last_guesser, pl_engine_get_devices (notifier->engine));
  g_autofree char *others = g_strdup_printf (
      /* Translators: what was said of one who guesses passwords, and how many more there are */
      ngettext ("%s. So is %u other.", "%s. So are %u others.", n_others), words, n_others);

  send (notifier, &(Note){ .setting = "notify-guesser",
                           .id = "guesser",
                           .title = _ ("Somebody is guessing passwords"),
                           .body = n_others > 0 ? others : words,
                           .action = "app.show-guests" });
}

static gboolean
look_timer_cb (gpointer user_data)
{
  PlNotifier *notifier = user_data;
  g_autoptr (GArray) waiting = pl_engine_dup_waiting (notifier->engine);

  notifier->look_timer = 0;
  notifier->new_guessers.n += pl_guessers_note (notifier->guessers, waiting,
                                                g_get_monotonic_time (), &notifier->last_guesser);
  tell_news (&notifier->new_guessers);
  return G_SOURCE_REMOVE;
}

/* Each try changes who waits. */
static void
waiting_changed_cb (PlNotifier *notifier)
{
  if (notifier->look_timer == 0)
    notifier->look_timer = g_timeout_add (LOOK_MS, look_timer_cb, notifier);
}

/* What is still wrong when somebody comes who shows notifications, who has come in and who guesses
 * is told then. */
static void
service_cb (gboolean is_there, gpointer user_data)
{
  PlNotifier *notifier = user_data;

  notifier->has_service = is_there;
  if (!is_there)
    return;
  tell_troubles (notifier);
  tell_news (&notifier->new_devices);
  tell_news (&notifier->new_guessers);
}

PlNotifier *
pl_notifier_new (PlEngine *engine, GtkApplication *app, PlTray *tray)
{
  PlNotifier *notifier = g_new0 (PlNotifier, 1);

  notifier->engine = engine;
  notifier->app = app;
  notifier->tray = tray;
  notifier->new_devices = (News){ notifier, send_devices, DEVICE_QUIET_S, 0, 0 };
  notifier->new_guessers = (News){ notifier, send_guessers, QUIET_S, 0, 0 };
  g_signal_connect_swapped (engine, "notify::trouble", G_CALLBACK (tell_troubles), notifier);
  /* Immich may go down, or come back, behind a graver trouble. */
  g_signal_connect_swapped (pl_engine_get_upstreams (engine), "health-changed",
                            G_CALLBACK (tell_troubles), notifier);
  g_signal_connect (pl_engine_get_devices (engine), "device-arrived",
                    G_CALLBACK (device_arrived_cb), notifier);
  notifier->guessers = pl_guessers_new ();
  g_signal_connect_swapped (engine, "waiting-changed", G_CALLBACK (waiting_changed_cb), notifier);
  notifier->service_watch = pl_notification_service_watch (service_cb, notifier);
  return notifier;
}

void
pl_notifier_free (PlNotifier *notifier)
{
  g_signal_handlers_disconnect_by_data (notifier->engine, notifier);
  g_signal_handlers_disconnect_by_data (pl_engine_get_upstreams (notifier->engine), notifier);
  g_signal_handlers_disconnect_by_data (pl_engine_get_devices (notifier->engine), notifier);
  g_clear_handle_id (&notifier->service_watch, pl_notification_service_unwatch);
  g_clear_handle_id (&notifier->trouble_timer, g_source_remove);
  g_clear_handle_id (&notifier->new_devices.timer, g_source_remove);
  g_clear_handle_id (&notifier->look_timer, g_source_remove);
  g_clear_handle_id (&notifier->new_guessers.timer, g_source_remove);
  g_clear_object (&notifier->last_device);
  pl_guessers_free (notifier->guessers);
  g_free (notifier);
}
