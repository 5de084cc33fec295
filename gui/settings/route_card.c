/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/settings/route_card.h"

#include "app/i18n.h"
#include "gui/kit/expander.h"

struct _PlRouteCard
{
  GtkExpander parent_instance;

  GtkWidget *rows_box;

  PlEngine *engine;
  char *group;
};

G_DEFINE_FINAL_TYPE (PlRouteCard, pl_route_card, GTK_TYPE_EXPANDER)

static void
settings_changed_cb (PlRouteCard *route)
{
  const PlSettings *settings = pl_engine_get_settings (route->engine);
  g_autofree char *host = pl_settings_dup_text (settings, route->group, "host");
  g_autofree char *path = pl_settings_dup_text (settings, route->group, "path");
  g_autofree char *upstream = pl_settings_dup_text (settings, route->group, "upstream");
  g_autofree char *place = g_strconcat (host, path, NULL);
  /* Translators: a path, and the name of what requests for it are sent to: "/api goes to server" */
  g_autofree char *words = g_strdup_printf (_ ("%s goes to %s"), place, upstream);

  gtk_expander_set_label (GTK_EXPANDER (route), words);
}

GtkWidget *
pl_route_card_new (PlEngine *engine, const char *group)
{
  PlRouteCard *route = g_object_new (PL_TYPE_ROUTE_CARD, NULL);

  route->engine = g_object_ref (engine);
  route->group = g_strdup (group);
  g_signal_connect_object (engine, "settings-changed", G_CALLBACK (settings_changed_cb), route,
                           G_CONNECT_SWAPPED);
  settings_changed_cb (route);
  return GTK_WIDGET (route);
}

void
pl_route_card_add (PlRouteCard *route, GtkWidget *row)
{
  gtk_container_add (GTK_CONTAINER (route->rows_box), row);
}

static void
pl_route_card_dispose (GObject *object)
{
  PlRouteCard *route = PL_ROUTE_CARD (object);

  g_clear_object (&route->engine);
  g_clear_pointer (&route->group, g_free);
  G_OBJECT_CLASS (pl_route_card_parent_class)->dispose (object);
}

static void
pl_route_card_class_init (PlRouteCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_route_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/route-card.ui");
  gtk_widget_class_bind_template_child (widget_class, PlRouteCard, rows_box);
}

static void
pl_route_card_init (PlRouteCard *route)
{
  gtk_widget_init_template (GTK_WIDGET (route));
  pl_expander_arrange (GTK_EXPANDER (route));
}
