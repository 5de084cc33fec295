/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows the settings as they are: when they have changed, PlImmich makes new cards. */

#include "gui/home/upstream_card.h"

#include "app/i18n.h"
#include "app/settings/proof.h"
#include "gui/home/add_popover.h"
#include "gui/home/endpoint_row.h"
#include "gui/home/upstream_edit.h"
#include "gui/kit/fit.h"

/* In width-chars: in less, what is done with the addresses is below them. */
#define ONE_LINE_FROM_CHARS 88

struct _PlUpstreamCard
{
  GtkBox parent_instance;

  GtkWidget *title_label;
  GtkWidget *body;
  GtkWidget *rows;
  GtkWidget *edit_box;
  GtkWidget *balance_box;
  GtkWidget *balance_combo;
  GtkWidget *add_button;
  PlAddPopover *add_popover;
  GtkWidget *error_label;

  PlEngine *engine;
  char *upstream;
  PlToast *toast;
  gboolean has_several;
  gboolean is_narrow;
};

/* What it takes to bring back an address that was removed; the card does not live as long.
 * @urls: those of before */
typedef struct
{
  PlEngine *engine;
  char *group;
  char *urls;
} Removal;

G_DEFINE_FINAL_TYPE (PlUpstreamCard, pl_upstream_card, GTK_TYPE_BOX)

static void
show_error (PlUpstreamCard *card, const GError *error)
{
  gtk_label_set_label (GTK_LABEL (card->error_label), error != NULL ? error->message : "");
  gtk_widget_set_visible (card->error_label, error != NULL);
}

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->engine);
  g_free (removal->group);
  g_free (removal->urls);
  g_free (removal);
}

static void
undo_cb (gpointer data)
{
  const Removal *removal = data;

  pl_engine_set_setting (removal->engine, removal->group, "urls", removal->urls, NULL);
}

static void
remove_address (PlUpstreamCard *card, guint position, const char *address, GError **error)
{
  Removal *removal = g_new0 (Removal, 1);

  removal->engine = g_object_ref (card->engine);
  removal->group = g_strconcat ("upstream ", card->upstream, NULL);
  removal->urls
      = pl_settings_dup_text (pl_engine_get_settings (card->engine), removal->group, "urls");
  if (!pl_upstream_edit_remove (card->engine, card->upstream, position, error))
    {
      removal_free (removal);
      return;
    }
  g_autofree char *words = g_strdup_printf (_ ("%s is removed"), address);
  pl_toast_offer (card->toast, words, _ ("_Undo"), undo_cb, removal, removal_free);
}

static void
row_wish_cb (PlUpstreamCard *card, int wish, GtkWidget *row)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (card->rows));
  int position = g_list_index (rows, row);
  g_autoptr (GError) error = NULL;

  switch ((PlEndpointWish) wish)
    {
    case PL_ENDPOINT_EARLIER:
      pl_upstream_edit_swap (card->engine, card->upstream, (guint) position - 1, &error);
      break;
    case PL_ENDPOINT_LATER:
      pl_upstream_edit_swap (card->engine, card->upstream, (guint) position, &error);
      break;
    case PL_ENDPOINT_REMOVE:
      remove_address (card, (guint) position, pl_endpoint_row_get_address (PL_ENDPOINT_ROW (row)),
                      &error);
      break;
    }
  show_error (card, error);
}

/* A popover that goes gives the focus back to where it was, which may be the switch of who may
 * come in. */
static void
add_popover_chosen_cb (PlUpstreamCard *card, const char *url)
{
  g_autoptr (GError) error = NULL;

  if (!pl_upstream_edit_add (card->engine, card->upstream, url, &error))
    {
      pl_add_popover_refuse (card->add_popover, error->message);
      return;
    }
  show_error (card, NULL);
  gtk_popover_popdown (GTK_POPOVER (card->add_popover));
  gtk_widget_grab_focus (card->add_button);
}

static void
balance_combo_changed_cb (PlUpstreamCard *card)
{
  g_autofree char *group = g_strconcat ("upstream ", card->upstream, NULL);
  const char *id = gtk_combo_box_get_active_id (GTK_COMBO_BOX (card->balance_combo));
  g_autofree char *current
      = pl_settings_dup_text (pl_engine_get_settings (card->engine), group, "balance");
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (id, current) == 0)
    return;
  pl_engine_set_setting (card->engine, group, "balance", id, &error);
  show_error (card, error);
}

/* The addresses of this one among those of all, in the order of the settings. */
static GPtrArray *
find_items (PlUpstreamCard *card)
{
  GListModel *all = G_LIST_MODEL (pl_engine_get_upstreams (card->engine));
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (PlUpstreamItem) item = g_list_model_get_item (all, i);
      if (g_str_equal (pl_upstream_item_get_upstream (item), card->upstream))
        g_ptr_array_add (items, g_steal_pointer (&item));
    }
  return items;
}

static void
arrange (PlUpstreamCard *card)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (card->body), card->has_several || card->is_narrow
                                                                   ? GTK_ORIENTATION_VERTICAL
                                                                   : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (card->edit_box),
                                  card->is_narrow ? GTK_ORIENTATION_VERTICAL
                                                  : GTK_ORIENTATION_HORIZONTAL);
}

/* Rows can be put elsewhere only if each stands for one address of the settings: the demo stands
 * for none, and an address that is written twice is one row. */
static void
fill (PlUpstreamCard *card)
{
  g_autoptr (GPtrArray) items = find_items (card);
  g_auto (GStrv) urls = pl_upstream_edit_dup_urls (card->engine, card->upstream);
  gboolean can_edit = !pl_engine_get_demo (card->engine) && g_strv_length (urls) == items->len;

  for (guint i = 0; i < items->len; i++)
    {
      GtkWidget *row = pl_endpoint_row_new (items->pdata[i]);
      pl_endpoint_row_set_place (PL_ENDPOINT_ROW (row), i, can_edit ? items->len : 1);
      g_signal_connect_object (row, "wish", G_CALLBACK (row_wish_cb), card, G_CONNECT_SWAPPED);
      gtk_container_add (GTK_CONTAINER (card->rows), row);
    }
  gtk_widget_set_visible (card->edit_box, !pl_engine_get_demo (card->engine));
  gtk_widget_set_visible (card->balance_box, items->len > 1);
  card->has_several = items->len > 1;
  arrange (card);
}

static void
fit (gpointer user_data, int width_chars)
{
  PlUpstreamCard *card = user_data;

  card->is_narrow = width_chars < ONE_LINE_FROM_CHARS;
  arrange (card);
}

static void
show_balance (PlUpstreamCard *card)
{
  g_autofree char *group = g_strconcat ("upstream ", card->upstream, NULL);
  g_autofree char *balance
      = pl_settings_dup_text (pl_engine_get_settings (card->engine), group, "balance");

  gtk_combo_box_set_active_id (GTK_COMBO_BOX (card->balance_combo), balance);
}

/* What this upstream says of certificates holds for what is added to it. */
static void
settings_changed_cb (PlUpstreamCard *card)
{
  g_autofree char *group = g_strconcat ("upstream ", card->upstream, NULL);
  PlProof *proof = pl_settings_find_proof (pl_engine_get_settings (card->engine), group);

  pl_add_popover_set_proof (card->add_popover, proof);
  g_clear_pointer (&proof, pl_proof_unref);
}

GtkWidget *
pl_upstream_card_new (PlEngine *engine, const char *upstream, const char *title, PlToast *toast)
{
  PlUpstreamCard *card = g_object_new (PL_TYPE_UPSTREAM_CARD, NULL);

  card->engine = g_object_ref (engine);
  card->upstream = g_strdup (upstream);
  card->toast = toast;
  gtk_label_set_label (GTK_LABEL (card->title_label), title != NULL ? title : "");
  gtk_widget_set_visible (card->title_label, title != NULL);
  pl_add_popover_set_own_port (card->add_popover, pl_engine_get_port (engine));
  g_signal_connect_object (engine, "settings-changed", G_CALLBACK (settings_changed_cb), card,
                           G_CONNECT_SWAPPED);
  settings_changed_cb (card);
  fill (card);
  show_balance (card);
  return GTK_WIDGET (card);
}

static void
pl_upstream_card_dispose (GObject *object)
{
  PlUpstreamCard *card = PL_UPSTREAM_CARD (object);

  g_clear_object (&card->engine);
  g_clear_pointer (&card->upstream, g_free);
  G_OBJECT_CLASS (pl_upstream_card_parent_class)->dispose (object);
}

static void
pl_upstream_card_class_init (PlUpstreamCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_upstream_card_dispose;
  g_type_ensure (PL_TYPE_ADD_POPOVER);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/upstream-card.ui");
  gtk_widget_class_bind_template_child (widget_class, PlUpstreamCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, PlUpstreamCard, body);
  gtk_widget_class_bind_template_child (widget_class, PlUpstreamCard, rows);
  gtk_widget_class_bind_template_child (widget_class, PlUpstreamCard, edit_box);
  gtk_widget_class_bind_template_child (widget_class, PlUpstreamCard, balance_box);
  gtk_widget_class_bind_template_child (widget_class, PlUpstreamCard, balance_combo);
  gtk_widget_class_bind_template_child (widget_class, PlUpstreamCard, add_button);
  gtk_widget_class_bind_template_child (widget_class, PlUpstreamCard, add_popover);
  gtk_widget_class_bind_template_child (widget_class, PlUpstreamCard, error_label);
  gtk_widget_class_bind_template_callback (widget_class, add_popover_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, balance_combo_changed_cb);
}

static void
pl_upstream_card_init (PlUpstreamCard *card)
{
  gtk_widget_init_template (GTK_WIDGET (card));
  pl_fit_watch (GTK_WIDGET (card), fit, card);
}
