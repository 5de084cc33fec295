/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/tray/lamp_picture_windows.h"

#include <gtk/gtk.h>

#include "gui/tray/icons.h"

#define OCTETS_A_PIXEL 4

/* The taskbar may be on a screen of another scale than the one the program was started on. */
static int
get_size (void)
{
  HWND taskbar = FindWindowW (L"Shell_TrayWnd", NULL);
  UINT dpi = taskbar != NULL ? GetDpiForWindow (taskbar) : 0;

  return GetSystemMetricsForDpi (SM_CXSMICON, dpi != 0 ? dpi : GetDpiForSystem ());
}

static GdkPixbuf *
load (PlLamp lamp)
{
  g_autofree char *name = pl_tray_icons_dup_name (lamp);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) loaded = gtk_icon_theme_load_icon (
      gtk_icon_theme_get_default (), name, get_size (), GTK_ICON_LOOKUP_FORCE_SIZE, &error);

  if (loaded == NULL)
    {
      g_message ("%s", error->message);
      return NULL;
    }
  return gdk_pixbuf_get_has_alpha (loaded) ? g_steal_pointer (&loaded)
                                           : gdk_pixbuf_add_alpha (loaded, FALSE, 0, 0, 0);
}

/* Red and blue change places. */
static void
copy_pixels (GdkPixbuf *pixbuf, guint8 *to)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);

  for (int y = 0; y < height; y++)
    {
      const guint8 *from
          = gdk_pixbuf_read_pixels (pixbuf) + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < width; x++, from += OCTETS_A_PIXEL, to += OCTETS_A_PIXEL)
        {
          to[0] = from[2];
          to[1] = from[1];
          to[2] = from[0];
          to[3] = from[3];
        }
    }
}

static HBITMAP
new_colours (GdkPixbuf *pixbuf)
{
  BITMAPINFO info = { 0 };
  void *pixels = NULL;

  info.bmiHeader.biSize = sizeof info.bmiHeader;
  info.bmiHeader.biWidth = gdk_pixbuf_get_width (pixbuf);
  info.bmiHeader.biHeight = -gdk_pixbuf_get_height (pixbuf); /* from the top */
  info.bmiHeader.biPlanes = 1;
  info.bmiHeader.biBitCount = 8 * OCTETS_A_PIXEL;
  info.bmiHeader.biCompression = BI_RGB;

  HBITMAP bitmap = CreateDIBSection (NULL, &info, DIB_RGB_COLORS, &pixels, NULL, 0);
  if (bitmap != NULL)
    copy_pixels (pixbuf, pixels);
  return bitmap;
}

/* Windows wants one beside the colours, which say by themselves where there are none. Its rows are
 * whole words of two octets. */
static HBITMAP
new_mask (int width, int height)
{
  g_autofree guint8 *none = g_malloc0 ((gsize) ((width + 15) / 16 * 2) * (gsize) height);

  return CreateBitmap (width, height, 1, 1, none);
}

HICON
pl_lamp_picture_new (PlLamp lamp)
{
  g_autoptr (GdkPixbuf) pixbuf = load (lamp);
  ICONINFO parts = { .fIcon = TRUE };

  if (pixbuf == NULL)
    return NULL;
  parts.hbmColor = new_colours (pixbuf);
  parts.hbmMask = new_mask (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf));

  HICON picture = CreateIconIndirect (&parts);
  DeleteObject (parts.hbmColor);
  DeleteObject (parts.hbmMask);
  return picture;
}
