/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a user can do here are actions, `requests.…`; buttons, menus and keys only name them. */

#include "gui/requests/page.h"

#include "app/i18n.h"
#include "gui/kit/fit.h"
#include "gui/kit/toast.h"
#include "gui/requests/amend_actions.h"
#include "gui/requests/counts.h"
#include "gui/requests/detail.h"
#include "gui/requests/device_menu.h"
#include "gui/requests/export.h"
#include "gui/requests/filter_actions.h"
#include "gui/requests/item_actions.h"
#include "gui/requests/list.h"

/* In width-chars: from so wide on buttons have words, and the detail stands beside the list. */
#define WORDS_FROM_CHARS  64
#define BESIDE_FROM_CHARS 104

/* What the list keeps of the room when the detail appears, in percent. */
#define LIST_SHARE 54

struct _PlRequestsPage
{
  GtkBox parent_instance;

  GtkEntry *search_entry;
  GtkWidget *pause_words;
  GtkWidget *clear_words;
  GtkWidget *export_words;
  GtkMenuButton *device_button;
  GtkLabel *device_label;
  GtkPaned *paned;
  GtkStack *stack;
  PlRequestList *list;
  PlRequestDetail *detail;
  PlToast *toast;
  PlRequestCounts *counts;

  PlEngine *engine;
  PlRequestFilter *filter;
  GSimpleActionGroup *actions;
  GtkWidget *window; /* while mapped: whose keys are listened to */
};

G_DEFINE_FINAL_TYPE (PlRequestsPage, pl_requests_page, GTK_TYPE_BOX)

static void
divide_room (PlRequestsPage *page)
{
  gboolean is_beside
      = gtk_orientable_get_orientation (GTK_ORIENTABLE (page->paned)) == GTK_ORIENTATION_HORIZONTAL;
  int room = is_beside ? gtk_widget_get_allocated_width (GTK_WIDGET (page->paned))
                       : gtk_widget_get_allocated_height (GTK_WIDGET (page->paned));

  gtk_paned_set_position (page->paned, room * LIST_SHARE / 100);
}

/* Actions */

static void
show_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlRequestsPage *page = user_data;

  pl_request_detail_set_item (page->detail, pl_request_list_get_selected (page->list));
  if (gtk_widget_get_visible (GTK_WIDGET (page->detail)))
    return;
  divide_room (page);
  gtk_widget_show (GTK_WIDGET (page->detail));
  pl_request_list_keep_in_sight (page->list);
}

static void
hide_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlRequestsPage *page = user_data;

  gtk_widget_hide (GTK_WIDGET (page->detail));
  pl_request_detail_set_item (page->detail, NULL);
  pl_request_list_focus (page->list);
}

static void
find_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_grab_focus (GTK_WIDGET (PL_REQUESTS_PAGE (user_data)->search_entry));
}

static void
show_all_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlRequestsPage *page = user_data;

  gtk_entry_set_text (page->search_entry, "");
  pl_request_filter_set_text (page->filter, "");
  pl_filter_actions_reset (G_ACTION_GROUP (page->actions));
}

static void
restore_cb (gpointer log)
{
  pl_request_log_restore (log);
}

/* The offer is over: nobody can take it up any more. */
static void
let_go_cb (gpointer log)
{
  pl_request_log_let_go (log);
  g_object_unref (log);
}

static void
clear_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlRequestsPage *page = user_data;

  PlRequestLog *log = pl_engine_get_log (page->engine);

  gtk_widget_hide (GTK_WIDGET (page->detail));
  /* An offer that still stands is over with this one, and with it what was cleared before. */
  pl_toast_offer (page->toast, _ ("Cleared"), _ ("_Undo"), restore_cb, g_object_ref (log),
                  let_go_cb);
  pl_request_log_clear (log);
}

static const GActionEntry entries[] = {
  { .name = "show", .activate = show_cb },   { .name = "hide", .activate = hide_cb },
  { .name = "find", .activate = find_cb },   { .name = "show-all", .activate = show_all_cb },
  { .name = "clear", .activate = clear_cb },
};

/* What changes */

static void
items_changed_cb (PlRequestsPage *page)
{
  guint n_kept = pl_request_log_get_n (pl_engine_get_log (page->engine));
  guint n_shown = pl_request_filter_get_n (page->filter);

  gtk_stack_set_visible_child_name (page->stack, n_shown > 0  ? "list"
                                                 : n_kept > 0 ? "no-match"
                                                              : "empty");
}

static void
device_changed_cb (PlRequestsPage *page)
{
  PlDeviceItem *device = pl_request_filter_get_device (page->filter);
  g_autofree char *title
      = device != NULL ? pl_device_item_dup_title (device) : g_strdup (_ ("All Devices"));

  gtk_label_set_text (page->device_label, title);
}

static void
turned_away_cb (PlRequestsPage *page)
{
  pl_request_counts_say_turned_away (page->counts, pl_engine_get_turned_away_words (page->engine));
}

static void
selected_cb (PlRequestList *list, GParamSpec *pspec, PlRequestsPage *page)
{
  PlRequestItem *item = pl_request_list_get_selected (list);

  if (item != NULL && gtk_widget_get_visible (GTK_WIDGET (page->detail)))
    pl_request_detail_set_item (page->detail, item);
}

static void
activated_cb (PlRequestList *list, PlRequestsPage *page)
{
  show_cb (NULL, NULL, page);
}

static void
search_changed_cb (GtkSearchEntry *entry, PlRequestsPage *page)
{
  pl_request_filter_set_text (page->filter, gtk_entry_get_text (page->search_entry));
}

static void
search_activated_cb (GtkSearchEntry *entry, PlRequestsPage *page)
{
  pl_request_list_focus (page->list);
}

static void
search_stopped_cb (GtkSearchEntry *entry, PlRequestsPage *page)
{
  gtk_entry_set_text (page->search_entry, "");
  pl_request_list_focus (page->list);
}

/* Keys */

/* What no widget with the focus wanted. */
static gboolean
pl_requests_page_key_press_event (GtkWidget *widget, GdkEventKey *event)
{
  PlRequestsPage *page = PL_REQUESTS_PAGE (widget);
  GActionGroup *actions = G_ACTION_GROUP (page->actions);
  GdkModifierType modifiers = event->state & gtk_accelerator_get_default_mod_mask ();

  if (event->keyval == GDK_KEY_Escape && gtk_widget_get_visible (GTK_WIDGET (page->detail)))
    g_action_group_activate_action (actions, "hide", NULL);
  else if (event->keyval == GDK_KEY_c && modifiers == GDK_CONTROL_MASK)
    g_action_group_activate_action (actions, "copy-url", NULL);
  else
    return GTK_WIDGET_CLASS (pl_requests_page_parent_class)->key_press_event (widget, event);
  return GDK_EVENT_STOP;
}

/* Wherever in the window the focus is. */
static gboolean
window_key_cb (GtkWidget *window, GdkEventKey *event, PlRequestsPage *page)
{
  GdkModifierType modifiers = event->state & gtk_accelerator_get_default_mod_mask ();

  if (event->keyval != GDK_KEY_f || modifiers != GDK_CONTROL_MASK)
    return GDK_EVENT_PROPAGATE;
  g_action_group_activate_action (G_ACTION_GROUP (page->actions), "find", NULL);
  return GDK_EVENT_STOP;
}

static void
fit (gpointer user_data, int width_chars)
{
  PlRequestsPage *page = user_data;
  gboolean has_words = width_chars >= WORDS_FROM_CHARS;
  GtkOrientation orientation
      = width_chars >= BESIDE_FROM_CHARS ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;

  gtk_widget_set_visible (page->pause_words, has_words);
  gtk_widget_set_visible (page->clear_words, has_words);
  gtk_widget_set_visible (page->export_words, has_words);
  if (gtk_orientable_get_orientation (GTK_ORIENTABLE (page->paned)) == orientation)
    return;
  /* GtkPaned takes the position for one in the room it had, and keeps the proportion. */
  divide_room (page);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page->paned), orientation);
  if (gtk_widget_get_visible (GTK_WIDGET (page->detail)))
    pl_request_list_keep_in_sight (page->list);
}

/* Headers are captured only for somebody who may look at them. */
static void
pl_requests_page_map (GtkWidget *widget)
{
  PlRequestsPage *page = PL_REQUESTS_PAGE (widget);

  GTK_WIDGET_CLASS (pl_requests_page_parent_class)->map (widget);
  pl_engine_watch_heads (page->engine);
  g_set_object (&page->window, gtk_widget_get_toplevel (widget));
  g_signal_connect (page->window, "key-press-event", G_CALLBACK (window_key_cb), page);
}

static void
pl_requests_page_unmap (GtkWidget *widget)
{
  PlRequestsPage *page = PL_REQUESTS_PAGE (widget);

  g_signal_handlers_disconnect_by_func (page->window, window_key_cb, page);
  g_clear_object (&page->window);
  pl_engine_unwatch_heads (page->engine);
  GTK_WIDGET_CLASS (pl_requests_page_parent_class)->unmap (widget);
}

static void
add_actions (PlRequestsPage *page)
{
  GActionMap *map = G_ACTION_MAP (page->actions);
  PlDeviceList *devices = pl_engine_get_devices (page->engine);
  g_autoptr (GPropertyAction) pause
      = g_property_action_new ("pause", pl_engine_get_log (page->engine), "paused");

  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), page);
  g_action_map_add_action (map, G_ACTION (pause));
  pl_filter_actions_add (map, page->filter, devices);
  pl_item_actions_add (page->actions, page->list, devices, page->toast);
  pl_amend_actions_add (page->actions, page->list, page->engine);
  pl_request_export_add (map, G_LIST_MODEL (page->filter), devices, GTK_WIDGET (page), page->toast);
  g_signal_connect_object (page->actions, "action-state-changed::device",
                           G_CALLBACK (device_changed_cb), page, G_CONNECT_SWAPPED);
  gtk_widget_insert_action_group (GTK_WIDGET (page), "requests", G_ACTION_GROUP (page->actions));
}

GtkWidget *
pl_requests_page_new (PlEngine *engine)
{
  PlRequestsPage *page = g_object_new (PL_TYPE_REQUESTS_PAGE, NULL);
  PlRequestLog *log = pl_engine_get_log (engine);
  g_autoptr (GMenuModel) devices = pl_device_menu_new (pl_engine_get_devices (engine));

  page->engine = g_object_ref (engine);
  page->filter = pl_request_filter_new (log);
  pl_request_filter_set_devices (page->filter, pl_engine_get_devices (engine));
  pl_request_list_set_filter (page->list, page->filter);
  pl_request_detail_set_devices (page->detail, pl_engine_get_devices (engine));
  pl_request_counts_set_models (page->counts, log, page->filter);
  gtk_menu_button_set_menu_model (page->device_button, devices);
  add_actions (page);
  g_signal_connect_object (log, "items-changed", G_CALLBACK (items_changed_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->filter, "items-changed", G_CALLBACK (items_changed_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::turned-away-words", G_CALLBACK (turned_away_cb), page,
                           G_CONNECT_SWAPPED);
  items_changed_cb (page);
  turned_away_cb (page);
  return GTK_WIDGET (page);
}

static void
pl_requests_page_dispose (GObject *object)
{
  PlRequestsPage *page = PL_REQUESTS_PAGE (object);

  gtk_widget_insert_action_group (GTK_WIDGET (page), "requests", NULL);
  G_OBJECT_CLASS (pl_requests_page_parent_class)->dispose (object);
  g_clear_object (&page->actions);
  g_clear_object (&page->filter);
  g_clear_object (&page->engine);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/requests-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlRequestsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PlRequestsPage, pause_words);
  gtk_widget_class_bind_template_child (widget_class, PlRequestsPage, clear_words);
  gtk_widget_class_bind_template_child (widget_class, PlRequestsPage, export_words);
  gtk_widget_class_bind_template_child (widget_class, PlRequestsPage, device_button);
  gtk_widget_class_bind_template_child (widget_class, PlRequestsPage, device_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestsPage, paned);
  gtk_widget_class_bind_template_child (widget_class, PlRequestsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PlRequestsPage, list);
  gtk_widget_class_bind_template_child (widget_class, PlRequestsPage, detail);
  gtk_widget_class_bind_template_child (widget_class, PlRequestsPage, toast);
  gtk_widget_class_bind_template_child (widget_class, PlRequestsPage, counts);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
}

static void
pl_requests_page_class_init (PlRequestsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_requests_page_dispose;
  widget_class->key_press_event = pl_requests_page_key_press_event;
  widget_class->map = pl_requests_page_map;
  widget_class->unmap = pl_requests_page_unmap;
  g_type_ensure (PL_TYPE_REQUEST_LIST);
  g_type_ensure (PL_TYPE_REQUEST_DETAIL);
  g_type_ensure (PL_TYPE_REQUEST_COUNTS);
  g_type_ensure (PL_TYPE_TOAST);
  bind_template (widget_class);
}

static void
pl_requests_page_init (PlRequestsPage *page)
{
  page->actions = g_simple_action_group_new ();
  gtk_widget_init_template (GTK_WIDGET (page));
  pl_fit_watch (GTK_WIDGET (page), fit, page);
}
