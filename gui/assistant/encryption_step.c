/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/assistant/encryption_step.h"

#include <string.h>

#include "app/i18n.h"
#include "app/model/address_kind.h"
#include "gui/encryption/form.h"

struct _PlEncryptionStep
{
  GtkBin parent_instance;

  GtkLabel *explanation_label;
  GtkToggleButton *local_radio;
  GtkWidget *local_chip;
  GtkToggleButton *files_radio;
  GtkWidget *files_chip;
  GtkLabel *files_label;
  GtkContainer *files_box;
  GtkToggleButton *acme_radio;
  GtkWidget *acme_chip;
  GtkContainer *acme_box;
  GtkLabel *fault_label;

  PlEngine *engine;
  PlEncryptionForm *forms[PL_FORM_N_KINDS];
};

G_DEFINE_FINAL_TYPE (PlEncryptionStep, pl_encryption_step, GTK_TYPE_BIN)

/* What fits */

/* It has certificates that every device trusts. */
static gboolean
has_tailscale (PlEngine *engine)
{
  const char *const *addresses = pl_engine_get_addresses (engine);

  for (; *addresses != NULL; addresses++)
    if (pl_address_kind_of_url (*addresses) == PL_ADDRESS_TAILSCALE)
      return TRUE;
  return FALSE;
}

static gboolean
has_own_name (PlEngine *engine)
{
  g_autofree char *names = pl_settings_dup_text (pl_engine_get_settings (engine), "tls", "names");

  return *names != '\0';
}

static const char *
get_explanation (PlExposure exposure)
{
  switch (exposure)
    {
    case PL_EXPOSURE_COMPUTER:
      return _ ("As long as only this computer opens your photos it is not needed.");
    case PL_EXPOSURE_NETWORK:
      return _ ("With https nobody in your network can read along, and browsers show a lock.");
    case PL_EXPOSURE_INTERNET:
      return _ ("On the way from the internet, passwords and photos can be read by others unless "
                "they are encrypted.");
    }
  g_return_val_if_reached ("");
}

static const char *
get_files_words (gboolean is_tailscale)
{
  return is_tailscale
             ? _ ("This computer is in Tailscale. Allow HTTPS certificates in its admin console, "
                  "run “tailscale cert” with this computer’s name there, now and every two "
                  "months, and choose the two files here. No device has to be told anything.")
             : _ ("For a name of your own, with the files that certbot or another program writes. "
                  "No device has to be told anything.");
}

static void
describe (GtkToggleButton *radio, GtkWidget *chip, const char *words, gboolean is_recommended)
{
  g_autofree char *all
      = is_recommended ? g_strconcat (_ ("Recommended"), ". ", words, NULL) : g_strdup (words);

  gtk_widget_set_visible (chip, is_recommended);
  atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (radio)), all);
}

static void
engine_changed_cb (PlEncryptionStep *step)
{
  PlExposure exposure = pl_engine_get_exposure (step->engine);
  gboolean is_tailscale = has_tailscale (step->engine);
  gboolean has_name = has_own_name (step->engine);
  const char *files_words = get_files_words (is_tailscale);

  gtk_label_set_text (step->explanation_label, get_explanation (exposure));
  gtk_label_set_text (step->files_label, files_words);
  describe (step->local_radio, step->local_chip,
            _ ("For your home, at once. Each phone and computer is told once to trust this one."),
            exposure == PL_EXPOSURE_NETWORK && !is_tailscale && !has_name);
  describe (step->files_radio, step->files_chip, files_words, is_tailscale && !has_name);
  describe (step->acme_radio, step->acme_chip,
            _ ("For a name of your own that leads here from the internet. No device has to be told "
               "anything."),
            has_name || (exposure == PL_EXPOSURE_INTERNET && !is_tailscale));
}

/* Choosing */

static void
radio_toggled_cb (PlEncryptionStep *step)
{
  gtk_widget_set_visible (GTK_WIDGET (step->files_box),
                          gtk_toggle_button_get_active (step->files_radio));
  gtk_widget_set_visible (GTK_WIDGET (step->acme_box),
                          gtk_toggle_button_get_active (step->acme_radio));
  gtk_widget_hide (GTK_WIDGET (step->fault_label));
}

static void
propose (PlEncryptionStep *step)
{
  g_autofree char *mode
      = pl_settings_dup_text (pl_engine_get_settings (step->engine), "tls", "mode");

  if (strcmp (mode, "local") == 0)
    gtk_toggle_button_set_active (step->local_radio, TRUE);
  else if (strcmp (mode, "files") == 0)
    gtk_toggle_button_set_active (step->files_radio, TRUE);
  else if (strcmp (mode, "acme") == 0)
    gtk_toggle_button_set_active (step->acme_radio, TRUE);
}

static void
add_form (PlEncryptionStep *step, PlFormKind kind, GtkContainer *box)
{
  GtkWidget *form = pl_encryption_form_new (step->engine, kind);

  step->forms[kind] = PL_ENCRYPTION_FORM (form);
  pl_encryption_form_hide_button (step->forms[kind]);
  gtk_container_add (box, form);
}

void
pl_encryption_step_set_engine (PlEncryptionStep *step, PlEngine *engine)
{
  g_return_if_fail (PL_IS_ENCRYPTION_STEP (step));

  step->engine = g_object_ref (engine);
  add_form (step, PL_FORM_FILES, step->files_box);
  add_form (step, PL_FORM_ACME, step->acme_box);
  g_signal_connect_object (engine, "notify::addresses", G_CALLBACK (engine_changed_cb), step,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::exposure", G_CALLBACK (engine_changed_cb), step,
                           G_CONNECT_SWAPPED);
  engine_changed_cb (step);
  propose (step);
}

static gboolean
use (PlEncryptionStep *step, const char *mode)
{
  g_autoptr (GError) error = NULL;

  if (pl_engine_set_setting (step->engine, "tls", "mode", mode, &error))
    return TRUE;
  gtk_label_set_text (step->fault_label, error->message);
  gtk_widget_show (GTK_WIDGET (step->fault_label));
  return FALSE;
}

gboolean
pl_encryption_step_apply (PlEncryptionStep *step)
{
  g_return_val_if_fail (PL_IS_ENCRYPTION_STEP (step), FALSE);

  if (gtk_toggle_button_get_active (step->files_radio))
    return pl_encryption_form_use (step->forms[PL_FORM_FILES]);
  if (gtk_toggle_button_get_active (step->acme_radio))
    return pl_encryption_form_use (step->forms[PL_FORM_ACME]);
  return use (step, gtk_toggle_button_get_active (step->local_radio) ? "local" : NULL);
}

static void
pl_encryption_step_dispose (GObject *object)
{
  g_clear_object (&PL_ENCRYPTION_STEP (object)->engine);
  G_OBJECT_CLASS (pl_encryption_step_parent_class)->dispose (object);
}

static void
pl_encryption_step_class_init (PlEncryptionStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_encryption_step_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/porchlight/ui/encryption-step.ui");
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionStep, explanation_label);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionStep, local_radio);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionStep, local_chip);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionStep, files_radio);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionStep, files_chip);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionStep, files_label);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionStep, files_box);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionStep, acme_radio);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionStep, acme_chip);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionStep, acme_box);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionStep, fault_label);
  gtk_widget_class_bind_template_callback (widget_class, radio_toggled_cb);
}

static void
pl_encryption_step_init (PlEncryptionStep *step)
{
  gtk_widget_init_template (GTK_WIDGET (step));
}
