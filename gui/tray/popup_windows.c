/* SPDX-License-Identifier: GPL-3.0-or-later */

/* While a menu is open, Windows runs a loop of its own that knows nothing of the thread's main
 * context: a timer lets that one have its turns, as GDK does while a window is dragged. What GDK
 * took from the queue in such a turn would be lost to the menu, a click on it above all. */

#include "gui/tray/popup_windows.h"

#include "gui/tray/native_words.h"

#define TURN_MS    20
#define TURN_TIMER 1

/* No turn keeps the menu from following the mouse. */
#define MOST_SOURCES 20

/* Longer words make a menu nobody reads. */
#define MOST_UNITS 200

/* Popup:
 * @items: (element-type GtkMenuItem): what the number of an item, less one, stands for
 */
typedef struct
{
  HMENU handle;
  GPtrArray *items;
  GtkMenuItem *default_item;
} Popup;

static UINT
get_type (GtkMenuItem *item)
{
  if (GTK_IS_SEPARATOR_MENU_ITEM (item))
    return MFT_SEPARATOR;
  if (GTK_IS_CHECK_MENU_ITEM (item)
      && gtk_check_menu_item_get_draw_as_radio (GTK_CHECK_MENU_ITEM (item)))
    return MFT_STRING | MFT_RADIOCHECK;
  return MFT_STRING;
}

static UINT
get_state (const Popup *popup, GtkMenuItem *item)
{
  UINT state = 0;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (item)))
    state |= MFS_DISABLED;
  if (GTK_IS_CHECK_MENU_ITEM (item) && gtk_check_menu_item_get_active (GTK_CHECK_MENU_ITEM (item)))
    state |= MFS_CHECKED;
  if (item == popup->default_item)
    state |= MFS_DEFAULT;
  return state;
}

static void
add_item_cb (GtkWidget *widget, gpointer user_data)
{
  Popup *popup = user_data;
  GtkMenuItem *item = GTK_MENU_ITEM (widget);
  gunichar2 words[MOST_UNITS];
  MENUITEMINFOW info = { .cbSize = sizeof info };

  if (!gtk_widget_get_visible (widget))
    return;
  g_autofree char *label = pl_native_words_dup_label (gtk_menu_item_get_label (item),
                                                      gtk_menu_item_get_use_underline (item));
  pl_native_words_put (words, G_N_ELEMENTS (words), label);
  g_ptr_array_add (popup->items, item);

  info.fMask = MIIM_FTYPE | MIIM_STATE | MIIM_ID | MIIM_STRING;
  info.fType = get_type (item);
  info.fState = get_state (popup, item);
  info.wID = popup->items->len;
  info.dwTypeData = (WCHAR *) words;
  InsertMenuItemW (popup->handle, popup->items->len - 1, TRUE, &info);
}

static UINT
get_flags (void)
{
  UINT flags = TPM_RETURNCMD | TPM_NONOTIFY | TPM_RIGHTBUTTON | TPM_BOTTOMALIGN;

  return gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? flags | TPM_LAYOUTRTL : flags;
}

/* Declared for GTK alone, which runs Windows' own dialogs so: while there is one, GDK leaves all
 * messages to who shows it. */
void gdk_win32_set_modal_dialog_libgtk_only (HWND window);

/* The two calls around the menu are Microsoft's advice: without the first it does not go away at a
 * click elsewhere, without the second the next one goes away at once. */
static guint
track (const Popup *popup, HWND window, POINT place)
{
  SetForegroundWindow (window);
  gdk_win32_set_modal_dialog_libgtk_only (window);
  SetTimer (window, TURN_TIMER, TURN_MS, NULL);
  BOOL chosen = TrackPopupMenuEx (popup->handle, get_flags (), place.x, place.y, window, NULL);
  KillTimer (window, TURN_TIMER);
  gdk_win32_set_modal_dialog_libgtk_only (NULL);
  PostMessageW (window, WM_NULL, 0, 0);
  return (guint) chosen;
}

void
pl_popup_run (PlTrayMenu *menu, HWND window, POINT place)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  Popup popup = { CreatePopupMenu (), items, pl_tray_menu_get_open_item (menu) };

  gtk_container_foreach (GTK_CONTAINER (menu), add_item_cb, &popup);
  guint chosen = track (&popup, window, place);
  DestroyMenu (popup.handle);
  if (chosen > 0)
    gtk_menu_item_activate (items->pdata[chosen - 1]);
}

void
pl_popup_turn (void)
{
  for (guint i = 0; i < MOST_SOURCES && g_main_context_pending (NULL); i++)
    g_main_context_iteration (NULL, FALSE);
}
