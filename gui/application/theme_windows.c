/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows keeps what “Choose your colour” says in the registry, and says when that has changed. */

#include "gui/application/theme.h"

#include <windows.h>

#define KEY   L"Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize"
#define VALUE L"AppsUseLightTheme"

/* Event: a source of the main loop that is ready when Windows has set @poll's event. */
typedef struct
{
  GSource source;
  GPollFD poll;
} Event;

struct _PlTheme
{
  HKEY key;
  HANDLE changed;
  GSource *source;
};

static gboolean
event_check (GSource *source)
{
  return (((Event *) source)->poll.revents & G_IO_IN) != 0;
}

static gboolean
event_dispatch (GSource *source, GSourceFunc func, gpointer user_data)
{
  return func (user_data);
}

/* Light is what Windows is where nothing was ever chosen. */
static gboolean
is_dark (PlTheme *theme)
{
  DWORD is_light = 1;
  DWORD size = sizeof is_light;

  return RegGetValueW (theme->key, NULL, VALUE, RRF_RT_REG_DWORD, NULL, &is_light, &size)
             == ERROR_SUCCESS
         && is_light == 0;
}

/* Windows tells once; it is asked to before the look, so that no change comes between. */
static gboolean
follow_cb (gpointer user_data)
{
  PlTheme *theme = user_data;

  RegNotifyChangeKeyValue (theme->key, FALSE, REG_NOTIFY_CHANGE_LAST_SET, theme->changed, TRUE);
  g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", is_dark (theme),
                NULL);
  return G_SOURCE_CONTINUE;
}

static GSource *
new_source (PlTheme *theme)
{
  static GSourceFuncs funcs = { NULL, event_check, event_dispatch, NULL };
  GSource *source = g_source_new (&funcs, sizeof (Event));
  Event *event = (Event *) source;

  event->poll.fd = (gintptr) theme->changed;
  event->poll.events = G_IO_IN;
  g_source_add_poll (source, &event->poll);
  g_source_set_callback (source, follow_cb, theme, NULL);
  g_source_attach (source, NULL);
  return source;
}

PlTheme *
pl_theme_follow (void)
{
  PlTheme *theme = g_new0 (PlTheme, 1);

  /* Made if it is not there, so that its first value is noticed. */
  if (RegCreateKeyExW (HKEY_CURRENT_USER, KEY, 0, NULL, 0, KEY_READ | KEY_NOTIFY, NULL, &theme->key,
                       NULL)
      != ERROR_SUCCESS)
    {
      g_free (theme);
      return NULL;
    }
  theme->changed = CreateEventW (NULL, FALSE, FALSE, NULL);
  theme->source = new_source (theme);
  follow_cb (theme);
  return theme;
}

void
pl_theme_free (PlTheme *theme)
{
  g_source_destroy (theme->source);
  g_source_unref (theme->source);
  RegCloseKey (theme->key);
  CloseHandle (theme->changed);
  g_free (theme);
}
