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

struct _PlHomePage
{
  GtkBin parent_instance;

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
