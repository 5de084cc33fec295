/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The desktops of Linux: a StatusNotifierItem where somebody asks for one, else X11's tray. */

#include "gui/tray/choice.h"

/* Who knows of StatusNotifierItems and the panels that draw them. */
#define WATCHER_NAME "org.kde.StatusNotifierWatcher"

struct _PlTrayChoice
{
  PlTrayChoiceFunc func;
  gpointer user_data;
  guint watch;
};

static void
name_appeared_cb (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  PlTrayChoice *choice = user_data;
  choice->func (pl_tray_get_indicator (), choice->user_data);
}

/* GIO calls this at the start too, if there is no watcher, or no bus. */
static void
name_vanished_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  PlTrayChoice *choice = user_data;
  choice->func (pl_tray_get_status_icon (), choice->user_data);
}

PlTrayChoice *
pl_tray_choice_new (PlTrayChoiceFunc func, gpointer user_data)
{
  PlTrayChoice *choice = g_new0 (PlTrayChoice, 1);

  choice->func = func;
  choice->user_data = user_data;
  choice->watch = g_bus_watch_name (G_BUS_TYPE_SESSION, WATCHER_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                    name_appeared_cb, name_vanished_cb, choice, NULL);
  return choice;
}

void
pl_tray_choice_free (PlTrayChoice *choice)
{
  g_bus_unwatch_name (choice->watch);
  g_free (choice);
}
