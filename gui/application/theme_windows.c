/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows keeps what “Choose your colour” says in the registry, and says when that has changed. Its
 * font for messages, which GTK takes, is of 9 points since Windows Vista: what is smaller than
 * that, as explanations are, nobody wants to read. Newer programs of Windows have 10.5 and 9. */

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

#define FONT_SCALE (10.5 / 9)

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

static void
enlarge_font (void)
{
  g_autofree char *name = NULL;

  g_object_get (gtk_settings_get_default (), "gtk-font-name", &name, NULL);
  PangoFontDescription *font = pango_font_description_from_string (name);
  pango_font_description_set_size (font,
                                   (int) (pango_font_description_get_size (font) * FONT_SCALE));
  g_autofree char *larger = pango_font_description_to_string (font);
  g_object_set (gtk_settings_get_default (), "gtk-font-name", larger, NULL);
  pango_font_description_free (font);
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

  enlarge_font ();
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
