/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sections know the engine; the page knows their order and when it is looked at. */

#include "gui/home/page.h"

#include "gui/encryption/card.h"
#include "gui/home/connect.h"
#include "gui/home/devices.h"
#include "gui/home/door.h"
#include "gui/home/guests.h"
#include "gui/home/immich.h"
#include "gui/home/now.h"
#include "gui/home/world_bar.h"
#include "gui/kit/clamp.h"
#include "gui/kit/toast.h"

/* Sections find their places while the first frames of a page are made. */
#define FRAMES_TO_SETTLE 3

struct _PlHomePage
{
  GtkBin parent_instance;

  GtkWidget *scroller;
  GtkWidget *content;
  GtkWidget *world_bar;
  GtkWidget *door;
  GtkWidget *connect;
  GtkWidget *encryption;
  GtkWidget *immich;
  GtkWidget *now;
  GtkWidget *devices;
  GtkWidget *guests;
  GtkWidget *toast;

  PlEngine *engine;
  guint tick; /* until the guests are brought into sight */
  guint n_frames;
};

G_DEFINE_FINAL_TYPE (PlHomePage, pl_home_page, GTK_TYPE_BIN)

GtkWidget *
pl_home_page_new (PlEngine *engine)
{
  PlHomePage *page = g_object_new (PL_TYPE_HOME_PAGE, NULL);

  page->engine = g_object_ref (engine);
  pl_world_bar_set_engine (PL_WORLD_BAR (page->world_bar), engine);
  pl_home_door_set_engine (PL_HOME_DOOR (page->door), engine);
  pl_connect_set_engine (PL_CONNECT (page->connect), engine);
  pl_encryption_card_set_engine (PL_ENCRYPTION_CARD (page->encryption), engine);
  pl_immich_set_engine (PL_IMMICH (page->immich), engine, PL_TOAST (page->toast));
  pl_now_set_engine (PL_NOW (page->now), engine);
  pl_devices_set_engine (PL_DEVICES (page->devices), engine);
  pl_guests_set_engine (PL_GUESTS (page->guests), engine, PL_TOAST (page->toast));
  return GTK_WIDGET (page);
}

/* Who waits is reached by the keyboard, too. */
static void
scroll_to_guests (PlHomePage *page)
{
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page->scroller));
  int height = gtk_widget_get_allocated_height (page->guests);
  int y;

  if (!gtk_widget_translate_coordinates (page->guests, page->content, 0, 0, NULL, &y))
    return;
  y += gtk_widget_get_margin_top (page->content);
  gtk_widget_child_focus (page->guests, GTK_DIR_TAB_FORWARD);
  gtk_adjustment_clamp_page (place, y, y + height + gtk_widget_get_margin_bottom (page->content));
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  PlHomePage *page = PL_HOME_PAGE (widget);

  if (page->n_frames++ < FRAMES_TO_SETTLE)
    return G_SOURCE_CONTINUE;
  page->tick = 0;
  scroll_to_guests (page);
  return G_SOURCE_REMOVE;
}

void
pl_home_page_show_guests (PlHomePage *page)
{
  page->n_frames = 0;
  if (page->tick == 0)
    page->tick = gtk_widget_add_tick_callback (GTK_WIDGET (page), tick_cb, NULL, NULL);
}

static void
pl_home_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pl_home_page_parent_class)->map (widget);
  pl_engine_watch (PL_HOME_PAGE (widget)->engine);
}

static void
pl_home_page_unmap (GtkWidget *widget)
{
  pl_engine_unwatch (PL_HOME_PAGE (widget)->engine);
  GTK_WIDGET_CLASS (pl_home_page_parent_class)->unmap (widget);
}

static void
pl_home_page_dispose (GObject *object)
{
  g_clear_object (&PL_HOME_PAGE (object)->engine);
  G_OBJECT_CLASS (pl_home_page_parent_class)->dispose (object);
}

static void
pl_home_page_class_init (PlHomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_home_page_dispose;
  widget_class->map = pl_home_page_map;
  widget_class->unmap = pl_home_page_unmap;

  g_type_ensure (PL_TYPE_CLAMP);
  g_type_ensure (PL_TYPE_WORLD_BAR);
  g_type_ensure (PL_TYPE_HOME_DOOR);
  g_type_ensure (PL_TYPE_CONNECT);
  g_type_ensure (PL_TYPE_ENCRYPTION_CARD);
  g_type_ensure (PL_TYPE_IMMICH);
  g_type_ensure (PL_TYPE_NOW);
  g_type_ensure (PL_TYPE_DEVICES);
  g_type_ensure (PL_TYPE_GUESTS);
  g_type_ensure (PL_TYPE_TOAST);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlHomePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, PlHomePage, content);
  gtk_widget_class_bind_template_child (widget_class, PlHomePage, world_bar);
  gtk_widget_class_bind_template_child (widget_class, PlHomePage, door);
  gtk_widget_class_bind_template_child (widget_class, PlHomePage, connect);
  gtk_widget_class_bind_template_child (widget_class, PlHomePage, encryption);
  gtk_widget_class_bind_template_child (widget_class, PlHomePage, immich);
  gtk_widget_class_bind_template_child (widget_class, PlHomePage, now);
  gtk_widget_class_bind_template_child (widget_class, PlHomePage, devices);
  gtk_widget_class_bind_template_child (widget_class, PlHomePage, guests);
  gtk_widget_class_bind_template_child (widget_class, PlHomePage, toast);
}

static void
pl_home_page_init (PlHomePage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}
