/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The notification area of Windows, asked by itself: GTK's status icon there has a menu without
 * items, and GLib's notifications are not written. A window that nobody sees hears of clicks, and
 * of taskbars that are made anew. */

#include "gui/tray/back_end.h"

#include <windows.h>

#include <shellapi.h>

#include "gui/tray/lamp_picture_windows.h"
#include "gui/tray/native_words.h"
#include "gui/tray/popup_windows.h"

#define CLASS_NAME L"PorchlightNotifyIcon"
#define ICON_ID    1

/* What the window gets: from the taskbar, and from itself. */
#define MESSAGE_ICON  (WM_APP + 1)
#define MESSAGE_OPEN  (WM_APP + 2)
#define MESSAGE_POPUP (WM_APP + 3)

/* Right after the login the taskbar is busy, and may not answer. */
#define RETRY_S     2
#define MOST_TRIALS 30

struct _PlTrayIcon
{
  PlTrayMenu *menu;
  PlTrayIconFunc changed;
  gpointer user_data;

  HWND window;
  gboolean is_there; /* in the taskbar */
  guint retry;
  guint n_trials;
  gboolean is_menu_open;

  PlLamp lamp;
  char *words; /* nullable: nothing is shown yet */
};

/* What the taskbar broadcasts when it is there anew. */
static UINT taskbar_created;

static NOTIFYICONDATAW
begin (PlTrayIcon *icon, UINT flags)
{
  NOTIFYICONDATAW data = { .cbSize = sizeof data };

  data.hWnd = icon->window;
  data.uID = ICON_ID;
  data.uFlags = flags;
  return data;
}

static gboolean
add (PlTrayIcon *icon, NOTIFYICONDATAW *data)
{
  if (!Shell_NotifyIconW (NIM_ADD, data))
    return FALSE;
  data->uVersion = NOTIFYICON_VERSION_4;
  Shell_NotifyIconW (NIM_SETVERSION, data);
  return TRUE;
}

static void retry_later (PlTrayIcon *icon);

/* The taskbar copies the picture. */
static void
put (PlTrayIcon *icon)
{
  NOTIFYICONDATAW data = begin (icon, NIF_MESSAGE | NIF_ICON | NIF_TIP | NIF_SHOWTIP);
  gboolean was_there = icon->is_there;

  data.uCallbackMessage = MESSAGE_ICON;
  data.hIcon = pl_lamp_picture_new (icon->lamp);
  pl_native_words_put ((gunichar2 *) data.szTip, G_N_ELEMENTS (data.szTip), icon->words);
  icon->is_there = (was_there && Shell_NotifyIconW (NIM_MODIFY, &data)) || add (icon, &data);
  if (data.hIcon != NULL)
    DestroyIcon (data.hIcon);

  if (!icon->is_there)
    retry_later (icon);
  if (icon->is_there != was_there)
    icon->changed (icon->user_data);
}

static gboolean
retry_cb (gpointer user_data)
{
  PlTrayIcon *icon = user_data;

  icon->retry = 0;
  put (icon);
  return G_SOURCE_REMOVE;
}

static void
retry_later (PlTrayIcon *icon)
{
  if (icon->retry == 0 && icon->n_trials++ < MOST_TRIALS)
    icon->retry = g_timeout_add_seconds (RETRY_S, retry_cb, icon);
}

/* A new taskbar knows nothing of the icon, and may have another scale. */
static void
put_anew (PlTrayIcon *icon)
{
  icon->is_there = FALSE;
  icon->n_trials = 0;
  if (icon->words != NULL)
    put (icon);
}

static void
open_menu (PlTrayIcon *icon, LPARAM place)
{
  POINT point = { (short) LOWORD (place), (short) HIWORD (place) };

  if (icon->is_menu_open)
    return;
  icon->is_menu_open = TRUE;
  pl_popup_run (icon->menu, icon->window, point);
  icon->is_menu_open = FALSE;
}

/* The taskbar's own messages may come in the middle of anything that looks for messages: what is
 * done about them waits its turn in the main loop. */
static void
icon_event (PlTrayIcon *icon, WPARAM place, UINT event)
{
  switch (event)
    {
    case NIN_SELECT:
    case NIN_KEYSELECT:
    case NIN_BALLOONUSERCLICK:
      PostMessageW (icon->window, MESSAGE_OPEN, 0, 0);
      break;
    case WM_CONTEXTMENU:
      PostMessageW (icon->window, MESSAGE_POPUP, 0, (LPARAM) place);
      break;
    }
}

static LRESULT CALLBACK
window_procedure (HWND window, UINT message, WPARAM wide, LPARAM parameter)
{
  PlTrayIcon *icon = (PlTrayIcon *) GetWindowLongPtrW (window, GWLP_USERDATA);

  if (icon == NULL)
    return DefWindowProcW (window, message, wide, parameter);
  if (message == MESSAGE_ICON)
    icon_event (icon, wide, LOWORD (parameter));
  else if (message == MESSAGE_OPEN)
    gtk_menu_item_activate (pl_tray_menu_get_open_item (icon->menu));
  else if (message == MESSAGE_POPUP)
    open_menu (icon, parameter);
  else if (message == WM_TIMER)
    pl_popup_turn ();
  else if (message == taskbar_created)
    put_anew (icon);
  else
    return DefWindowProcW (window, message, wide, parameter);
  return 0;
}

/* Not one for messages alone, to which nothing is broadcast. */
static HWND
new_window (PlTrayIcon *icon)
{
  WNDCLASSEXW class = { .cbSize = sizeof class };

  class.lpfnWndProc = window_procedure;
  class.hInstance = GetModuleHandleW (NULL);
  class.lpszClassName = CLASS_NAME;
  RegisterClassExW (&class);
  taskbar_created = RegisterWindowMessageW (L"TaskbarCreated");

  HWND window = CreateWindowExW (WS_EX_TOOLWINDOW, CLASS_NAME, L"Porchlight", WS_POPUP, 0, 0, 0, 0,
                                 NULL, NULL, class.hInstance, NULL);
  SetWindowLongPtrW (window, GWLP_USERDATA, (LONG_PTR) icon);
  return window;
}

static PlTrayIcon *
notify_icon_open (PlTrayMenu *menu, PlTrayIconFunc changed, gpointer user_data)
{
  PlTrayIcon *icon = g_new0 (PlTrayIcon, 1);

  icon->menu = menu;
  icon->changed = changed;
  icon->user_data = user_data;
  icon->window = new_window (icon);
  return icon;
}

static void
notify_icon_show (PlTrayIcon *icon, PlLamp lamp, const char *words)
{
  icon->lamp = lamp;
  g_free (icon->words);
  icon->words = g_strdup (words);
  put (icon);
}

static gboolean
notify_icon_is_visible (PlTrayIcon *icon)
{
  return icon->is_there;
}

/* With the icon itself as the picture. While somebody gives a talk Windows keeps it back. */
static gboolean
notify_icon_tell (PlTrayIcon *icon, const char *title, const char *words)
{
  NOTIFYICONDATAW data = begin (icon, NIF_INFO | NIF_SHOWTIP);

  data.dwInfoFlags = NIIF_USER | NIIF_RESPECT_QUIET_TIME;
  pl_native_words_put ((gunichar2 *) data.szInfoTitle, G_N_ELEMENTS (data.szInfoTitle), title);
  pl_native_words_put ((gunichar2 *) data.szInfo, G_N_ELEMENTS (data.szInfo), words);
  return icon->is_there && Shell_NotifyIconW (NIM_MODIFY, &data);
}

static void
notify_icon_close (PlTrayIcon *icon)
{
  NOTIFYICONDATAW data = begin (icon, 0);

  g_clear_handle_id (&icon->retry, g_source_remove);
  Shell_NotifyIconW (NIM_DELETE, &data);
  SetWindowLongPtrW (icon->window, GWLP_USERDATA, 0);
  DestroyWindow (icon->window);
  g_free (icon->words);
  g_free (icon);
}

const PlTrayBackEnd *
pl_tray_get_status_icon (void)
{
  static const PlTrayBackEnd back_end
      = { notify_icon_open, notify_icon_show, notify_icon_is_visible, notify_icon_tell,
          notify_icon_close };

  return &back_end;
}
