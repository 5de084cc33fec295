/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows of others in X11: of panels and trays, which come and go as they like. */

#pragma once

/**
 * pl_gone_windows_forgive:
 *
 * From now on what X11 has against a request has no effect, where GTK would end the program: it
 * listens to the window that has the tray as soon as it hears of it, and a panel that has just
 * started may have ended by then. Where the display is none of X11 nothing is done. May be called
 * again.
 */
void pl_gone_windows_forgive (void);
