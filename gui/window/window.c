/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The frame of the pages. Closing it hides it: the engine goes on, and the pages know by map and
 * unmap that nobody looks. */

#include "gui/window/window.h"

#include "app/i18n.h"
#include "gui/assistant/assistant.h"
#include "gui/checkup/page.h"
#include "gui/home/page.h"
#include "gui/home/qr_dialog.h"
#include "gui/kit/clipboard.h"
#include "gui/kit/toast.h"
#include "gui/requests/page.h"
#include "gui/settings/page.h"
#include "gui/window/background_dialog.h"
#include "gui/window/demo_bar.h"
#include "gui/window/internet_dialog.h"
#include "gui/window/memory.h"
#include "gui/window/trouble_bar.h"
#include "gui/window/update_bar.h"

struct _PlWindow
{
  GtkApplicationWindow parent_instance;

  GtkWidget *header;
  GtkWidget *menu_button;
  GtkWidget *title_stack;
  GtkWidget *wide_title;
  GtkWidget *narrow_title;
  GtkWidget *switcher;
  GtkWidget *trouble_bar;
  GtkWidget *demo_bar;
  GtkWidget *update_bar;
  GtkWidget *stack;
  GtkWidget *narrow_bar;
  GtkWidget *toast;

  PlEngine *engine;
  GtkWidget *assistant;
  PlPlace place;
  gboolean has_tray;
  guint narrow_source;
};

/* Page: a row of the switcher. */
typedef struct
{
  const char *name;
  const char *title;
  GtkWidget *(*create) (PlEngine *engine);
} Page;

static const Page pages[] = {
  { "home", N_ ("Home"), pl_home_page_new },
  { "requests", N_ ("Requests"), pl_requests_page_new },
  { "checkup", N_ ("Check-up"), pl_checkup_page_new },
  { "settings", N_ ("Settings"), pl_settings_page_new },
};

enum
{
  PROP_HAS_TRAY = 1,
};

G_DEFINE_FINAL_TYPE (PlWindow, pl_window, GTK_TYPE_APPLICATION_WINDOW)

/* What the header bar can give to its title: the pages' switcher, or, where that is too wide, the
 * window's name; the switcher is then at the bottom. */
static gboolean
update_narrow_cb (gpointer data)
{
  PlWindow *window = data;
  int header, title, switcher;

  window->narrow_source = 0;
  gtk_widget_get_preferred_width (window->header, NULL, &header);
  gtk_widget_get_preferred_width (window->title_stack, NULL, &title);
  gtk_widget_get_preferred_width (window->switcher, NULL, &switcher);

  int available = gtk_widget_get_allocated_width (window->header) - (header - title);
  gboolean is_narrow = available < switcher;
  gtk_widget_set_visible (window->narrow_bar, is_narrow);
  gtk_stack_set_visible_child (GTK_STACK (window->title_stack),
                               is_narrow ? window->narrow_title : window->wide_title);
  return G_SOURCE_REMOVE;
}

/* Nothing may be shown or hidden while sizes are being given out. */
static void
header_size_allocate_cb (PlWindow *window)
{
  if (window->narrow_source == 0)
    window->narrow_source = g_idle_add_full (GTK_PRIORITY_RESIZE, update_narrow_cb, window, NULL);
}

/* A page that has found something says how much, and the switcher says it, too. */
static void
page_notify_n_findings_cb (GtkWidget *page, GParamSpec *pspec, PlWindow *window)
{
  GtkWidget *slot = gtk_widget_get_parent (page);
  guint n_findings;

  g_object_get (page, "n-findings", &n_findings, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (gtk_stack_get_child_by_name (GTK_STACK (window->stack), pages[i].name) == slot)
      {
        /* Translators: a page, and how much was found on it: “Check-up (2)” */
        g_autofree char *title
            = n_findings > 0 ? g_strdup_printf (_ ("%s (%u)"), _ (pages[i].title), n_findings)
                             : g_strdup (_ (pages[i].title));
        gtk_container_child_set (GTK_CONTAINER (window->stack), slot, "title", title, NULL);
      }
}

static void
add_page (PlWindow *window, GtkWidget *slot, GtkWidget *page)
{
  gtk_container_add (GTK_CONTAINER (slot), page);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (page), "n-findings") != NULL)
    g_signal_connect_object (page, "notify::n-findings", G_CALLBACK (page_notify_n_findings_cb),
                             window, 0);
}

/* A page is made when it is first looked at, so that the window is there sooner. The first slot can
 * be seen before it has a name. */
static void
stack_notify_visible_child_cb (PlWindow *window)
{
  GtkWidget *slot = gtk_stack_get_visible_child (GTK_STACK (window->stack));
  const char *name = gtk_stack_get_visible_child_name (GTK_STACK (window->stack));

  if (name == NULL || gtk_bin_get_child (GTK_BIN (slot)) != NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (name, pages[i].name))
      add_page (window, slot, pages[i].create (window->engine));
}

/* A maximised window keeps the place it goes back to. */
static void
note_place (PlWindow *window)
{
  window->place.is_maximized = gtk_window_is_maximized (GTK_WINDOW (window));
  if (window->place.is_maximized || !gtk_widget_get_mapped (GTK_WIDGET (window)))
    return;
  gtk_window_get_size (GTK_WINDOW (window), &window->place.width, &window->place.height);
  gtk_window_get_position (GTK_WINDOW (window), &window->place.x, &window->place.y);
}

static gboolean
window_configure_event_cb (PlWindow *window)
{
  note_place (window);
  return GDK_EVENT_PROPAGATE;
}

/* The screen it was on may be gone. */
static gboolean
is_on_a_screen (PlWindow *window, const PlPlace *place)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  const GdkRectangle title = { place->x, place->y, place->width, 48 };

  for (int i = 0; i < gdk_display_get_n_monitors (display); i++)
    {
      GdkRectangle area, seen;
      gdk_monitor_get_workarea (gdk_display_get_monitor (display, i), &area);
      if (gdk_rectangle_intersect (&area, &title, &seen) && seen.width > 96 && seen.height > 24)
        return TRUE;
    }
  return FALSE;
}

static void
restore_place (PlWindow *window)
{
  if (!pl_memory_load_place (&window->place))
    return;
  gtk_window_set_default_size (GTK_WINDOW (window), window->place.width, window->place.height);
  if (window->place.is_maximized)
    gtk_window_maximize (GTK_WINDOW (window));
}

static gboolean
window_delete_event_cb (PlWindow *window)
{
  pl_window_save_place (window);
  if (!window->has_tray && pl_background_dialog_is_due ())
    pl_background_dialog_show (GTK_WINDOW (window));
  else
    gtk_widget_hide (GTK_WIDGET (window));
  return GDK_EVENT_STOP;
}

static void
close_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  gtk_window_close (window);
}

/* Goes to the page of requests; (transfer none): what it can do. */
static GActionGroup *
go_to_requests (PlWindow *window)
{
  pl_window_show_page (window, "requests");
  GtkWidget *slot = gtk_stack_get_visible_child (GTK_STACK (window->stack));
  return gtk_widget_get_action_group (gtk_bin_get_child (GTK_BIN (slot)), "requests");
}

/* The page finds by itself while it is shown; from elsewhere this leads there. */
static void
find_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_action_group_activate_action (go_to_requests (window), "find", NULL);
}

static const GActionEntry actions[] = {
  { "close", close_cb },
  { "find", find_cb },
};

static void
add_slot (PlWindow *window, const Page *page)
{
  GtkWidget *slot = gtk_event_box_new ();

  gtk_event_box_set_visible_window (GTK_EVENT_BOX (slot), FALSE);
  gtk_stack_add_titled (GTK_STACK (window->stack), slot, page->name, _ (page->title));
  /* A child shown before would become the visible one while it has no name yet. */
  gtk_widget_show (slot);
}

/* Public functions */

PlWindow *
pl_window_new (GtkApplication *application, PlEngine *engine)
{
  PlWindow *window = g_object_new (PL_TYPE_WINDOW, "application", application, NULL);
  GMenu *menu = gtk_application_get_menu_by_id (application, "window-menu");

  window->engine = g_object_ref (engine);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (window->menu_button), G_MENU_MODEL (menu));
  pl_trouble_bar_set_engine (PL_TROUBLE_BAR (window->trouble_bar), engine);
  pl_demo_bar_set_engine (PL_DEMO_BAR (window->demo_bar), engine);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    add_slot (window, &pages[i]);
  stack_notify_visible_child_cb (window);
  restore_place (window);
  return window;
}

gboolean
pl_window_has_page (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (name, pages[i].name))
      return TRUE;
  return FALSE;
}

void
pl_window_show_page (PlWindow *window, const char *name)
{
  if (pl_window_has_page (name))
    gtk_stack_set_visible_child_name (GTK_STACK (window->stack), name);
}

void
pl_window_show_requests (PlWindow *window, const char *address)
{
  g_action_group_change_action_state (go_to_requests (window), "device",
                                      g_variant_new_string (address));
}

void
pl_window_show_guests (PlWindow *window)
{
  pl_window_show_page (window, "home");
  GtkWidget *slot = gtk_stack_get_visible_child (GTK_STACK (window->stack));
  pl_home_page_show_guests (PL_HOME_PAGE (gtk_bin_get_child (GTK_BIN (slot))));
}

void
pl_window_show_qr (PlWindow *window, const char *address)
{
  pl_qr_dialog_show (GTK_WINDOW (window), window->engine, address);
}

static void
assistant_ask_internet_cb (PlWindow *window, GtkWindow *assistant)
{
  if (pl_internet_dialog_is_due (window->engine))
    pl_internet_dialog_show (assistant, window->engine);
  else
    pl_engine_set_exposure (window->engine, PL_EXPOSURE_INTERNET);
}

static void
make_assistant (PlWindow *window)
{
  g_set_weak_pointer (&window->assistant, pl_assistant_new (window->engine, GTK_WINDOW (window)));
  g_signal_connect_object (window->assistant, "ask-internet",
                           G_CALLBACK (assistant_ask_internet_cb), window, G_CONNECT_SWAPPED);
}

void
pl_window_show_assistant (PlWindow *window)
{
  if (window->assistant == NULL)
    make_assistant (window);
  gtk_window_present (GTK_WINDOW (window->assistant));
}

void
pl_window_say (PlWindow *window, const char *words)
{
  pl_toast_say (PL_TOAST (window->toast), words);
}

void
pl_window_tell_newer (PlWindow *window, const char *version)
{
  pl_update_bar_tell (PL_UPDATE_BAR (window->update_bar), version);
}

static void
copy_cb (gpointer text)
{
  pl_clipboard_set_text (text);
}

void
pl_window_offer_copy (PlWindow *window, const char *place)
{
  g_autofree char *words = g_strdup_printf (_ ("No program opens this; it is at %s"), place);

  pl_toast_offer (PL_TOAST (window->toast), words, _ ("_Copy"), copy_cb, g_strdup (place), g_free);
}

void
pl_window_save_place (PlWindow *window)
{
  note_place (window);
  pl_memory_save_place (&window->place);
}

/* A window manager puts a window that comes back where it likes, unless it is asked not to. */
static void
pl_window_show (GtkWidget *widget)
{
  PlWindow *window = PL_WINDOW (widget);

  if (window->place.width > 0 && !window->place.is_maximized
      && is_on_a_screen (window, &window->place))
    gtk_window_move (GTK_WINDOW (window), window->place.x, window->place.y);
  GTK_WIDGET_CLASS (pl_window_parent_class)->show (widget);
}

static void
pl_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PL_WINDOW (object)->has_tray = g_value_get_boolean (value);
}

static void
pl_window_dispose (GObject *object)
{
  PlWindow *window = PL_WINDOW (object);

  g_clear_handle_id (&window->narrow_source, g_source_remove);
  g_clear_weak_pointer (&window->assistant);
  g_clear_object (&window->engine);
  G_OBJECT_CLASS (pl_window_parent_class)->dispose (object);
}

static void
pl_window_class_init (PlWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PL_TYPE_TOAST);
  g_type_ensure (PL_TYPE_TROUBLE_BAR);
  g_type_ensure (PL_TYPE_DEMO_BAR);
  g_type_ensure (PL_TYPE_UPDATE_BAR);
  object_class->set_property = pl_window_set_property;
  object_class->dispose = pl_window_dispose;
  widget_class->show = pl_window_show;
  g_object_class_install_property (
      object_class, PROP_HAS_TRAY,
      g_param_spec_boolean ("has-tray", NULL, NULL, FALSE,
                            G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));

  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, PlWindow, header);
  gtk_widget_class_bind_template_child (widget_class, PlWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PlWindow, title_stack);
  gtk_widget_class_bind_template_child (widget_class, PlWindow, wide_title);
  gtk_widget_class_bind_template_child (widget_class, PlWindow, narrow_title);
  gtk_widget_class_bind_template_child (widget_class, PlWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, PlWindow, trouble_bar);
  gtk_widget_class_bind_template_child (widget_class, PlWindow, demo_bar);
  gtk_widget_class_bind_template_child (widget_class, PlWindow, update_bar);
  gtk_widget_class_bind_template_child (widget_class, PlWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PlWindow, narrow_bar);
  gtk_widget_class_bind_template_child (widget_class, PlWindow, toast);
  gtk_widget_class_bind_template_callback (widget_class, header_size_allocate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stack_notify_visible_child_cb);
  gtk_widget_class_bind_template_callback (widget_class, window_configure_event_cb);
  gtk_widget_class_bind_template_callback (widget_class, window_delete_event_cb);
}

static void
pl_window_init (PlWindow *window)
{
  gtk_widget_init_template (GTK_WIDGET (window));
  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions), window);
}
