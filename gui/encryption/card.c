/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/encryption/card.h"

#include "gui/encryption/trust_dialog.h"

struct _PlEncryptionCard
{
  GtkBox parent_instance;

  GtkLabel *words_label;
  GtkWidget *acme_box;
  GtkWidget *acme_spinner;
  GtkLabel *acme_label;
  GtkWidget *acme_button;
  GtkWidget *trust_box;
  GtkWidget *trust_button;
  GtkWidget *closed_label;

  PlEngine *engine;
  gboolean hides;
};

G_DEFINE_FINAL_TYPE (PlEncryptionCard, pl_encryption_card, GTK_TYPE_BOX)

/* What goes on with an authority on the internet. */
static void
show_acme (PlEncryptionCard *card)
{
  const char *words = pl_engine_get_acme_words (card->engine);

  gtk_widget_set_visible (card->acme_box, words != NULL);
  gtk_label_set_text (card->acme_label, words != NULL ? words : "");
  gtk_widget_set_visible (card->acme_spinner, pl_engine_is_acme_busy (card->engine));
  gtk_widget_set_visible (card->acme_button, pl_engine_can_try_acme_now (card->engine));
}

static void
acme_button_clicked_cb (PlEncryptionCard *card)
{
  pl_engine_try_acme_now (card->engine);
}

static void
engine_changed_cb (PlEncryptionCard *card)
{
  g_autofree char *url = pl_engine_dup_trust_url (card->engine);
  gboolean is_to_be_trusted = pl_engine_get_fingerprint (card->engine) != NULL
                              && !pl_engine_is_certificate_awaited (card->engine);

  gtk_label_set_label (card->words_label, pl_engine_get_encryption_words (card->engine));
  show_acme (card);
  gtk_widget_set_visible (card->trust_box, is_to_be_trusted);
  gtk_widget_set_visible (card->closed_label, url == NULL && is_to_be_trusted);
  gtk_widget_set_sensitive (card->trust_button, url != NULL);
  gtk_widget_set_visible (GTK_WIDGET (card), !card->hides || pl_engine_is_encrypted (card->engine));
}

static void
trust_button_clicked_cb (PlEncryptionCard *card)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (card));

  pl_trust_dialog_show (GTK_WINDOW (window), card->engine);
}

static void
follow (PlEncryptionCard *card, PlEngine *engine)
{
  static const char *const signals[]
      = { "notify::encryption-words", "notify::addresses", "notify::acme-words" };

  card->engine = g_object_ref (engine);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (engine, signals[i], G_CALLBACK (engine_changed_cb), card,
                             G_CONNECT_SWAPPED);
  engine_changed_cb (card);
}

GtkWidget *
pl_encryption_card_new (PlEngine *engine)
{
  PlEncryptionCard *card = g_object_new (PL_TYPE_ENCRYPTION_CARD, NULL);

  follow (card, engine);
  return GTK_WIDGET (card);
}

void
pl_encryption_card_set_engine (PlEncryptionCard *card, PlEngine *engine)
{
  card->hides = TRUE;
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (card)), "pl-card");
  follow (card, engine);
}

static void
pl_encryption_card_dispose (GObject *object)
{
  g_clear_object (&PL_ENCRYPTION_CARD (object)->engine);
  G_OBJECT_CLASS (pl_encryption_card_parent_class)->dispose (object);
}

static void
pl_encryption_card_class_init (PlEncryptionCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_encryption_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/porchlight/ui/encryption-card.ui");
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionCard, words_label);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionCard, acme_box);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionCard, acme_spinner);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionCard, acme_label);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionCard, acme_button);
  gtk_widget_class_bind_template_callback (widget_class, acme_button_clicked_cb);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionCard, trust_box);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionCard, trust_button);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionCard, closed_label);
  gtk_widget_class_bind_template_callback (widget_class, trust_button_clicked_cb);
}

static void
pl_encryption_card_init (PlEncryptionCard *card)
{
  gtk_widget_init_template (GTK_WIDGET (card));
}
