/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is copied, so that it outlives this program where the desktop keeps such things. */

#pragma once

#include <gtk/gtk.h>

/** pl_clipboard_set_text: puts @text where a paste takes it from. */
void pl_clipboard_set_text (const char *text);
