/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/kit/clipboard.h"

void
pl_clipboard_set_text (const char *text)
{
  GtkClipboard *clipboard = gtk_clipboard_get (GDK_SELECTION_CLIPBOARD);

  gtk_clipboard_set_text (clipboard, text, -1);
  gtk_clipboard_set_can_store (clipboard, NULL, 0);
}
