/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Does to the program's icon what Windows' Explorer does and Wine's does not: `taskbar forget`, as
 * it ends; `taskbar tell`, as it is there again; `taskbar click`, as somebody clicks a balloon. */

#include <string.h>

#include <windows.h>

#include <shellapi.h>

/* As in gui/tray/notify_icon_windows.c. */
#define CLASS_NAME   L"PorchlightNotifyIcon"
#define ICON_ID      1
#define MESSAGE_ICON (WM_APP + 1)

static BOOL
forget (HWND window)
{
  NOTIFYICONDATAW data = { .cbSize = sizeof data };

  data.hWnd = window;
  data.uID = ICON_ID;
  return Shell_NotifyIconW (NIM_DELETE, &data);
}

int
main (int argc, char **argv)
{
  HWND window = FindWindowW (CLASS_NAME, NULL);
  const char *what = argc == 2 ? argv[1] : "";

  if (strcmp (what, "forget") == 0)
    return !forget (window);
  if (strcmp (what, "tell") == 0)
    return !SendNotifyMessageW (HWND_BROADCAST, RegisterWindowMessageW (L"TaskbarCreated"), 0, 0);
  if (strcmp (what, "click") == 0)
    return !PostMessageW (window, MESSAGE_ICON, 0, MAKELPARAM (NIN_BALLOONUSERCLICK, ICON_ID));
  return 2;
}
