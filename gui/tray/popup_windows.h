/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tray's menu as one of Windows. GTK's own, at an icon that is none of its windows, comes up
 * empty. */

#pragma once

#include <windows.h>

#include "gui/tray/menu.h"

/**
 * pl_popup_run:
 * @window: owns the menu meanwhile; its procedure gets %WM_TIMER
 * @place: of the icon, on the screen
 *
 * Shows the items of @menu as they are now, waits until one is chosen or the menu is sent away, and
 * activates what was chosen. The thread's main context goes on meanwhile: pl_popup_turn().
 */
void pl_popup_run (PlTrayMenu *menu, HWND window, POINT place);

/** pl_popup_turn: what @window does at %WM_TIMER. */
void pl_popup_turn (void);
