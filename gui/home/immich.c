/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A card for each upstream. Almost everybody has one; an Immich up to 1.87 is made of two. */

#include "gui/home/immich.h"

#include <string.h>

#include "app/i18n.h"
#include "gui/home/upstream_card.h"

struct _PlImmich
{
  GtkBox parent_instance;

  GtkWidget *demo_label;
  GtkWidget *cards;
  GtkWidget *hint_label;

  PlEngine *engine;
  PlToast *toast;
  guint fill_source;
};

G_DEFINE_FINAL_TYPE (PlImmich, pl_immich, GTK_TYPE_BOX)

static const char *
get_title (const char *upstream)
{
  if (strcmp (upstream, "server") == 0)
    return _ ("The server part");
  if (strcmp (upstream, "web") == 0)
    return _ ("The web part");
  return upstream;
}

/* The names of all there are, each once; borrowed from the items. */
static GPtrArray *
find_upstreams (PlImmich *immich)
{
  GListModel *items = G_LIST_MODEL (pl_engine_get_upstreams (immich->engine));
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (PlUpstreamItem) item = g_list_model_get_item (items, i);
      const char *name = pl_upstream_item_get_upstream (item);
      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, (gpointer) name);
    }
  return names;
}

/* What stands here instead of cards; %NULL: there are some. Before anybody has said where Immich
 * is, an address where it is not would be an alarm about nothing. */
static const char *
get_hint (PlImmich *immich, GPtrArray *names)
{
  if (pl_engine_is_looking (immich->engine))
    return _ ("None was found yet. Change… leads to it, wherever it is.");
  if (names->len == 0
      && pl_engine_find_trouble (immich->engine, PL_TROUBLE_SETTINGS_BROKEN) != NULL)
    return _ ("Where Immich is stands in the settings. As soon as they can be used, its address is "
              "here, and how it does.");
  return NULL;
}

static void
show_hint (PlImmich *immich, const char *hint)
{
  gtk_label_set_label (GTK_LABEL (immich->hint_label), hint != NULL ? hint : "");
  gtk_widget_set_visible (immich->hint_label, hint != NULL);
  gtk_widget_set_visible (immich->cards, hint == NULL);
}

static gboolean
fill_cb (gpointer data)
{
  PlImmich *immich = data;
  g_autoptr (GPtrArray) names = find_upstreams (immich);
  g_autoptr (GList) old = gtk_container_get_children (GTK_CONTAINER (immich->cards));

  immich->fill_source = 0;
  for (GList *card = old; card != NULL; card = card->next)
    gtk_widget_destroy (card->data);
  for (guint i = 0; i < names->len; i++)
    {
      const char *title = names->len > 1 ? get_title (names->pdata[i]) : NULL;
      gtk_container_add (
          GTK_CONTAINER (immich->cards),
          pl_upstream_card_new (immich->engine, names->pdata[i], title, immich->toast));
    }
  show_hint (immich, get_hint (immich, names));
  gtk_widget_set_visible (immich->demo_label, pl_engine_get_demo (immich->engine));
  return G_SOURCE_REMOVE;
}

static void
engine_notify_state_words_cb (PlImmich *immich)
{
  g_autoptr (GPtrArray) names = find_upstreams (immich);

  show_hint (immich, get_hint (immich, names));
}

/* Later: often it is a button of a card that changes the settings. */
static void
engine_changed_cb (PlImmich *immich)
{
  if (immich->fill_source == 0)
    immich->fill_source = g_idle_add (fill_cb, immich);
}

void
pl_immich_set_engine (PlImmich *immich, PlEngine *engine, PlToast *toast)
{
  immich->toast = toast;
  immich->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "settings-changed", G_CALLBACK (engine_changed_cb), immich,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::demo", G_CALLBACK (engine_changed_cb), immich,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (pl_engine_get_upstreams (engine), "items-changed",
                           G_CALLBACK (engine_changed_cb), immich, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::state-words", G_CALLBACK (engine_notify_state_words_cb),
                           immich, G_CONNECT_SWAPPED);
  fill_cb (immich);
}

static void
pl_immich_dispose (GObject *object)
{
  PlImmich *immich = PL_IMMICH (object);

  g_clear_handle_id (&immich->fill_source, g_source_remove);
  g_clear_object (&immich->engine);
  G_OBJECT_CLASS (pl_immich_parent_class)->dispose (object);
}

static void
pl_immich_class_init (PlImmichClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_immich_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/immich.ui");
  gtk_widget_class_bind_template_child (widget_class, PlImmich, demo_label);
  gtk_widget_class_bind_template_child (widget_class, PlImmich, cards);
  gtk_widget_class_bind_template_child (widget_class, PlImmich, hint_label);
}

static void
pl_immich_init (PlImmich *immich)
{
  gtk_widget_init_template (GTK_WIDGET (immich));
}
