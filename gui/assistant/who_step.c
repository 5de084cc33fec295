/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/assistant/who_step.h"

#include "app/i18n.h"
#include "gui/encryption/internet_words.h"
#include "gui/trouble/firewall_note.h"

struct _PlWhoStep
{
  GtkBin parent_instance;

  GtkToggleButton *computer_radio;
  GtkToggleButton *network_radio;
  GtkToggleButton *internet_radio;
  GtkLabel *internet_label;
  PlFirewallNote *firewall_note;

  PlEngine *engine;
};

G_DEFINE_FINAL_TYPE (PlWhoStep, pl_who_step, GTK_TYPE_BIN)

static GtkToggleButton *
get_radio (PlWhoStep *step, PlExposure exposure)
{
  switch (exposure)
    {
    case PL_EXPOSURE_COMPUTER:
      return step->computer_radio;
    case PL_EXPOSURE_NETWORK:
      return step->network_radio;
    case PL_EXPOSURE_INTERNET:
      return step->internet_radio;
    }
  g_return_val_if_reached (step->network_radio);
}

static void
show_internet (PlWhoStep *step)
{
  g_autofree char *words = g_strdup_printf ("%s %s", pl_internet_words_get (step->engine),
                                            _ ("Your router must also let it through."));

  gtk_label_set_text (step->internet_label, words);
  atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (step->internet_radio)), words);
}

void
pl_who_step_set_engine (PlWhoStep *step, PlEngine *engine)
{
  PlExposure proposed
      = pl_engine_is_first_start (engine) ? PL_EXPOSURE_NETWORK : pl_engine_get_exposure (engine);

  g_return_if_fail (PL_IS_WHO_STEP (step));

  step->engine = g_object_ref (engine);
  pl_firewall_note_set_engine (step->firewall_note, engine);
  g_signal_connect_object (engine, "notify::encryption-words", G_CALLBACK (show_internet), step,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "settings-changed", G_CALLBACK (show_internet), step,
                           G_CONNECT_SWAPPED);
  show_internet (step);
  gtk_toggle_button_set_active (get_radio (step, proposed), TRUE);
}

gboolean
pl_who_step_wants_internet (PlWhoStep *step)
{
  g_return_val_if_fail (PL_IS_WHO_STEP (step), FALSE);

  return gtk_toggle_button_get_active (step->internet_radio)
         && pl_engine_get_exposure (step->engine) != PL_EXPOSURE_INTERNET;
}

void
pl_who_step_apply (PlWhoStep *step)
{
  g_return_if_fail (PL_IS_WHO_STEP (step));

  for (PlExposure exposure = PL_EXPOSURE_COMPUTER; exposure <= PL_EXPOSURE_INTERNET; exposure++)
    if (gtk_toggle_button_get_active (get_radio (step, exposure))
        && exposure != pl_engine_get_exposure (step->engine))
      pl_engine_set_exposure (step->engine, exposure);
  pl_engine_set_paused (step->engine, FALSE);
}

static void
pl_who_step_dispose (GObject *object)
{
  g_clear_object (&PL_WHO_STEP (object)->engine);
  G_OBJECT_CLASS (pl_who_step_parent_class)->dispose (object);
}

static void
pl_who_step_class_init (PlWhoStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_who_step_dispose;
  g_type_ensure (PL_TYPE_FIREWALL_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/who-step.ui");
  gtk_widget_class_bind_template_child (widget_class, PlWhoStep, firewall_note);
  gtk_widget_class_bind_template_child (widget_class, PlWhoStep, computer_radio);
  gtk_widget_class_bind_template_child (widget_class, PlWhoStep, network_radio);
  gtk_widget_class_bind_template_child (widget_class, PlWhoStep, internet_radio);
  gtk_widget_class_bind_template_child (widget_class, PlWhoStep, internet_label);
}

static void
pl_who_step_init (PlWhoStep *step)
{
  gtk_widget_init_template (GTK_WIDGET (step));
}
